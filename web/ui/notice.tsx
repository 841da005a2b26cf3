import type { ComponentChildren } from 'preact';
import { useSentence } from '../words/problems.ts';
import './notice.css';

export interface NoticeProps {
  readonly kind: 'info' | 'good' | 'warn' | 'bad';
  readonly children: ComponentChildren;
}

/** Something to know about what is around it. Wrap it in a live region where it appears by itself. */
export function Notice({ kind, children }: NoticeProps) {
  return <div class={`notice ${kind}`}>{children}</div>;
}

/** Why something was refused or failed; read out at once. Nothing without an error. */
export function ErrorNotice({ error, children }: { error: unknown; children?: ComponentChildren }) {
  const sentence = useSentence(error);
  return (
    <div role="alert">
      {error !== undefined && error !== null && (
        <Notice kind="bad">
          <p>{sentence}</p>
          {children}
        </Notice>
      )}
    </div>
  );
}
