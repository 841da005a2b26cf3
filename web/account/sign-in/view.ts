import { useEffect, useState } from 'preact/hooks';

const FRAGMENTS = { signIn: '#sign-in', create: '#create', forgot: '#forgot' } as const;
export type View = keyof typeof FRAGMENTS;
const VIEWS = ['create', 'forgot'] as const;

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

/** Within the page: what was typed stays. */
export function linkTo(view: View): string {
  return FRAGMENTS[view];
}

function read(): View {
  return VIEWS.find((view) => location.hash === FRAGMENTS[view]) ?? 'signIn';
}
