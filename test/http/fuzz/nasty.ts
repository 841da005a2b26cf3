import fc from 'fast-check';

/** Written into the JSON where JSON.stringify has no words for it. */
export const RAW: Readonly<Record<string, string>> = {
  '"<1e309>"': '1e309',
  '"<-1e309>"': '-1e309',
  '"<-0>"': '-0',
  '"<1.0>"': '1.0',
  '"<__proto__>"': '"__proto__"',
};

const TEXTS = [
  '',
  ' ',
  '\t\n',
  '\u00a0',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udfff',
  '\u200f\u202eevil',
  '🪒💈👩‍🦰',
  'שלום',
  "'; drop table booking; --",
  "1' or '1'='1",
  '1) union select 1--',
  'x\r\nSet-Cookie: a=b',
  '../../etc/passwd',
  '%00',
  '%',
  '{{7*7}}',
  '<script>alert(1)</script>',
  'constructor',
  '__proto__',
  'toString',
  'null',
  'true',
  'NaN',
  'Infinity',
  '-0',
  '0x10',
  '1e3',
  '١٢',
  '1,2',
  'a'.repeat(64),
  'é'.repeat(300),
  'a'.repeat(5000),
];
const NUMBERS = [
  '0',
  '-1',
  '1.5',
  '2147483648',
  '-2147483649',
  '9007199254740993',
  '1e309',
  '99999999999999999999',
];
const DATES = [
  '2026-02-30',
  '2026-13-01',
  '2027-02-29',
  '0000-01-01',
  '0001-01-01',
  '1582-10-10',
  '9999-12-31',
  '10000-01-01',
  '+275760-09-13',
  '-000001-01-01',
  '2026-11-24 ',
  '2026-1-1',
  'infinity',
  '-infinity',
  'today',
  'epoch',
  '20261124',
];
const TIMES = ['24:00', '23:60', '25:00', '9:00', '09:00:00', '09:07', '00:00', '-1:00', 'allballs', 'now'];
const INSTANTS = [
  '2026-11-24T10:00:00+14:59',
  '2026-11-24T10:00:00-14:59',
  '2026-11-24T10:00:00+24:00',
  '2026-11-24T10:00:00',
  '2026-11-24T10:00:00Z',
  '2026-11-24T10:00:60Z',
  '2026-02-30T10:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59-14:00',
  '+275760-09-13T00:00:00Z',
  '2026-11-24T10:00:00.123456789123Z',
  '2026-11-24T10:00:00-05:00[America/New_York]',
];
const ZONES = [
  'Mars/Olympus',
  'EST',
  'est',
  'america/new_york',
  'UTC+3',
  '+05:00',
  'posixrules',
  'Factory',
  'GMT0',
];

/** Far beyond the limit of a body. */
export const MEGABYTE = 'n'.repeat(1_000_000);

/** For anything that is text on the wire. */
const nastyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.constantFrom(...NUMBERS),
  fc.constantFrom(...DATES, ...TIMES, ...INSTANTS, ...ZONES),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}

/** For a part of the path or the query of this name. */
export function nastyTextFor(name: string): fc.Arbitrary<string> {
  const near = nearMisses(name);
  return near.length === 0 ? nastyText : fc.oneof(nastyText, fc.constantFrom(...near));
}

/** For a value of this name in the JSON of a body. */
export function nastyValueFor(name: string): fc.Arbitrary<unknown> {
  const near = nearMisses(name);
  return near.length === 0 ? nastyValue : fc.oneof(nastyValue, fc.constantFrom(...near));
}

/** What almost is what the field takes. */
function nearMisses(name: string): readonly string[] {
  if (/date|^from$|^to$/.test(name)) return DATES;
  if (/time$|opens|closes|cutoff/.test(name)) return TIMES;
  if (/zone/.test(name)) return ZONES;
  return name === 'start' ? INSTANTS : [];
}

const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: nastyText },
  {
    weight: 6,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -1,
      0.5,
      1.5,
      2 ** 31 - 1,
      2 ** 31,
      -(2 ** 31) - 1,
      2 ** 53,
      1e20,
      5e-324,
      ...Object.keys(RAW).map((text) => JSON.parse(text)),
      [],
      [null],
      {},
      { '<__proto__>': { admin: true } },
      { constructor: { prototype: { admin: true } } },
      { toString: 1, valueOf: null },
      nested(10),
      nested(500),
      Array.from({ length: 600 }, (_, i) => i),
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);

/** As a header can be on the wire: visible, or from 0x80 to 0xff. */
export const nastyHeader: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    '*',
    '"',
    '""',
    'W/',
    'W/"1',
    '"0"',
    '"-1"',
    '"99999999999999999999"',
    '1, 2',
    '1.5',
    'é\u00ff',
    "'; drop table booking; --",
    'x'.repeat(100),
    'x'.repeat(9000),
    'null',
  ),
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((c) => String.fromCharCode(c)),
    maxLength: 300,
  }),
);
