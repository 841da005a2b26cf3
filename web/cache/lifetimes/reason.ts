import type { lifetimeWords } from '../../words/cache/lifetimes.ts';
import type { Language } from '../../words/language.ts';
import type { Figures } from '../frame/figures.ts';
import type { KindAdvice } from '../wire.ts';

export interface Say {
  readonly language: Language;
  readonly words: (typeof lifetimeWords)['en'];
  readonly figures: Figures;
}

/** As many reads as the server gives advice on. */
const ENOUGH_READS = 1_000;

/** Why this is advised: in English as the server says it, else from the same numbers. */
export function reasonOf({ recommendation, options, sampled_reads }: KindAdvice, say: Say): string {
  if (say.language === 'en') return recommendation.reason;
  const { words, figures } = say;
  const present = options.find(({ factor }) => factor === 1);
  const rate = (value: number | null | undefined) => figures.percent(value ?? 0);
  const better = options.find(({ lifetime_seconds }) => lifetime_seconds === recommendation.lifetime_seconds);
  if (better === undefined || present === undefined)
    return sampled_reads < ENOUGH_READS
      ? words.tooLittle(figures.count(sampled_reads))
      : words.stay(rate(present?.hit_rate));
  const lifetime = figures.lasting(better.lifetime_seconds);
  const memory = figures.bytes(better.memory_bytes);
  return better.factor < 1
    ? words.shorter(lifetime, memory)
    : words.longer(lifetime, rate(present.hit_rate), rate(better.hit_rate), memory);
}
