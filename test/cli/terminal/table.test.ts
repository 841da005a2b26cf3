import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { printable, screenOf, wrapped } from '../../../src/cli/terminal/screen.ts';
import { renderTable } from '../../../src/cli/terminal/table.ts';
import { painted, plain } from './screens.ts';

const right = 'right' as const;

describe('a table', () => {
  it('has numbers at the right, texts at the left, and nothing at the ends of its lines', () => {
    const columns = [{ title: 'kind' }, { title: 'hits', align: right }, { title: 'what' }];
    const rows = [
      ['days', '1,000', 'of barbers'],
      ['rules', '7', ''],
    ];
    expect(renderTable(plain(80), columns, rows).split('\n')).toEqual([
      'kind    hits  what',
      'days   1,000  of barbers',
      'rules      7',
    ]);
  });

  it('breaks its last column where it does not fit, and goes on below it', () => {
    const columns = [{ title: 'a' }, { title: 'b' }];
    expect(renderTable(plain(24), columns, [['xx', 'one two three four five six']])).toBe(
      'a   b\nxx  one two three four\n    five six',
    );
  });

  it('is aligned by what can be seen, whatever is coloured', () => {
    const columns = [{ title: '' }, { title: '', align: right }, { title: '' }];
    const rows = [
      [{ text: '✓ healthy', style: 'green' as const }, '1', 'x'],
      ['-', { text: '10', style: 'red' as const }, 'y'],
    ];
    expect(renderTable(painted(80), columns, rows)).toBe(
      '<green>✓ healthy</>   1  x\n-          <red>10</>  y',
    );
  });
});

describe('text on a screen', () => {
  it('is broken between words, and no word is lost', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 40 });
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 60 }), (list, width) => {
        const lines = wrapped(list.join(' '), width);
        expect(lines.join(' ')).toBe(list.join(' '));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('of somebody else cannot steer the terminal', () => {
    expect(printable('a\u001b[2Jb\u0007c\u009bd\u202ee\nf')).toBe('a[2Jbcde f');
  });

  it('has 80 columns and no colour where there is no terminal', () => {
    const screen = screenOf(new PassThrough() as unknown as NodeJS.WriteStream);
    vi.stubEnv('FORCE_COLOR', undefined);
    expect([screen.columns, screen.paint('red', 'text')]).toEqual([80, 'text']);
    vi.unstubAllEnvs();
  });
});
