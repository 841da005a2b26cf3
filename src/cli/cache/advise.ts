import type { Command } from 'commander';
import { type ServerOptions, serverCommand } from '../server/server-command.ts';
import { show } from '../server/show.ts';
import { bytes, count, percent, seconds } from '../terminal/numbers.ts';
import { bullet, type Screen } from '../terminal/screen.ts';
import { renderTable } from '../terminal/table.ts';
import type { AdviceAnswer } from './answers.ts';
import { LIFETIMES } from './setting-names.ts';

export function adviseCommand(): Command {
  return serverCommand('advise', 'what other lifetimes would give, and which to choose').action(
    (options: ServerOptions) => show<AdviceAnswer>(options, '/api/v2/cache/advice', renderAdvice),
  );
}

type Kind = AdviceAnswer['kinds'][number];

export function renderAdvice({ sampled_keys, kinds }: AdviceAnswer, screen: Screen): string {
  return [
    `By what readers asked for: a sample of ${count(sampled_keys)} keys, on the instance that answers.`,
    ...kinds.map((kind) => renderKind(kind, screen)),
  ].join('\n\n');
}

function renderKind(kind: Kind, screen: Screen): string {
  const { setting, lifetime_seconds, hit_rate, options, recommendation } = kind;
  const { word, about } = LIFETIMES[setting];
  const right = 'right' as const;
  const columns = ['', 'kept for', 'hit rate', 'memory'].map((title) => ({ title, align: right }));
  const change = recommendation.lifetime_seconds;
  return [
    `${screen.paint('bold', word)}  ${about}`,
    `Kept for ${seconds(lifetime_seconds)}: ${percent(hit_rate)} hits.`,
    renderTable(
      screen,
      columns,
      options.map((option) => [
        `× ${factorOf(option.factor)}`,
        seconds(option.lifetime_seconds),
        percent(option.hit_rate),
        bytes(option.memory_bytes),
      ]),
    ),
    bullet(recommendation.reason, screen, '→'),
    ...(change === null
      ? []
      : [`  ${screen.paint('cyan', `freshchair cache settings set ${word} ${change}`)}`]),
  ].join('\n');
}

function factorOf(factor: number): string {
  return factor === 0.5 ? '½' : String(factor);
}
