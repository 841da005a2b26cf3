import type { Letter } from './letter.ts';

/** The letter as plain text. */
export function textOf({ greeting, opening, facts, link, code, closing }: Letter): string {
  const blocks = [
    greeting,
    ...opening,
    facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    link && `${link.label}:\n${link.url}`,
    code && `${code.label}:\n${code.value}\n${code.use}`,
    ...closing,
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

/** Nothing is loaded from elsewhere. Without the style sheet, which some clients drop, it is plain black on white. */
const STYLE = `
  :root { color-scheme: light dark; }
  body { margin: 0; padding: 1.5rem 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #1c1c1c; background: #ffffff; }
  main { max-width: 36rem; margin: 0 auto; }
  dl { margin: 1rem 0; padding: .75rem 1rem; border-left: .25rem solid #8a8a8a; }
  dt { font-size: .875rem; color: #5c5c5c; }
  dd { margin: 0 0 .5rem; font-weight: 600; }
  code { display: block; padding: .75rem; font-size: 1rem; overflow-wrap: anywhere; background: #f0f0f0; }
  a { color: #0b57d0; overflow-wrap: anywhere; }
  @media (prefers-color-scheme: dark) {
    body { color: #ececec; background: #1c1c1c; }
    dt { color: #b0b0b0; }
    code { background: #2e2e2e; }
    a { color: #a8c7fa; }
  }`;

/** The letter as HTML; every text in it is escaped. */
export function htmlOf({ subject, greeting, opening, facts, link, code, closing }: Letter): string {
  const paragraph = (text: string) => `<p>${escaped(text)}</p>`;
  const rows = facts.map(({ label, value }) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`);
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escaped(subject)}</title>`,
    `<style>${STYLE}\n</style></head>`,
    '<body><main>',
    ...[greeting, ...opening].map(paragraph),
    ...(rows.length > 0 ? ['<dl>', ...rows, '</dl>'] : []),
    ...(link ? [`<p><a href="${escaped(link.url)}">${escaped(link.label)}</a></p>`] : []),
    ...(code
      ? [paragraph(`${code.label}:`), `<code>${escaped(code.value)}</code>`, paragraph(code.use)]
      : []),
    ...closing.map(paragraph),
    '</main></body></html>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
