import { progressBar } from './charts.ts';
import { count } from './numbers.ts';
import { type Screen, screenOf } from './screen.ts';

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface ProgressDisplay {
  show(progress: Progress): void;
  /** Leaves the line as it is. */
  end(): void;
}

const LONGEST_BAR = 40;
const STEP = 10;
const BACK_TO_START = '\r\u001b[K';

/** On a terminal a bar that moves; elsewhere a line for every 10 %. */
export function createProgressDisplay(stream: NodeJS.WriteStream, what: string): ProgressDisplay {
  if (stream.isTTY === true) return createBar(stream, screenOf(stream), what);
  let said = -1;
  return {
    show(progress) {
      const step = Math.floor(percentOf(progress) / STEP) * STEP;
      if (step <= said) return;
      said = step;
      stream.write(`${what}: ${step} % (${count(progress.done)} of ${count(progress.total)})\n`);
    },
    end() {},
  };
}

function createBar(stream: NodeJS.WriteStream, screen: Screen, what: string): ProgressDisplay {
  let shown = false;
  return {
    show(progress) {
      const percent = percentOf(progress);
      const numbers = `${String(percent).padStart(3)} %  ${count(progress.done)} of ${count(progress.total)}`;
      const room = screen.columns - what.length - numbers.length - 4;
      const bar = progressBar(percent / 100, Math.max(10, Math.min(LONGEST_BAR, room)));
      stream.write(`${BACK_TO_START}${what}  ${screen.paint('cyan', bar)} ${numbers}`);
      shown = true;
    },
    end() {
      if (shown) stream.write('\n');
    },
  };
}

/** Whole per cent, rounded down: 100 is when everything is done. */
function percentOf({ done, total }: Progress): number {
  return total === 0 ? 100 : Math.floor((100 * Math.min(done, total)) / total);
}
