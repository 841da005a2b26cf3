import type { Catalogue } from '../language.ts';

/** Of times away: closures of the shop, and time off. */
export const rangesWords: Catalogue<{
  howLong: string;
  wholeDays: string;
  part: string;
  start: string;
  end: string;
  lastDay: string;
  from: string;
  to: string;
  reason: string;
  noReason: string;
  showPast: string;
  showComing: string;
  undoFailed: string;
}> = {
  en: {
    howLong: 'How long',
    wholeDays: 'Whole days',
    part: 'From a time to a time',
    start: 'First day',
    end: 'Ends on',
    lastDay: 'Last day',
    from: 'From',
    to: 'To',
    reason: 'Reason',
    noReason: 'No reason given',
    showPast: 'Show past',
    showComing: 'Show coming',
    undoFailed: 'It could not be brought back. Add it again.',
  },
  es: {
    howLong: 'Duración',
    wholeDays: 'Días enteros',
    part: 'De una hora a otra',
    start: 'Primer día',
    end: 'Termina el',
    lastDay: 'Último día',
    from: 'Desde',
    to: 'Hasta',
    reason: 'Motivo',
    noReason: 'Sin motivo indicado',
    showPast: 'Ver pasados',
    showComing: 'Ver próximos',
    undoFailed: 'No se pudo recuperar. Añádelo de nuevo.',
  },
};
