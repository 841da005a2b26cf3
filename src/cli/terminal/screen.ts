import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** What a text is laid out for: so wide, with colour or without. */
export interface Screen {
  readonly columns: number;
  paint(style: Style, text: string): string;
}

const NARROWEST = 60;
/** Wider than this, lines are hard to follow with the eye. */
const WIDEST = 120;
const UNKNOWN = 80;

/** The terminal behind a stream; a file or a pipe has 80 columns. Colour as NO_COLOR, FORCE_COLOR and the stream say. */
export function screenOf(stream: NodeJS.WriteStream): Screen {
  return {
    columns: Math.max(NARROWEST, Math.min(WIDEST, stream.columns ?? UNKNOWN)),
    paint: (style, text) => styleText(style, text, { stream, validateStream: true }),
  };
}

/** Text of somebody else's, without what would steer the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => (character === '\n' ? ' ' : ''));
}

/** Lines of at most `width` characters, broken at spaces; a longer word is left whole. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Sentences, as wide as there is room for. */
export function paragraph(text: string, screen: Screen): string {
  return wrapped(text, screen.columns).join('\n');
}

/** A paragraph behind a bullet, its further lines indented. */
export function bullet(text: string, screen: Screen, sign = '•'): string {
  return `${sign} ${wrapped(text, screen.columns - sign.length - 1).join(`\n${' '.repeat(sign.length + 1)}`)}`;
}
