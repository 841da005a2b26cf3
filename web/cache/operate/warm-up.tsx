import { useCallback, useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { frameWords } from '../../words/cache/frame.ts';
import { operateWords } from '../../words/cache/operate.ts';
import { useWords } from '../../words/language.ts';
import { usePlace } from '../frame/place.ts';
import { Section } from '../frame/section.tsx';
import type { WarmUpJob } from '../wire.ts';
import { type Order, OrderForm } from './order-form.tsx';
import { Preload } from './preload.tsx';
import { Progress } from './progress.tsx';
import './operate.css';

/** Loads ahead of readers what they will ask for, and tells how far it is. */
export function WarmUp() {
  const words = useWords(operateWords);
  const { warmUp: title } = useWords(frameWords);
  const { shop } = usePlace();
  const [job, setJob] = useState<WarmUpJob>();
  const [isRunning, setRunning] = useState(false);
  const end = useCallback(() => setRunning(false), []);

  async function start({ days_ahead, ...body }: Order) {
    const headers = { prefer: 'respond-async' };
    setJob(await api.post('/api/v2/cache/warm-up', { query: { shop, days_ahead }, body, headers }));
    setRunning(true);
  }

  return (
    <Section id="warmUp" title={title} about={words.warmAbout}>
      <div class="cache-operate">
        <div class="card stack">
          <OrderForm isRunning={isRunning} onOrder={start} />
          {job && <Progress key={job.id} started={job} onEnd={end} />}
        </div>
        <Preload />
      </div>
    </Section>
  );
}
