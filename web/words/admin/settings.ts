import type { Catalogue } from '../language.ts';

type Policy = 'fewest_minutes' | 'round_robin' | 'usual_barber';

/** Of the booking rules, and of a new shop. */
export const settingsWords: Catalogue<{
  title: string;
  about: string;
  saved: string;
  number: string;
  shop: string;
  when: string;
  clients: string;
  name: string;
  zone: string;
  zoneHint: string;
  zoneNow: (time: string, zone: string) => string;
  slot: string;
  slotHint: string;
  notice: string;
  noticeHint: string;
  horizon: string;
  horizonHint: string;
  cutoff: string;
  cutoffTime: string;
  cutoffHint: string;
  noCutoff: string;
  cancellation: string;
  cancellationHint: string;
  hold: string;
  holdHint: string;
  policy: string;
  policies: Readonly<Record<Policy, { readonly name: string; readonly about: string }>>;
  unitOf: (label: string) => string;
  units: Readonly<Record<'minutes' | 'hours' | 'days', string>>;
  newTitle: string;
  newAbout: string;
  slug: string;
  slugHint: (address: string) => string;
  currency: string;
  currencyHint: string;
  create: string;
  created: (name: string) => string;
}> = {
  en: {
    title: 'Booking rules',
    about: 'What the shop is called, and by which rules clients can book, move and cancel.',
    saved: 'The rules are saved. Every booking fits.',
    number: 'Use a whole number.',
    shop: 'The shop',
    when: 'When clients can book',
    clients: 'Clients and their bookings',
    name: 'Name',
    zone: 'Time zone',
    zoneHint: 'Type a city, and choose from the list: America/New_York.',
    zoneNow: (time, zone) => `It is ${time} there now (${zone}).`,
    slot: 'A start every … minutes',
    slotHint: 'How far apart the times are that clients are offered, counted from opening.',
    notice: 'Shortest notice',
    noticeHint: 'Nobody can book later than this before the start. Staff still can.',
    horizon: 'Days ahead',
    horizonHint: 'How far into the future clients can book.',
    cutoff: 'Stop bookings for the same day at a fixed time',
    cutoffTime: 'No bookings for today from',
    cutoffHint: 'From this time on, clients can only book for tomorrow or later.',
    noCutoff: 'Clients can book for the same day as long as the notice allows it.',
    cancellation: 'Notice to cancel or move',
    cancellationHint: 'Until this long before the start clients can cancel or move by themselves.',
    hold: 'Minutes to fill in the form',
    holdHint: 'A time that somebody has chosen is kept for them this long, from 1 to 60 minutes.',
    policy: 'Who gets clients that take anybody',
    policies: {
      fewest_minutes: {
        name: 'Whoever has least to do',
        about: 'The free barber with the fewest minutes booked that day.',
      },
      round_robin: { name: 'In turn', about: 'One after the other, so that everybody gets as many.' },
      usual_barber: {
        name: 'The usual barber',
        about: 'Whoever cut the client’s hair last, if free; else whoever has least to do.',
      },
    },
    unitOf: (label) => `${label}: unit`,
    units: { minutes: 'minutes', hours: 'hours', days: 'days' },
    newTitle: 'New shop',
    newAbout: 'It begins empty: next come its opening hours, its services and its barbers.',
    slug: 'Address',
    slugHint: (address) => `Small letters, digits and hyphens. Clients will book at ${address}`,
    currency: 'Currency',
    currencyHint: 'Three letters, as in USD. It cannot be changed later.',
    create: 'Open the shop',
    created: (name) => `${name} is there. Now its opening hours.`,
  },
  es: {
    title: 'Reglas de reserva',
    about: 'Cómo se llama el local y con qué reglas los clientes pueden reservar, cambiar y cancelar.',
    saved: 'Las reglas están guardadas. Todas las reservas encajan.',
    number: 'Usa un número entero.',
    shop: 'El local',
    when: 'Cuándo se puede reservar',
    clients: 'Los clientes y sus reservas',
    name: 'Nombre',
    zone: 'Zona horaria',
    zoneHint: 'Escribe una ciudad y elige de la lista: America/Mexico_City.',
    zoneNow: (time, zone) => `Ahora son las ${time} allí (${zone}).`,
    slot: 'Un comienzo cada … minutos',
    slotHint: 'Cada cuánto se ofrece una hora, contando desde la apertura.',
    notice: 'Antelación mínima',
    noticeHint: 'Nadie puede reservar con menos tiempo que este. El personal sí puede.',
    horizon: 'Días por adelantado',
    horizonHint: 'Hasta qué fecha futura pueden reservar los clientes.',
    cutoff: 'Cerrar a una hora fija las reservas para el mismo día',
    cutoffTime: 'Sin reservas para hoy desde las',
    cutoffHint: 'A partir de esta hora, los clientes solo pueden reservar para mañana o después.',
    noCutoff: 'Los clientes pueden reservar para el mismo día mientras la antelación lo permita.',
    cancellation: 'Plazo para cancelar o cambiar',
    cancellationHint:
      'Hasta este tiempo antes del comienzo, los clientes pueden cancelar o cambiar por su cuenta.',
    hold: 'Minutos para llenar el formulario',
    holdHint: 'La hora que alguien eligió se le guarda durante este tiempo, de 1 a 60 minutos.',
    policy: 'Quién atiende a quien acepta a cualquiera',
    policies: {
      fewest_minutes: {
        name: 'Quien tenga menos trabajo',
        about: 'El barbero libre con menos minutos reservados ese día.',
      },
      round_robin: { name: 'Por turnos', about: 'Uno tras otro, para que a todos les toque lo mismo.' },
      usual_barber: {
        name: 'El barbero de siempre',
        about: 'Quien atendió al cliente la última vez, si está libre; si no, quien tenga menos trabajo.',
      },
    },
    unitOf: (label) => `${label}: unidad`,
    units: { minutes: 'minutos', hours: 'horas', days: 'días' },
    newTitle: 'Nuevo local',
    newAbout: 'Empieza vacío: después vienen su horario, sus servicios y sus barberos.',
    slug: 'Dirección',
    slugHint: (address) => `Minúsculas, cifras y guiones. Los clientes reservarán en ${address}`,
    currency: 'Moneda',
    currencyHint: 'Tres letras, como USD. No se puede cambiar después.',
    create: 'Abrir el local',
    created: (name) => `${name} ya existe. Ahora, su horario de apertura.`,
  },
};
