import { useEffect, useState } from 'preact/hooks';
import { api } from '../../../api/client.ts';
import { useResource } from '../../../api/resource.ts';
import { Input } from '../../../ui/field.tsx';
import { useFormats } from '../../../words/formats.ts';
import { useWords } from '../../../words/language.ts';
import { staffDialogWords } from '../../../words/staff-dialogs.ts';
import { useDesk } from '../../desk-context.ts';
import type { KnownClient } from '../../wire.ts';

/** Who it is for: somebody with an account, or what is known of them; all empty is a walk-in. */
export interface Who {
  readonly known: KnownClient | undefined;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
}

export const NOBODY: Who = { known: undefined, name: '', phone: '', email: '' };

export interface ClientFieldProps {
  readonly who: Who;
  readonly onChange: (who: Who) => void;
  readonly faults: Readonly<Record<string, string>>;
}

/** Between two letters somebody types fast; a search for each would be for nothing. */
const TYPING_MS = 250;
const SUGGESTIONS = 5;

/** The client: typed, or chosen from those who were here before. */
export function ClientField({ who, onChange, faults }: ClientFieldProps) {
  const texts = useWords(staffDialogWords);
  if (who.known !== undefined) return <Chosen client={who.known} onForget={() => onChange(NOBODY)} />;
  const type = (field: 'name' | 'phone' | 'email') => ({
    name: field,
    value: who[field],
    error: faults[field],
    autocomplete: 'off',
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
      onChange({ ...who, [field]: currentTarget.value }),
  });
  return (
    <div class="stack">
      <Input label={texts.optional(texts.name)} hint={texts.nameHint} {...type('name')} />
      <Suggestions query={who.name} onChoose={(known) => onChange({ ...NOBODY, known })} />
      {who.name.trim() !== '' && (
        <div class="staff-two">
          <Input label={texts.optional(texts.phone)} type="tel" {...type('phone')} />
          <Input label={texts.optional(texts.email)} type="email" {...type('email')} />
        </div>
      )}
    </div>
  );
}

function Chosen({ client, onForget }: { readonly client: KnownClient; readonly onForget: () => void }) {
  const texts = useWords(staffDialogWords);
  return (
    <div class="staff-chosen">
      <div>
        <strong>{client.name}</strong>
        <br />
        <span class="small">{texts.visits(client.booking_count)}</span>
        {client.user_id !== null && <span class="small muted"> · {texts.hasAccount}</span>}
      </div>
      <button type="button" class="button" onClick={onForget}>
        {texts.change}
      </button>
    </div>
  );
}

function Suggestions({
  query,
  onChoose,
}: {
  readonly query: string;
  readonly onChoose: (client: KnownClient) => void;
}) {
  const texts = useWords(staffDialogWords);
  const formats = useFormats();
  const { slug } = useDesk();
  const settled = useSettled(query.trim());
  const found = useResource(settled.length < 2 ? undefined : `clients ${settled}`, (signal) =>
    api.get<{ items: KnownClient[] }>('/api/v2/staff/clients', {
      query: { shop: slug, query: settled, limit: SUGGESTIONS },
      signal,
    }),
  );
  const items = settled.length < 2 || !found.current ? [] : (found.value?.items ?? []);
  const isNobody = settled.length >= 2 && found.current && items.length === 0;
  return (
    <div role="status">
      {isNobody && <p class="muted small">{texts.noKnown}</p>}
      {items.length > 0 && (
        <>
          <p class="small">{texts.knownClients}</p>
          <ul class="plain staff-known">
            {items.map((client) => {
              const last = client.bookings[0];
              return (
                <li key={`${client.user_id} ${client.email} ${client.phone} ${client.name}`}>
                  <button type="button" onClick={() => onChoose(client)}>
                    <strong>{client.name}</strong>
                    <span class="small muted">
                      {last && `${last.service}, ${formats.shortDate(last.date)} · `}
                      {texts.visits(client.booking_count)}
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}

/** The text, once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(settle, TYPING_MS, text);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
