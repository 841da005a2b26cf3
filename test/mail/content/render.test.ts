import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Letter, told } from '../../../src/mail/content/letter.ts';
import { htmlOf, textOf } from '../../../src/mail/content/render.ts';

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onclick='alert(1)",
    '&lt;b&gt;',
    'Ada\r\nBcc: eve@example.com',
    '\u202eenoyreve',
    '\ud800',
    'עדה',
    'أدا & شركاه',
    '👩‍👩‍👧 理容店',
  ),
);
const line = anything.map(told);
const letters: fc.Arbitrary<Letter> = fc.record(
  {
    subject: line,
    greeting: line,
    opening: fc.array(line, { maxLength: 2 }),
    facts: fc.array(fc.record({ label: line, value: line }), { maxLength: 3 }),
    link: fc.record({ label: line, url: line }),
    code: fc.record({ label: line, value: line, use: line }),
    closing: fc.array(line, { maxLength: 2 }),
  },
  { requiredKeys: ['subject', 'greeting', 'opening', 'facts', 'closing'] },
);

/** What a browser makes of our HTML: names of the elements, and the texts between them. */
function read(html: string): { elements: Set<string>; texts: string[]; hrefs: string[] } {
  const decoded = (text: string) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
  const body = html.slice(html.indexOf('<body>'));
  const tags = [...body.matchAll(/<\/?(\w+)([^>]*)>/g)];
  return {
    elements: new Set(tags.map(([, name = '']) => name)),
    texts: body.split(/<[^>]*>/).map(decoded),
    hrefs: tags.flatMap(([, , attributes = '']) =>
      [...attributes.matchAll(/ href="([^"]*)"/g)].map(([, url = '']) => decoded(url)),
    ),
  };
}

const wordsOf = ({ greeting, opening, facts, code, closing }: Letter): string[] => [
  greeting,
  ...opening,
  ...facts.flatMap(({ label, value }) => [label, value]),
  ...(code ? [code.value, code.use] : []),
  ...closing,
];

describe('plain text and HTML', () => {
  test('say the same, whatever the words are, and no word becomes an element', () => {
    fc.assert(
      fc.property(letters, (letter) => {
        const html = read(htmlOf(letter));
        const text = textOf(letter);
        for (const word of wordsOf(letter)) {
          expect(html.texts).toContain(word);
          expect(text).toContain(word);
        }
        if (letter.link) {
          expect(html.hrefs).toEqual([letter.link.url]);
          expect(text).toContain(letter.link.url);
        }
        const ours = new Set(['body', 'main', 'html', 'p', 'dl', 'dt', 'dd', 'a', 'code']);
        expect([...html.elements].filter((name) => !ours.has(name))).toEqual([]);
      }),
    );
  });

  test('load nothing from elsewhere', () => {
    const html = htmlOf({ subject: 'S', greeting: 'Hello', opening: [], facts: [], closing: [] });
    expect(html).not.toMatch(/src=|url\(|@import|<link|<script/);
  });
});

describe('a text that somebody else wrote', () => {
  test('is one line without control characters, and turns nothing around it', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const line = told(text);
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e]/u);
        const opened = line.split('\u2068').length;
        expect(line.split('\u2069')).toHaveLength(opened);
        expect(opened).toBeLessThanOrEqual(2);
        expect(told(line)).toBe(line);
      }),
    );
  });

  test('keeps its letters, and what joins them', () => {
    for (const name of ['Zoë O’Neil', '👩‍👩‍👧', 'نرگس‌ها', '理容店', 'a\u0301']) {
      expect(told(name).replace(/[\u2068\u2069]/g, '')).toBe(name);
    }
  });

  test('stands by itself where it runs from right to left', () => {
    expect(told('עדה')).toBe('\u2068עדה\u2069');
    expect(told('Ada')).toBe('Ada');
  });
});
