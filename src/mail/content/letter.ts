/** What a mail says, whatever it looks like. Every text is a single line of plain text. */
export interface Letter {
  readonly subject: string;
  readonly greeting: string;
  readonly opening: readonly string[];
  readonly facts: readonly Fact[];
  readonly link?: { readonly label: string; readonly url: string };
  /** Something to copy, and a sentence that says where it goes. */
  readonly code?: { readonly label: string; readonly value: string; readonly use: string };
  readonly closing: readonly string[];
}

interface Fact {
  readonly label: string;
  readonly value: string;
}

/** Control characters and line ends, which could begin a header of their own, and halves of characters. */
const BLANKS = /[\p{Cc}\p{Cs}\p{Z}]+/gu;
/** Marks that turn the direction of the text after them. (Joiners, which names and emoji need, stay.) */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** A text that somebody else wrote, fit to stand in a sentence: one line, which turns nothing around it. */
export function told(text: string): string {
  const line = text.replace(TURNS, '').replace(BLANKS, ' ').trim();
  return RIGHT_TO_LEFT.test(line) ? `\u2068${line}\u2069` : line;
}
