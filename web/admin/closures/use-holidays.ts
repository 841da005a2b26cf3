import { type Ask, api, everything, Refused } from '../../api/client.ts';
import { type Resource, useResource } from '../../api/resource.ts';
import { todayIn } from '../../time/dates.ts';
import { useLanguage } from '../../words/language.ts';
import { useScope } from '../frame/scope.ts';
import type { Closure, Holiday } from '../wire.ts';

export interface HolidayQuestion {
  readonly country: string;
  readonly state: string;
  readonly region: string;
  readonly year: number;
}

export interface KnownHolidays {
  /** In which the names are; undefined is the country's own. */
  readonly language: string | undefined;
  readonly holidays: readonly (Holiday & {
    /** The shop is closed all that day. */
    readonly closed: boolean;
  })[];
}

/** The holidays of a place in a year that are to come, and which of them are closures. */
export function useHolidays(question: HolidayQuestion): Resource<KnownHolidays> {
  const { slug, shop } = useScope();
  const language = useLanguage();
  const key = question.country === '' ? undefined : JSON.stringify({ slug, language, ...question });
  return useResource(key, async (signal) => {
    const { year } = question;
    const [found, closures] = await Promise.all([
      holidaysIn(language, { shop: slug, ...question }, signal),
      everything<Closure>('/api/v2/admin/closures', {
        query: { shop: slug, from: `${year}-01-01`, to: `${year}-12-31` },
        signal,
      }),
    ]);
    const today = todayIn(shop.timezone);
    const coming = found.holidays.filter(({ date }) => date >= today);
    const holidays = coming.map((holiday) => ({
      ...holiday,
      closed: closures.some((closure) => closes(closure, holiday.date)),
    }));
    return { ...found, holidays };
  });
}

/** Names in the language of the page, as the country speaks it or at all, where they are known in it. */
async function holidaysIn(language: string, query: HolidaysAsked, signal: AbortSignal) {
  const ask = (tongue: string | undefined) =>
    everything<Holiday>('/api/v2/admin/holidays', { query: { ...query, language: tongue }, signal });
  for (const tongue of [`${language}-${query.country}`, language])
    try {
      return { language: tongue, holidays: await ask(tongue) };
    } catch (error) {
      if (!isAboutLanguage(error)) throw error;
    }
  return { language: undefined, holidays: await ask(undefined) };
}

type HolidaysAsked = HolidayQuestion & { readonly shop: string | undefined };

function isAboutLanguage(error: unknown): boolean {
  return (
    error instanceof Refused && error.problem.errors?.every(({ pointer }) => pointer === '/language') === true
  );
}

function closes({ start_date, end_date, start_time }: Closure, date: string): boolean {
  return start_time === null && start_date <= date && date <= end_date;
}

/** Closes the shop on these days; answers with the closures, and the bookings in their way. */
export function closeOn(
  slug: string | undefined,
  question: HolidayQuestion,
  language: string | undefined,
  dates: readonly string[],
  headers: NonNullable<Ask['headers']>,
) {
  const { country, state, region, year } = question;
  const body = {
    country,
    year,
    dates,
    ...(state !== '' && { state }),
    ...(region !== '' && { region }),
    ...(language !== undefined && { language }),
  };
  const path = '/api/v2/admin/closures/holidays';
  return api.post<{ items: Closure[] }>(path, { query: { shop: slug }, body, headers });
}
