import { frameWords } from '../words/cache/frame.ts';
import { useWords } from '../words/language.ts';
import { Demand } from './demand/demand.tsx';
import { useFigures } from './frame/figures.ts';
import { usePlace } from './frame/place.ts';
import { Section } from './frame/section.tsx';
import { Glance, useHealth } from './glance/glance.tsx';
import { Keys } from './keys/keys.tsx';
import { Lifetimes } from './lifetimes/lifetimes.tsx';
import { Invalidation } from './operate/invalidation.tsx';
import { WarmUp } from './operate/warm-up.tsx';
import { Trends } from './trends/trends.tsx';

export interface DashboardProps {
  readonly paused: boolean;
  readonly onPause: (paused: boolean) => void;
}

const SECTIONS = ['glance', 'trends', 'demand', 'warmUp', 'invalidation', 'lifetimes', 'keys'] as const;

/** Everything about the cache, on one page, and as of when. */
export function Dashboard({ paused, onPause }: DashboardProps) {
  const words = useWords(frameWords);
  const { exactTime } = useFigures();
  const { shop, timezone } = usePlace();
  const health = useHealth(shop);
  const asOf = health.value && words.asOf(exactTime(health.value.timestamp, timezone));
  return (
    <>
      <div class="cache-bar">
        <nav aria-label={words.sections}>
          <ul class="plain">
            {SECTIONS.map((name) => (
              <li key={name}>
                <a href={`#${name}`}>{words[name]}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="cache-as-of">
          <span class="muted small number">{asOf}</span>
          <button type="button" class="button small" onClick={() => onPause(!paused)}>
            {paused ? words.resume : words.pause}
          </button>
        </div>
      </div>
      <Section id="glance" title={words.glance}>
        <Glance health={health} />
      </Section>
      <Trends />
      <Demand />
      <WarmUp />
      <Invalidation />
      <Lifetimes />
      <Keys />
    </>
  );
}
