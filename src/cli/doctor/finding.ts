export type Verdict = 'ok' | 'warning' | 'problem';

export const AREAS = ['settings', 'Postgres', 'Redis', 'server'] as const;

/** What one check found. Nothing secret is in it. */
export interface Finding {
  readonly area: (typeof AREAS)[number];
  readonly check: string;
  readonly verdict: Verdict;
  readonly message: string;
  /** What to do about it, by the name of a setting or as a command. */
  readonly fix?: string;
}

/** What is found within one area. */
export type Judgement = Omit<Finding, 'area'>;

export function ok(check: string, message: string): Judgement {
  return { check, verdict: 'ok', message };
}

export function warning(check: string, message: string, fix: string): Judgement {
  return { check, verdict: 'warning', message, fix };
}

export function problem(check: string, message: string, fix: string): Judgement {
  return { check, verdict: 'problem', message, fix };
}

const SEVERITY: readonly Verdict[] = ['ok', 'warning', 'problem'];

export function worstOf(verdicts: readonly Verdict[]): Verdict {
  return SEVERITY.findLast((verdict) => verdicts.includes(verdict)) ?? 'ok';
}

/** Of the same checks of several nodes: for each the worst, and which node that is of. */
export function worstOfNodes(nodes: ReadonlyMap<string, readonly Judgement[]>): Judgement[] {
  const worst = new Map<string, Judgement>();
  for (const [node, judgements] of nodes) {
    for (const found of judgements) {
      const known = worst.get(found.check);
      if (known !== undefined && SEVERITY.indexOf(known.verdict) >= SEVERITY.indexOf(found.verdict)) continue;
      worst.set(found.check, nodes.size > 1 ? { ...found, message: `${node}: ${found.message}` } : found);
    }
  }
  return [...worst.values()];
}
