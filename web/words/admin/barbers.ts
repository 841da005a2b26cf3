import type { Catalogue } from '../language.ts';

/** Of the barbers. */
export const barbersWords: Catalogue<{
  title: string;
  about: string;
  add: string;
  addHint: string;
  added: (name: string) => string;
  all: string;
  gone: string;
  none: string;
  retired: string;
  offersNothing: string;
  noAccount: string;
  summary: (hours: string, services: number) => string;
  parts: Readonly<Record<'profile' | 'services' | 'hours' | 'dates' | 'away', string>>;
  name: string;
  saved: (name: string) => string;
  account: string;
  email: string;
  inviteHint: string;
  invite: string;
  invited: (email: string) => string;
  invitedUntil: (email: string, until: string) => string;
  unlink: string;
  unlinkAsk: (name: string) => string;
  unlinkAbout: string;
  unlinked: (name: string) => string;
  retireTitle: string;
  retireAbout: string;
  retireAsk: (name: string) => string;
  retireWithAccount: (email: string) => string;
  retire: string;
  hasRetired: (name: string) => string;
  retiredTitle: string;
  retiredAbout: string;
  bringBack: string;
  broughtBack: (name: string) => string;
  offersSaved: (name: string) => string;
  offersAbout: string;
  noServices: string;
  minutes: string;
  price: (currency: string) => string;
  minutesFault: string;
}> = {
  en: {
    title: 'Barbers',
    about: 'Who works here, what they offer and when. Only those who have not retired can be booked.',
    add: 'Add a barber',
    addHint: 'As clients should see it. The barber begins with all services and the shop’s opening hours.',
    added: (name) => `${name} is there and can be booked.`,
    all: 'All barbers',
    gone: 'This barber is not there any more',
    none: 'Nobody works here yet, so nobody can be booked. Add the first barber.',
    retired: 'Retired',
    offersNothing: 'Offers nothing',
    noAccount: 'No account',
    summary: (hours, services) =>
      `${hours} a week · ${services === 1 ? '1 service' : `${services} services`}`,
    parts: {
      profile: 'Profile',
      services: 'Services',
      hours: 'Weekly hours',
      dates: 'Single dates',
      away: 'Time off',
    },
    name: 'Name',
    saved: (name) => `${name} is saved.`,
    account: 'Account',
    email: 'E-mail address',
    inviteHint:
      'Whoever accepts the invitation sees the calendar and sets their own hours. A new one replaces the one before.',
    invite: 'Send an invitation',
    invited: (email) => `An invitation is on its way to ${email}.`,
    invitedUntil: (email, until) => `${email} was invited. The link is good until ${until}.`,
    unlink: 'Unlink',
    unlinkAsk: (name) => `Unlink the account of ${name}?`,
    unlinkAbout:
      'They no longer see the calendar, and are a client like any other. The barber stays and can be booked.',
    unlinked: (name) => `The account of ${name} is unlinked.`,
    retireTitle: 'Retire',
    retireAbout:
      'Nobody can book this barber any more. Bookings stay until you move them, and you can bring the barber back.',
    retireAsk: (name) => `Retire ${name}?`,
    retireWithAccount: (email) =>
      `Nobody can book this barber any more, and ${email} no longer sees the calendar. Bookings stay until you move them.`,
    retire: 'Retire',
    hasRetired: (name) => `${name} has retired. No bookings are left.`,
    retiredTitle: 'Retired',
    retiredAbout:
      'Nobody can book this barber. Bring them back, and they have the services and hours they had.',
    bringBack: 'Bring back',
    broughtBack: (name) => `${name} is back and can be booked.`,
    offersSaved: (name) => `The services of ${name} are saved.`,
    offersAbout: 'Leave minutes and price empty where they are the same as with everybody.',
    noServices: 'The shop has no services yet. Add them under Services.',
    minutes: 'Minutes',
    price: (currency) => `Price, ${currency}`,
    minutesFault: 'Write minutes as a whole number.',
  },
  es: {
    title: 'Barberos',
    about: 'Quién trabaja aquí, qué ofrece y cuándo. Solo se puede reservar con quienes no se han retirado.',
    add: 'Añadir un barbero',
    addHint: 'Como deben verlo los clientes. Empieza con todos los servicios y el horario del local.',
    added: (name) => `${name} ya está y se puede reservar.`,
    all: 'Todos los barberos',
    gone: 'Este barbero ya no existe',
    none: 'Aquí no trabaja nadie todavía, así que no se puede reservar. Añade el primer barbero.',
    retired: 'Retirado',
    offersNothing: 'No ofrece nada',
    noAccount: 'Sin cuenta',
    summary: (hours, services) =>
      `${hours} por semana · ${services === 1 ? '1 servicio' : `${services} servicios`}`,
    parts: {
      profile: 'Perfil',
      services: 'Servicios',
      hours: 'Horario semanal',
      dates: 'Fechas sueltas',
      away: 'Ausencias',
    },
    name: 'Nombre',
    saved: (name) => `${name} está guardado.`,
    account: 'Cuenta',
    email: 'Correo electrónico',
    inviteHint:
      'Quien acepte la invitación ve la agenda y fija su propio horario. Una nueva reemplaza a la anterior.',
    invite: 'Enviar una invitación',
    invited: (email) => `La invitación va en camino a ${email}.`,
    invitedUntil: (email, until) => `Invitaste a ${email}. El enlace sirve hasta el ${until}.`,
    unlink: 'Desvincular',
    unlinkAsk: (name) => `¿Desvincular la cuenta de ${name}?`,
    unlinkAbout: 'Ya no verá la agenda y será un cliente más. El barbero sigue y se puede reservar con él.',
    unlinked: (name) => `La cuenta de ${name} está desvinculada.`,
    retireTitle: 'Retirar',
    retireAbout:
      'Nadie podrá reservar con este barbero. Las reservas siguen hasta que las cambies, y puedes recuperarlo.',
    retireAsk: (name) => `¿Retirar a ${name}?`,
    retireWithAccount: (email) =>
      `Nadie podrá reservar con este barbero y ${email} ya no verá la agenda. Las reservas siguen hasta que las cambies.`,
    retire: 'Retirar',
    hasRetired: (name) => `${name} se ha retirado. No quedan reservas.`,
    retiredTitle: 'Retirado',
    retiredAbout:
      'Nadie puede reservar con este barbero. Recupéralo y tendrá los servicios y el horario que tenía.',
    bringBack: 'Recuperar',
    broughtBack: (name) => `${name} ha vuelto y se puede reservar.`,
    offersSaved: (name) => `Los servicios de ${name} están guardados.`,
    offersAbout: 'Deja vacíos los minutos y el precio donde sean los mismos que los de todos.',
    noServices: 'El local aún no tiene servicios. Añádelos en Servicios.',
    minutes: 'Minutos',
    price: (currency) => `Precio, ${currency}`,
    minutesFault: 'Escribe los minutos como número entero.',
  },
};
