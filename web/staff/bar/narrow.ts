import { useEffect, useState } from 'preact/hooks';

/** Where columns of several barbers have no room beside each other. */
const NARROW = matchMedia('(max-width: 48rem)');

export function useNarrow(): boolean {
  const [narrow, set] = useState(NARROW.matches);
  useEffect(() => {
    const follow = () => set(NARROW.matches);
    NARROW.addEventListener('change', follow);
    return () => NARROW.removeEventListener('change', follow);
  }, []);
  return narrow;
}
