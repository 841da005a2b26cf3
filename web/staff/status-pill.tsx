import { useWords } from '../words/language.ts';
import { staffWords } from '../words/staff.ts';
import type { Status } from './wire.ts';

const KINDS: Readonly<Record<Status, string>> = {
  confirmed: '',
  completed: 'good',
  cancelled: '',
  no_show: 'bad',
};

export function StatusPill({ status }: { readonly status: Status }) {
  const words = useWords(staffWords);
  return <span class={`pill ${KINDS[status]}`}>{words.status[status]}</span>;
}
