import type { Judgement, Verdict } from '../../../src/cli/doctor/finding.ts';

/** What was found by a check. */
export function of(check: string, judgements: readonly Judgement[]): Judgement {
  const found = judgements.find((judgement) => judgement.check === check);
  if (found === undefined) throw new Error(`No ${check} among ${judgements.map((one) => one.check)}`);
  return found;
}

/** The checks that ended so. */
export function those(verdict: Verdict, judgements: readonly Judgement[]): string[] {
  return judgements.filter((judgement) => judgement.verdict === verdict).map(({ check }) => check);
}

/** Whatever is not in order says what to do. */
export function withoutFix(judgements: readonly Judgement[]): Judgement[] {
  return judgements.filter(({ verdict, fix }) => verdict !== 'ok' && (fix === undefined || fix === ''));
}
