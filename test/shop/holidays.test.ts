import { expect, test } from 'vitest';
import { chooseHolidays, type HolidayQuery, publicHolidays } from '../../src/shop/holidays.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

async function holidays(query: HolidayQuery) {
  const outcome = await publicHolidays(query, NOW);
  if (outcome.kind === 'refused') throw new Error(outcome.faults.map(({ detail }) => detail).join(' '));
  return outcome.value;
}

async function faults(query: HolidayQuery) {
  const outcome = await publicHolidays(query, NOW);
  return outcome.kind === 'refused' ? outcome.faults.map(({ field, detail }) => ({ field, detail })) : [];
}

test('a state has holidays that the country has not, in any spelling of the codes', async () => {
  const country = (await holidays({ country: 'DE', year: 2027 })).map(({ date }) => date);
  const state = (await holidays({ country: 'de', state: 'by', year: 2027 })).map(({ date }) => date);
  expect(country).not.toContain('2027-01-06');
  expect(state).toContain('2027-01-06');
  expect(state).toEqual([...state].sort());
  expect(country).not.toContain('2027-02-14');
});

test('a region of a state has holidays of its own', async () => {
  const augsburg = await holidays({ country: 'DE', state: 'BY', region: 'A', year: 2027 });
  expect(augsburg).toContainEqual({ date: '2027-08-08', name: 'Augsburger Friedensfest' });
});

test('names are in the country’s language unless another is asked for', async () => {
  const first = async (language?: string) =>
    (await holidays({ country: 'FR', year: 2027, language }))[0]?.name;
  expect(await first()).toBe('Nouvel An');
  expect(await first('EN')).toBe("New Year's Day");
});

test('a holiday of several days is one item a day, and clocks that change meanwhile take none of them away', async () => {
  const bosnia = await holidays({ country: 'BA', year: 2025, language: 'bs' });
  const bajram = bosnia.filter(({ name }) => name === 'Ramazanski bajram').map(({ date }) => date);
  expect(bajram).toEqual(['2025-03-30', '2025-03-31', '2025-04-01']);
});

test('half days are left out, and what ends at noon ends the evening before', async () => {
  const china = (await holidays({ country: 'CN', year: 2027 })).map(({ date }) => date);
  expect(china).not.toContain('2027-03-08');
  const turkey = (await holidays({ country: 'TR', year: 2026 })).map(({ date }) => date);
  expect(turkey.filter((date) => date.startsWith('2026-03'))).toEqual([
    '2026-03-20',
    '2026-03-21',
    '2026-03-22',
  ]);
});

test('two holidays on one day are one day with both names', async () => {
  const antigua = await holidays({ country: 'AG', year: 2027 });
  expect(antigua.filter(({ date }) => date === '2027-12-27')).toHaveLength(1);
  expect(antigua.find(({ date }) => date === '2027-12-27')?.name).toContain(', ');
});

test('of what is not known it says what there is', async () => {
  expect(await faults({ country: 'Utopia', year: 2027 })).toEqual([
    { field: 'country', detail: expect.stringContaining('ISO 3166-1') },
  ]);
  expect(await faults({ country: 'constructor', year: 2027 })).toMatchObject([{ field: 'country' }]);
  expect(await faults({ country: 'US', state: 'ZZ', region: 'no', year: 2027, language: 'tlh' })).toEqual([
    { field: 'state', detail: expect.stringContaining('NY (New York)') },
    { field: 'language', detail: expect.stringContaining('en') },
  ]);
  expect(await faults({ country: 'US', state: 'LA', region: 'ZZ', year: 2027 })).toEqual([
    { field: 'region', detail: expect.stringContaining('NO (New Orleans)') },
  ]);
  expect(await faults({ country: 'US', region: 'NO', year: 2027 })).toMatchObject([{ field: 'region' }]);
  expect(await faults({ country: 'PL', state: 'X', year: 2027 })).toEqual([
    { field: 'state', detail: expect.stringContaining('It has none here') },
  ]);
});

test('years reach from last year to five years ahead', async () => {
  expect(await holidays({ country: 'US', year: 2025 })).not.toEqual([]);
  expect(await holidays({ country: 'US', year: 2031 })).not.toEqual([]);
  expect(await faults({ country: 'US', year: 2024 })).toEqual([
    { field: 'year', detail: 'Holidays are known from 2025 to 2031.' },
  ]);
  expect(await faults({ country: 'XX', year: 2032 })).toMatchObject([
    { field: 'year' },
    { field: 'country' },
  ]);
});

test('some of them can be chosen, and a date that is none of them is at fault', () => {
  const known = [
    { date: '2027-01-01', name: 'New Year' },
    { date: '2027-07-04', name: 'Independence Day' },
  ];
  expect(chooseHolidays(known, undefined)).toEqual({ kind: 'ok', value: known });
  expect(chooseHolidays(known, ['2027-07-04'])).toEqual({ kind: 'ok', value: [known[1]] });
  expect(chooseHolidays(known, ['2027-07-04', '2027-02-30'])).toMatchObject({
    kind: 'refused',
    faults: [{ field: 'dates/1', code: 'validation_failed' }],
  });
});
