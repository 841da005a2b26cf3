import type { Screen } from '../../../src/cli/terminal/screen.ts';

/** So wide, and without colour. */
export function plain(columns: number): Screen {
  return { columns, paint: (_style, text) => text };
}

/** Colour as it can be read: <red>text</>. */
export function painted(columns: number): Screen {
  return { columns, paint: (style, text) => `<${style}>${text}</>` };
}
