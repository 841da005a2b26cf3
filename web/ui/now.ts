import { useEffect, useState } from 'preact/hooks';

const EVERY_MS = 15_000;

/** Epoch ms, drawn again as it goes on: what is possible now may not be in a while. */
export function useNow(): number {
  const [now, set] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
