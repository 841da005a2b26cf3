import { api } from '../../api/client.ts';
import { Input } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { settingsWords } from '../../words/admin/settings.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { fieldFaults } from '../../words/problems.ts';
import { go } from '../frame/address.ts';
import { Heading } from '../frame/heading.tsx';
import { useScope } from '../frame/scope.ts';
import { useDraft } from '../saving/drafts.ts';
import { focusFault } from '../saving/faults.ts';
import { useSave } from '../saving/use-save.ts';
import type { AdminShop } from '../wire.ts';
import { ZoneField } from './zone-field.tsx';

const CURRENCIES = Intl.supportedValuesOf('currency');

/** Opens another shop. For owners of all shops; the server tells others so. */
export function NewShopSection({ onNewShop }: { onNewShop: () => void }) {
  const words = useWords(settingsWords);
  const language = useLanguage();
  const { shop } = useScope();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const empty = { name: '', slug: '', timezone: timeZone, currency: shop.currency };
  const draft = useDraft('new-shop', empty);
  const save = useSave();
  const { value } = draft;
  const set = (change: Partial<typeof value>) => draft.change({ ...value, ...change });
  const faults = fieldFaults(save.error, language);

  async function submit(form: HTMLFormElement) {
    const made = await save.once(
      value,
      (headers) => api.post<AdminShop>('/api/v2/admin/shops', { body: value, headers }),
      { said: words.created(value.name) },
    );
    if (made === undefined) return focusFault(form);
    draft.discard();
    onNewShop();
    go({ shop: made.slug, section: 'hours' });
  }

  return (
    <>
      <Heading about={words.newAbout}>{words.newTitle}</Heading>
      <form
        class="card stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit(event.currentTarget);
        }}
      >
        <Input
          label={words.name}
          value={value.name}
          error={faults.name}
          onInput={({ currentTarget: { value: name } }) =>
            // The address follows the name until it is written by hand.
            set(value.slug === slugOf(value.name) ? { name, slug: slugOf(name) } : { name })
          }
        />
        <Input
          label={words.slug}
          hint={words.slugHint(`${location.host}/${value.slug || '…'}`)}
          value={value.slug}
          error={faults.slug}
          autocomplete="off"
          onInput={({ currentTarget }) => set({ slug: currentTarget.value })}
        />
        <ZoneField
          value={value.timezone}
          error={faults.timezone}
          onChange={(timezone) => set({ timezone })}
        />
        <Input
          label={words.currency}
          hint={words.currencyHint}
          list="currencies"
          value={value.currency}
          error={faults.currency}
          autocomplete="off"
          onInput={({ currentTarget }) => set({ currency: currentTarget.value.toUpperCase() })}
        />
        <datalist id="currencies">
          {CURRENCIES.map((currency) => (
            <option key={currency} value={currency} />
          ))}
        </datalist>
        <ErrorNotice error={save.error} />
        <p>
          <button type="submit" class="button primary" aria-disabled={save.busy}>
            {words.create}
          </button>
        </p>
      </form>
    </>
  );
}

/** `the-second-chair` of `The Second Chair`. */
function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 63);
}
