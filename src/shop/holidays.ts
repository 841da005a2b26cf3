import type Holidays from 'date-holidays';
import { addDays } from '../calendar/time.ts';
import { type Fault, type Outcome, ok, refusalOf, refuse } from '../outcome.ts';

/** A day, 'YYYY-MM-DD', that is a public holiday from midnight to midnight. */
export interface Holiday {
  readonly date: string;
  readonly name: string;
}

export interface HolidayQuery {
  /** ISO 3166-1, like all codes here in any spelling of upper and lower case. */
  readonly country: string;
  readonly state?: string | undefined;
  readonly region?: string | undefined;
  readonly year: number;
  /** ISO 639-1, of the names; the country's own unless given. */
  readonly language?: string | undefined;
}

/** Where holidays are known: a country, one of its states, or a region of that. */
export interface HolidayPlace {
  readonly code: string;
  /** In English, or the country's own language. */
  readonly name: string;
}

const HOUR_MS = 3_600_000;
const YEARS_BACK = 1;
const YEARS_AHEAD = 5;

/**
 * The public holidays of a place in a year, in order, each day of those that last longer by itself. What takes
 * only a part of a day is left out. `now` (epoch ms) limits the years: rules further away are guesses.
 */
export async function publicHolidays(query: HolidayQuery, now: number): Promise<Outcome<readonly Holiday[]>> {
  const faults: Fault[] = [];
  checkYear(query.year, now, faults);
  const place = await findPlace(query, faults);
  const language = findLanguage(place, query.language, faults);
  return refusalOf(faults) ?? ok(place === undefined ? [] : daysOf(place.getHolidays(query.year, language)));
}

/** The places one level below what is given, by code: countries, the states of a country, the regions of a state. */
export async function holidayPlaces({
  country,
  state,
}: {
  readonly country?: string | undefined;
  readonly state?: string | undefined;
}): Promise<Outcome<readonly HolidayPlace[]>> {
  const world = await loadWorld();
  if (country === undefined)
    return state === undefined
      ? ok(placesOf(world.getCountries('en')))
      : refuse(fault('state', 'A state belongs to a country: give the country as well.'));
  const faults: Fault[] = [];
  const codes = findCodes(world, { country, state }, faults);
  const below =
    codes.state === undefined
      ? world.getStates(codes.country ?? '', 'en')
      : world.getRegions(codes.country ?? '', codes.state, 'en');
  return refusalOf(faults) ?? ok(placesOf(below ?? {}));
}

/** Of these, the ones on `dates`; without dates all of them. A date that is none of them is at fault. */
export function chooseHolidays(
  holidays: readonly Holiday[],
  dates: readonly string[] | undefined,
): Outcome<readonly Holiday[]> {
  const known = new Set(holidays.map(({ date }) => date));
  const faults = (dates ?? []).flatMap((date, i): Fault[] => {
    const detail = `"${date.slice(0, 20)}" is not one of the year’s public holidays there.`;
    return known.has(date) ? [] : [{ code: 'validation_failed', field: `dates/${i}`, detail }];
  });
  const chosen = dates === undefined ? holidays : holidays.filter(({ date }) => dates.includes(date));
  return refusalOf(faults) ?? ok(chosen);
}

function checkYear(year: number, now: number, faults: Fault[]): void {
  const thisYear = new Date(now).getUTCFullYear();
  const [first, last] = [thisYear - YEARS_BACK, thisYear + YEARS_AHEAD];
  if (year >= first && year <= last) return;
  faults.push(fault('year', `Holidays are known from ${first} to ${last}.`));
}

async function findPlace(query: HolidayQuery, faults: Fault[]): Promise<Holidays | undefined> {
  const { default: Library } = await loadLibrary();
  const { country, state, region } = findCodes(new Library(), query, faults);
  if (country === undefined) return undefined;
  // In UTC every day has 24 hours, whatever the clocks of the country do on it.
  return new Library(
    { country, ...(state !== undefined && { state }), ...(region !== undefined && { region }) },
    { types: ['public'], timezone: 'UTC' },
  );
}

/** It takes 0.2 s and 20 MB to load, and a shop imports holidays once a year. */
function loadLibrary() {
  return import('date-holidays');
}

async function loadWorld(): Promise<Holidays> {
  const { default: Library } = await loadLibrary();
  return new Library();
}

/** The codes as the library spells them; what there is not is at fault, and undefined. */
function findCodes(
  world: Holidays,
  { country, state, region }: Pick<HolidayQuery, 'country' | 'state' | 'region'>,
  faults: Fault[],
) {
  const countryCode = codeIn(world.getCountries('en'), country);
  if (countryCode === undefined) {
    const detail = 'There is no such country here. Use its ISO 3166-1 code, two letters such as DE or US.';
    faults.push(fault('country', detail));
    return {};
  }
  const states = world.getStates(countryCode, 'en') ?? {};
  const stateCode = state === undefined ? undefined : codeIn(states, state);
  if (state !== undefined && stateCode === undefined)
    faults.push(fault('state', `There is no such state in ${countryCode}. ${choice(states)}`));
  const regions = stateCode === undefined ? {} : (world.getRegions(countryCode, stateCode, 'en') ?? {});
  const regionCode = region === undefined ? undefined : codeIn(regions, region);
  if (region !== undefined && state === undefined)
    faults.push(fault('region', 'A region belongs to a state: give the state as well.'));
  else if (region !== undefined && stateCode !== undefined && regionCode === undefined)
    faults.push(
      fault('region', `There is no such region in ${countryCode}-${stateCode}. ${choice(regions)}`),
    );
  return { country: countryCode, state: stateCode, region: regionCode };
}

function placesOf(codes: Readonly<Record<string, string>>): HolidayPlace[] {
  return Object.entries(codes)
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

function findLanguage(
  place: Holidays | undefined,
  asked: string | undefined,
  faults: Fault[],
): string | undefined {
  if (place === undefined || asked === undefined) return undefined;
  const known = place.getLanguages();
  const language = known.find((code) => code.toLowerCase() === asked.toLowerCase());
  if (language === undefined)
    faults.push(
      fault('language', `The names are not known in that language. Use one of: ${known.join(', ')}.`),
    );
  return language;
}

/** The code as the library spells it; only its own keys, so that `constructor` is none. */
function codeIn(codes: Readonly<Record<string, string>>, asked: string): string | undefined {
  return Object.keys(codes).find((code) => code.toLowerCase() === asked.toLowerCase());
}

function choice(codes: Readonly<Record<string, string>>): string {
  const known = Object.entries(codes).map(([code, name]) => `${code} (${name})`);
  return known.length === 0 ? 'It has none here: leave it out.' : `It has: ${known.join(', ')}.`;
}

function daysOf(found: ReturnType<Holidays['getHolidays']>): Holiday[] {
  const names = new Map<string, string[]>();
  for (const { date, start, end, name } of found) {
    const first = date.slice(0, 10);
    // Islamic holidays begin on the evening before, and some end at noon: 90 hours are three whole days.
    const length = Math.floor((end.getTime() - start.getTime()) / (24 * HOUR_MS));
    for (let day = 0; day < length; day++) {
      const sameDay = names.get(addDays(first, day)) ?? [];
      names.set(addDays(first, day), sameDay.includes(name) ? sameDay : [...sameDay, name]);
    }
  }
  return [...names]
    .map(([date, of]) => ({ date, name: of.join(', ') }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

function fault(field: string, detail: string): Fault {
  return { code: 'validation_failed', field, detail };
}
