import { glanceWords } from '../../words/cache/glance.ts';
import { useWords } from '../../words/language.ts';
import type { Status } from '../wire.ts';

/** Shapes that differ without their colour: a tick, a triangle, a cross, a question. */
const SHAPES: Readonly<Record<Status, string>> = {
  healthy: 'M5 12.5l4.5 4.5L19 7.5',
  warning: 'M12 4.5l8.5 15h-17zM12 10v4.5M12 17v.1',
  critical: 'M6 6l12 12M18 6L6 18',
  unknown: 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.1',
};

export function StatusIcon({ status }: { readonly status: Status }) {
  return (
    <svg class={`cache-icon ${status}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHAPES[status]} />
    </svg>
  );
}

const PILLS: Readonly<Record<Status, string>> = {
  healthy: 'good',
  warning: 'warn',
  critical: 'bad',
  unknown: '',
};

export function StatusPill({ status }: { readonly status: Status }) {
  const words = useWords(glanceWords);
  return (
    <span class={`pill ${PILLS[status]}`}>
      <StatusIcon status={status} />
      {words.states[status]}
    </span>
  );
}
