import { useState } from 'preact/hooks';

/** In hours. */
export const PERIODS = [1, 6, 24, 72, 168] as const;
export type Period = (typeof PERIODS)[number];

const NAME = 'hours';

/** How far back is looked, kept in the address: `?hours=24`. */
export function usePeriod(): [Period, (period: Period) => void] {
  const [period, set] = useState(read);
  return [
    period,
    (next) => {
      const url = new URL(location.href);
      url.searchParams.set(NAME, String(next));
      history.replaceState(null, '', url);
      set(next);
    },
  ];
}

function read(): Period {
  const asked = Number(new URLSearchParams(location.search).get(NAME));
  return PERIODS.find((period) => period === asked) ?? 24;
}
