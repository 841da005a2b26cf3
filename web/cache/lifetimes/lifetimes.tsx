import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { frameWords } from '../../words/cache/frame.ts';
import { lifetimeWords } from '../../words/cache/lifetimes.ts';
import { useWords } from '../../words/language.ts';
import { useFigures } from '../frame/figures.ts';
import { usePlace } from '../frame/place.ts';
import { Section } from '../frame/section.tsx';
import { readFault, usePolled } from '../frame/watching.ts';
import type { Advice, KindAdvice, Settings } from '../wire.ts';
import { KindCard } from './kind-card.tsx';
import './lifetimes.css';

/** Somebody else, or another server, may change them; advice grows with what is read. */
const EVERY_MS = 15_000;

/** How long each kind of value is kept, what else it could be, and what is advised. */
export function Lifetimes() {
  const words = useWords(lifetimeWords);
  const { lifetimes: title } = useWords(frameWords);
  const { lasting } = useFigures();
  const { shop, isOwner } = usePlace();
  const settings = usePolled<Settings>(
    `settings ${shop ?? ''}`,
    (signal) => api.get('/api/v2/cache/settings', { query: { shop }, signal }),
    EVERY_MS,
  );
  const advice = usePolled<Advice>(
    `advice ${shop ?? ''}`,
    (signal) => api.get('/api/v2/cache/advice', { query: { shop }, signal }),
    EVERY_MS,
  );
  const [fault, setFault] = useState<{ readonly kind: KindAdvice['kind']; readonly error: unknown }>();

  /** In seconds; null for the default. */
  async function apply({ kind, setting }: KindAdvice, seconds: number | null) {
    const before = settings.value?.[setting];
    if (before === undefined) return;
    setFault(undefined);
    const put = (value: number | null) =>
      api.put<Settings>('/api/v2/cache/settings', { query: { shop }, body: { [setting]: value } });
    const reload = () => {
      settings.reload();
      advice.reload();
    };
    try {
      const now = await put(seconds);
      reload();
      const undone = before.value === before.default ? null : before.value;
      toast({
        kind: 'good',
        text: words.applied(words.kinds[kind].title, lasting(now[setting].value)),
        action: {
          label: words.undo,
          run: () => void put(undone).then(reload, (error: unknown) => setFault({ kind, error })),
        },
      });
    } catch (error) {
      setFault({ kind, error });
    }
  }

  return (
    <Section id="lifetimes" title={title} about={words.about}>
      {!isOwner && (
        <Notice kind="info">
          <p>{words.ownersOnly}</p>
        </Notice>
      )}
      <ErrorNotice error={readFault(settings) ?? readFault(advice)} />
      <div class="cache-lifetimes">
        {settings.value === undefined || advice.value === undefined ? (
          <Skeleton height="22rem" />
        ) : (
          advice.value.kinds.map((each) => (
            <KindCard
              key={each.kind}
              advice={each}
              setting={settings.value?.[each.setting]}
              error={fault?.kind === each.kind ? fault.error : undefined}
              onApply={(seconds) => void apply(each, seconds)}
            />
          ))
        )}
      </div>
    </Section>
  );
}
