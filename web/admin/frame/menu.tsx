import { useEffect, useState } from 'preact/hooks';
import { frameWords } from '../../words/admin/frame.ts';
import { useWords } from '../../words/language.ts';
import { useHasDrafts } from '../saving/drafts.ts';
import type { AdminShop } from '../wire.ts';
import { SECTIONS, type Section, usePlace } from './address.ts';
import { Link } from './link.tsx';
import './menu.css';
import { useScope } from './scope.ts';

/** The sections, and the other shops where there are any. Folded on a phone. */
export function Menu({ shops }: { shops: readonly AdminShop[] }) {
  const words = useWords(frameWords);
  const { section } = usePlace();
  const { slug, shop, me } = useScope();
  const [unfolded, unfold] = useState(false);
  // Where one has come to the list is in the way.
  useEffect(() => unfold(false), [section, slug]);
  const owns = me.roles.some(({ shop: at, role }) => at === null && role === 'admin');
  return (
    <nav class="admin-menu" aria-label={words.menu}>
      <button
        type="button"
        class="button admin-unfold"
        aria-expanded={unfolded}
        onClick={() => unfold(!unfolded)}
      >
        <span>{words.sections[section]}</span>
        <span aria-hidden="true">{unfolded ? '▴' : '▾'}</span>
        <span class="unseen">: {words.menu}</span>
      </button>
      <div class={`admin-menu-list ${unfolded ? 'unfolded' : ''}`}>
        <ul class="plain">
          {SECTIONS.filter((each) => each !== 'new-shop').map((each) => (
            <SectionLink key={each} section={each} slug={slug} current={each === section} />
          ))}
        </ul>
        {(shops.length > 1 || owns) && (
          <>
            <h2 class="admin-menu-heading">{words.shops}</h2>
            <ul class="plain">
              {shops.map((each) => (
                <li key={each.id}>
                  <Link
                    to={{ shop: each.slug, section: section === 'new-shop' ? 'hours' : section }}
                    current={each.id === shop.id && section !== 'new-shop'}
                  >
                    {each.name}
                  </Link>
                </li>
              ))}
              {owns && <SectionLink section="new-shop" slug={slug} current={section === 'new-shop'} />}
            </ul>
          </>
        )}
      </div>
    </nav>
  );
}

interface SectionLinkProps {
  readonly section: Section;
  readonly slug: string | undefined;
  readonly current: boolean;
}

function SectionLink({ section, slug, current }: SectionLinkProps) {
  const words = useWords(frameWords);
  const waits = useHasDrafts(section);
  return (
    <li>
      <Link to={{ shop: slug, section }} current={current}>
        {section === 'new-shop' && <span aria-hidden="true">+ </span>}
        {words.sections[section]}
        {waits && (
          <span class="admin-waits" title={words.waits}>
            <span class="unseen">({words.waits})</span>
          </span>
        )}
      </Link>
    </li>
  );
}
