import { useEffect, useState } from 'preact/hooks';

const FRAGMENTS = { signIn: '#sign-in', create: '#create', forgot: '#forgot' } as const;
export type View = keyof typeof FRAGMENTS;
const VIEWS = ['create', 'forgot'] as const;

/** What the fragment of the address says, so that the back button works. */
export function useView(): View {
  const [view, set] = useState(read);
  useEffect(() => {
    // Not the link that skips to the content: what was typed would go.
    const listener = () => location.hash !== '#content' && set(read());
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
