import type { Me } from '../../api/wire.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useSubmit } from '../../ui/submit.ts';
import { useWords } from '../../words/language.ts';
import { signInWords } from '../../words/sign-in.ts';

export interface AlreadySignedInProps {
  readonly me: Me;
  readonly onGo: () => Promise<void>;
  /** Signs out. */
  readonly onOther: () => Promise<void>;
}

export function AlreadySignedIn({ me, onGo, onOther }: AlreadySignedInProps) {
  const words = useWords(signInWords).already;
  const going = useSubmit(onGo);
  const leaving = useSubmit(onOther);
  return (
    <div class="stack">
      <p>{words.text(me.email)}</p>
      <ErrorNotice error={going.error ?? leaving.error} />
      <div class="row">
        <button type="button" class="button primary" aria-disabled={going.busy} onClick={going.run}>
          {words.go}
        </button>
        <button type="button" class="button quiet" aria-disabled={leaving.busy} onClick={leaving.run}>
          {words.other}
        </button>
      </div>
    </div>
  );
}
