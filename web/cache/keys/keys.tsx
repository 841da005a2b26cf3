import { api } from '../../api/client.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { frameWords } from '../../words/cache/frame.ts';
import { keyWords } from '../../words/cache/keys.ts';
import { useWords } from '../../words/language.ts';
import { useFigures } from '../frame/figures.ts';
import { usePlace } from '../frame/place.ts';
import { Section } from '../frame/section.tsx';
import { readFault, usePolled } from '../frame/watching.ts';
import type { Keys as KeysAnswer } from '../wire.ts';
import './keys.css';

/** It looks at thousands of keys, for which there is no hurry. */
const EVERY_MS = 15_000;

/** What lies in the cache: which kinds of keys, how many, how large, and what ends them. */
export function Keys() {
  const words = useWords(keyWords);
  const { keys: title } = useWords(frameWords);
  const { count, bytes } = useFigures();
  const { shop } = usePlace();
  const keys = usePolled<KeysAnswer>(
    `keys ${shop ?? ''}`,
    (signal) => api.get('/api/v2/cache/keys/summary', { query: { shop }, signal }),
    EVERY_MS,
  );
  const { value } = keys;
  const about =
    value &&
    [
      words.all(count(value.total_keys), bytes(value.total_bytes)),
      words.places[value.place],
      ...(value.estimated ? [words.estimated] : []),
    ].join(' ');
  return (
    <Section id="keys" title={title} {...(about !== undefined && { about })}>
      <ErrorNotice error={readFault(keys)} />
      {value === undefined ? (
        <Skeleton height="20rem" />
      ) : (
        <ul class="plain cache-keys">
          {value.kinds.map((kind) => (
            <li key={kind.kind} class="card">
              <KeyKind kind={kind} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function KeyKind({ kind }: { readonly kind: KeysAnswer['kinds'][number] }) {
  const words = useWords(keyWords);
  const { count, bytes, lasting } = useFigures();
  const own = words.kinds[kind.kind];
  const foreign = own === undefined ? 'en' : undefined;
  const figures: [string, string][] = [
    [words.keys, count(kind.keys)],
    [words.size, bytes(kind.bytes)],
    [words.average, kind.average_bytes === null ? words.none : bytes(kind.average_bytes)],
    [words.lifetime, lasting(kind.lifetime_seconds)],
  ];
  return (
    <>
      <h3>{own?.name ?? kind.kind}</h3>
      <p class="small" lang={foreign}>
        {own?.purpose ?? kind.purpose}
      </p>
      <dl class="cache-key-figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt class="muted small">{name}</dt>
            <dd class="number">{value}</dd>
          </div>
        ))}
      </dl>
      <p class="small muted">
        {words.invalidatedBy}: <span lang={foreign}>{own?.invalidatedBy ?? kind.invalidated_by}</span>
      </p>
      <code class="small">{kind.pattern}</code>
    </>
  );
}
