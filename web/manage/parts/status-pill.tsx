import type { Booking } from '../../api/wire.ts';
import { useWords } from '../../words/language.ts';
import { manageWords } from '../../words/manage.ts';

const KINDS = { confirmed: 'good', completed: '', cancelled: 'bad', no_show: 'warn' } as const;

export function StatusPill({ status }: Pick<Booking, 'status'>) {
  return <span class={`pill ${KINDS[status]}`}>{useWords(manageWords).statuses[status]}</span>;
}
