import type { Forecast } from '../wire.ts';

type PeakHour = Forecast['peak_hours'][number];

/** The reads of an hour of the week (1 = Monday), and which has the most; undefined where none has any. */
export function weekOf(peaks: readonly PeakHour[]) {
  const reads = new Map(peaks.map((peak) => [`${peak.weekday} ${peak.hour}`, peak.reads]));
  const busiest = peaks.reduce<PeakHour | undefined>(
    (best, peak) => (peak.reads > (best?.reads ?? 0) ? peak : best),
    undefined,
  );
  return { readsAt: (weekday: number, hour: number) => reads.get(`${weekday} ${hour}`) ?? 0, busiest };
}

/** From 0, nothing, to 5, like the busiest hour. */
export function levelOf(reads: number, most: number): number {
  return most === 0 ? 0 : Math.ceil((5 * reads) / most);
}
