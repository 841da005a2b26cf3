import { InvalidArgumentError } from 'commander';
import { isDate } from '../calendar/time.ts';

/** What parses an option, or tells the caller what it should be. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It should be a whole number from ${least} to ${most}.`);
  };
}

export function date(text: string): string {
  if (isDate(text)) return text;
  throw new InvalidArgumentError('It should be a date like 2026-11-23.');
}
