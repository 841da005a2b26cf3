import { useEffect, useState } from 'preact/hooks';

const VIEWS = ['create', 'forgot'] as const;
export type View = 'signIn' | (typeof VIEWS)[number];

/** What the fragment of the address says, so that the back button works. */
export function useView(): View {
  const [view, set] = useState(read);
  useEffect(() => {
    const listener = () => set(read());
    addEventListener('hashchange', listener);
    return () => removeEventListener('hashchange', listener);
  }, []);
  return view;
}

/** The same address with another view. */
export function linkTo(view: View): string {
  return view === 'signIn' ? `${location.pathname}${location.search}` : `#${view}`;
}

function read(): View {
  return VIEWS.find((view) => location.hash === `#${view}`) ?? 'signIn';
}
