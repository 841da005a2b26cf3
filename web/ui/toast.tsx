import { useEffect, useState } from 'preact/hooks';
import { useWords } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';
import './toast.css';

export interface Toast {
  readonly text: string;
  readonly kind?: 'good' | 'bad';
  /** As `Undo`; pressing it also takes the toast away. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface Shown extends Toast {
  readonly id: number;
}

/** WCAG 2.2.1: what can be acted on stays until it is dismissed or replaced. */
const STAYS_MS = 8_000;
let shown: readonly Shown[] = [];
let last = 0;
let redraw = () => {};

/** Says what has just happened, at the foot of the page; read out without taking the focus. */
export function toast(message: Toast): void {
  last += 1;
  const id = last;
  // Only the latest can be undone.
  shown = [...shown.filter(({ action }) => action === undefined).slice(-2), { ...message, id }];
  redraw();
  if (message.action === undefined) setTimeout(dismiss, STAYS_MS, id);
}

function dismiss(id: number): void {
  shown = shown.filter((each) => each.id !== id);
  redraw();
}

export function Toasts() {
  const words = useWords(shellWords);
  const [toasts, set] = useState(shown);
  useEffect(() => {
    redraw = () => set(shown);
    return () => {
      redraw = () => {};
    };
  }, []);
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, text, kind, action }) => (
        <div key={id} class={`toast ${kind ?? ''}`}>
          <span>{text}</span>
          {action && (
            <button
              type="button"
              onClick={() => {
                dismiss(id);
                action.run();
              }}
            >
              {action.label}
            </button>
          )}
          <button type="button" aria-label={words.close} onClick={() => dismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
