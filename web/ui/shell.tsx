import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useConnection } from '../api/connection.ts';
import { signInLink, signOut } from '../api/session.ts';
import type { Me } from '../api/wire.ts';
import { chooseLanguage, LANGUAGES, useLanguage, useWords } from '../words/language.ts';
import { sentenceOf } from '../words/problems.ts';
import { shellWords } from '../words/shell.ts';
import { Mark } from './mark.tsx';
import { Notice } from './notice.tsx';
import './shell.css';
import { chooseTheme, THEMES, useTheme } from './theme.ts';
import { Toasts, toast } from './toast.tsx';

export interface ShellProps {
  /** Of the document; the page has its own heading. */
  readonly title: string;
  readonly page: 'book' | 'mine' | 'staff' | 'hours' | 'admin' | 'cache' | 'account';
  /** What the shop is called, once it is known. */
  readonly shopName?: string | undefined;
  /** Its slug, where the address named one. */
  readonly shop?: string | undefined;
  /** Null: nobody is signed in. Undefined: not known yet. */
  readonly me: Me | null | undefined;
  /** Uses the whole width of the window, as calendars do. */
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

/** The frame around every page: who and where one is, where else one can go, and whether the server is there. */
export function Shell({ title, page, shopName, shop, me, wide = false, children }: ShellProps) {
  const words = useWords(shellWords);
  const language = useLanguage();
  const links = linksFor(me, shop);
  useEffect(() => {
    document.title = shopName === undefined ? title : `${title} · ${shopName}`;
    document.documentElement.lang = language;
  }, [title, shopName, language]);

  const tell = (error: unknown) => toast({ kind: 'bad', text: sentenceOf(error, language) });

  return (
    <>
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <header class="top">
        <div class="top-inner">
          <a class="brand" href={bookingPath(shop)}>
            <Mark />
            <span>{shopName ?? 'Freshchair'}</span>
          </a>
          <nav aria-label={words.menu} hidden={links.length === 0}>
            <ul class="plain">
              {links.map(({ name, href }) => (
                <li key={name}>
                  <a href={href} aria-current={name === page ? 'page' : undefined}>
                    {words[name]}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <div class="top-account">
            {me === null && <a href={signInLink()}>{words.signIn}</a>}
            {me && (
              <a href="/account" aria-current={page === 'account' ? 'page' : undefined}>
                {words.account}
              </a>
            )}
          </div>
        </div>
      </header>
      <ConnectionNotice />
      <main id="content" class={wide ? 'wide' : undefined} tabIndex={-1}>
        {children}
      </main>
      <footer class="bottom">
        <Choices />
        {me && (
          <button type="button" class="button quiet small" onClick={() => void signOut().catch(tell)}>
            {words.signOut}
          </button>
        )}
      </footer>
      <Toasts />
    </>
  );
}

export function bookingPath(shop: string | undefined): string {
  return shop === undefined ? '/' : `/${shop}`;
}

/** Whoever is not signed in has but one page, to which the name leads. */
function linksFor(me: Me | null | undefined, shop: string | undefined) {
  if (!me) return [];
  const ofShop = shop === undefined ? '' : `?shop=${shop}`;
  const isStaff = me.role !== 'client';
  return [
    { name: 'book', href: bookingPath(shop) } as const,
    { name: 'mine', href: '/my-bookings' } as const,
    ...(isStaff ? [{ name: 'staff', href: `/staff${ofShop}` } as const] : []),
    ...(me.role === 'barber' ? [{ name: 'hours', href: `/admin${ofShop}` } as const] : []),
    ...(me.role === 'admin'
      ? [
          { name: 'admin', href: `/admin${ofShop}` } as const,
          { name: 'cache', href: `/admin/cache${ofShop}` } as const,
        ]
      : []),
  ];
}

function ConnectionNotice() {
  const words = useWords(shellWords);
  const connection = useConnection();
  return (
    <div class="connection" role="status">
      {connection !== 'here' && <Notice kind="warn">{words[connection]}</Notice>}
    </div>
  );
}

const LANGUAGE_NAMES = { en: 'English', es: 'Español' };

function Choices() {
  const words = useWords(shellWords);
  const language = useLanguage();
  const theme = useTheme();
  return (
    <div class="row">
      <fieldset class="choice">
        <legend class="unseen">{words.language}</legend>
        {LANGUAGES.map((each) => (
          <button
            type="button"
            key={each}
            lang={each}
            aria-pressed={each === language}
            onClick={() => chooseLanguage(each)}
          >
            {LANGUAGE_NAMES[each]}
          </button>
        ))}
      </fieldset>
      <fieldset class="choice">
        <legend class="unseen">{words.theme}</legend>
        {THEMES.map((each) => (
          <button type="button" key={each} aria-pressed={each === theme} onClick={() => chooseTheme(each)}>
            {words.themes[each]}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
