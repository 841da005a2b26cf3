import type { ComponentChildren } from 'preact';
import { Refused } from '../api/client.ts';
import { signInLink } from '../api/session.ts';
import type { Me } from '../api/wire.ts';
import { useWords } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';
import { ErrorNotice, Notice } from './notice.tsx';
import { Skeleton } from './skeleton.tsx';

export interface GateProps {
  readonly me: Me | null | undefined;
  /** Why it is not known. */
  readonly error: unknown;
  readonly atLeast: 'client' | 'barber' | 'admin';
  readonly children: ComponentChildren;
}

const RANKS = { client: 0, barber: 1, admin: 2 };

/** What is inside is for those who may; others are told what to do. The server decides again at each request. */
export function Gate({ me, error, atLeast, children }: GateProps) {
  const words = useWords(shellWords);
  if (me === undefined)
    return error instanceof Refused ? <ErrorNotice error={error} /> : <Skeleton height="3rem" lines={6} />;
  if (me !== null && RANKS[me.role] >= RANKS[atLeast]) return <>{children}</>;
  return (
    <Notice kind="info">
      <p>{me === null ? words.signInFirst : words.notForYou}</p>
      <p>
        <a class="button primary" href={signInLink()}>
          {words.signIn}
        </a>
      </p>
    </Notice>
  );
}
