import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createProgressDisplay } from '../../../src/cli/terminal/progress.ts';

function recorder(isTTY: boolean) {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written.push(stripVTControlCharacters(String(chunk)));
      done();
    },
  });
  return { written, stream: Object.assign(stream, { isTTY, columns: 60 }) as unknown as NodeJS.WriteStream };
}

describe('progress', () => {
  it('is a line for every ten per cent where nobody watches', () => {
    const { written, stream } = recorder(false);
    const display = createProgressDisplay(stream, 'Warming up');
    for (let done = 0; done <= 1_000; done += 7) display.show({ done, total: 1_000 });
    display.show({ done: 1_000, total: 1_000 });
    display.show({ done: 1_000, total: 1_000 });
    display.end();
    expect(written).toHaveLength(11);
    expect(written.at(0)).toBe('Warming up: 0 % (0 of 1,000)\n');
    expect(written.at(-1)).toBe('Warming up: 100 % (1,000 of 1,000)\n');
  });

  it('is a bar on one line of a terminal', () => {
    const { written, stream } = recorder(true);
    const display = createProgressDisplay(stream, 'Warming up');
    display.show({ done: 1, total: 4 });
    display.end();
    expect(written).toEqual([expect.stringMatching(/^\rWarming up {2}█+░+ {2}25 % {2}1 of 4$/), '\n']);
  });

  it('is done where there is nothing to do', () => {
    const { written, stream } = recorder(false);
    createProgressDisplay(stream, 'Warming up').show({ done: 0, total: 0 });
    expect(written).toEqual(['Warming up: 100 % (0 of 0)\n']);
  });
});
