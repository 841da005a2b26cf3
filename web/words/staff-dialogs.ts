import type { Catalogue } from './language.ts';

/** Of the dialogs on the page of the staff. */
export const staffDialogWords: Catalogue<{
  when: string;
  notes: string;
  notesHint: string;
  notesMeanwhile(notes: string): string;
  save: string;
  saved: string;
  contact: string;
  noContact: string;
  call: string;
  write: string;
  visits(n: number): string;
  firstVisit: string;
  lastVisits: string;
  history: string;
  actor: Record<string, string>;
  made: string;
  field: Record<string, string>;
  became(field: string, before: string, after: string): string;
  nothing: string;
  moveTitle(name: string): string;
  moveNow: string;
  back: string;
  cancelTitle(name: string): string;
  cancelWarning: string;
  cancelNow: string;
  keep: string;
  taken: string;
  noSlots: string;
  loadingSlots: string;
  chooseSlot: string;
  book: string;
  booked(name: string, place: string): string;
  name: string;
  nameHint: string;
  phone: string;
  email: string;
  knownClients: string;
  noKnown: string;
  change: string;
  hasAccount: string;
  optional(label: string): string;
  from: string;
  to: string;
  wholeDay: string;
  until: string;
  reason: string;
  reasonHint: string;
  block: string;
  blocked(barber: string): string;
  unblocked: string;
  conflicts(n: number): string;
  conflictsHint: string;
  unblock: string;
  leaveBlocked: string;
  done: string;
  offTitle(barber: string): string;
  offHint: string;
}> = {
  en: {
    when: 'When',
    notes: 'Notes',
    notesHint: 'The client sees them too.',
    notesMeanwhile: (notes) => `Now there is: ${notes}`,
    save: 'Save notes',
    saved: 'Notes saved.',
    contact: 'Contact',
    noContact: 'No number or address known.',
    call: 'Call',
    write: 'Write',
    visits: (n) => (n === 1 ? '1 booking here' : `${n} bookings here`),
    firstVisit: 'First time here.',
    lastVisits: 'Earlier visits',
    history: 'What happened to this booking',
    actor: {
      client: 'Client',
      guest: 'Client',
      barber: 'Barber',
      admin: 'Administrator',
      seed: 'Demo data',
      system: 'Server',
    },
    made: 'booked',
    field: {
      status: 'Status',
      start: 'Start',
      barber_id: 'Barber',
      service: 'Service',
      notes: 'Notes',
    },
    became: (field, before, after) => `${field}: ${before} → ${after}`,
    nothing: 'none',
    moveTitle: (name) => `Move ${name}`,
    moveNow: 'Move here',
    back: 'Back',
    cancelTitle: (name) => `Cancel ${name}’s booking?`,
    cancelWarning: 'The time is free at once, and the client is told by email. This cannot be undone.',
    cancelNow: 'Cancel the booking',
    keep: 'Keep it',
    taken: 'taken',
    noSlots: 'Nobody works on that date. Choose another date or barber.',
    loadingSlots: 'Looking for free times …',
    chooseSlot: 'Choose a time',
    book: 'Book',
    booked: (name, place) => `${name}: booked, ${place}.`,
    name: 'Client’s name',
    nameHint: 'Start typing to find somebody who was here before. Leave it empty for a walk-in.',
    phone: 'Phone',
    email: 'Email',
    knownClients: 'Clients you know',
    noKnown: 'Nobody of that name was here before.',
    change: 'Somebody else',
    hasAccount: 'Has an account; the booking will be there.',
    optional: (label) => `${label} (optional)`,
    from: 'From',
    to: 'To',
    wholeDay: 'Whole days',
    until: 'Last day',
    reason: 'Reason',
    reasonHint: 'Only staff sees it.',
    block: 'Block the time',
    blocked: (barber) => `Time blocked for ${barber}.`,
    unblocked: 'The time can be booked again.',
    conflicts: (n) => (n === 1 ? 'One booking lies in it' : `${n} bookings lie in it`),
    conflictsHint: 'They stay booked until somebody moves or cancels them.',
    unblock: 'Do not block it',
    leaveBlocked: 'Leave it blocked',
    done: 'Close',
    offTitle: (barber) => `${barber} is away`,
    offHint: 'Nobody can book this time.',
  },
  es: {
    when: 'Cuándo',
    notes: 'Notas',
    notesHint: 'El cliente también las ve.',
    notesMeanwhile: (notes) => `Ahora dice: ${notes}`,
    save: 'Guardar notas',
    saved: 'Notas guardadas.',
    contact: 'Contacto',
    noContact: 'No se conoce ni teléfono ni correo.',
    call: 'Llamar',
    write: 'Escribir',
    visits: (n) => (n === 1 ? '1 reserva aquí' : `${n} reservas aquí`),
    firstVisit: 'Primera vez aquí.',
    lastVisits: 'Visitas anteriores',
    history: 'Qué pasó con esta reserva',
    actor: {
      client: 'Cliente',
      guest: 'Cliente',
      barber: 'Barbero',
      admin: 'Administración',
      seed: 'Datos de muestra',
      system: 'Servidor',
    },
    made: 'reservó',
    field: {
      status: 'Estado',
      start: 'Hora',
      barber_id: 'Barbero',
      service: 'Servicio',
      notes: 'Notas',
    },
    became: (field, before, after) => `${field}: ${before} → ${after}`,
    nothing: 'nada',
    moveTitle: (name) => `Mover a ${name}`,
    moveNow: 'Mover aquí',
    back: 'Volver',
    cancelTitle: (name) => `¿Cancelar la reserva de ${name}?`,
    cancelWarning: 'La hora queda libre enseguida y se avisa al cliente por correo. No se puede deshacer.',
    cancelNow: 'Cancelar la reserva',
    keep: 'Conservarla',
    taken: 'ocupada',
    noSlots: 'Ese día no trabaja nadie. Elige otra fecha u otro barbero.',
    loadingSlots: 'Buscando horas libres …',
    chooseSlot: 'Elige una hora',
    book: 'Reservar',
    booked: (name, place) => `${name}: con reserva, ${place}.`,
    name: 'Nombre del cliente',
    nameHint: 'Escribe para encontrar a quien ya vino antes. Déjalo vacío si viene sin cita.',
    phone: 'Teléfono',
    email: 'Correo',
    knownClients: 'Clientes que conoces',
    noKnown: 'Nadie con ese nombre ha venido antes.',
    change: 'Otra persona',
    hasAccount: 'Tiene cuenta; la reserva aparecerá allí.',
    optional: (label) => `${label} (opcional)`,
    from: 'Desde',
    to: 'Hasta',
    wholeDay: 'Días enteros',
    until: 'Último día',
    reason: 'Motivo',
    reasonHint: 'Solo lo ve el personal.',
    block: 'Bloquear el tiempo',
    blocked: (barber) => `Tiempo bloqueado para ${barber}.`,
    unblocked: 'Ese tiempo se puede reservar de nuevo.',
    conflicts: (n) => (n === 1 ? 'Hay una reserva dentro' : `Hay ${n} reservas dentro`),
    conflictsHint: 'Siguen en pie hasta que alguien las mueva o las cancele.',
    unblock: 'No bloquearlo',
    leaveBlocked: 'Dejarlo bloqueado',
    done: 'Cerrar',
    offTitle: (barber) => `${barber} no está`,
    offHint: 'Nadie puede reservar en este tiempo.',
  },
};
