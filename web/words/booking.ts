import type { Catalogue } from './language.ts';

export const bookingWords: Catalogue<{
  title: string;
  heading: string;
  openToday: (from: string, to: string) => string;
  closedToday: string;
  unknownShop: string;
  unknownShopHint: string;
  toFirstShop: string;
  noServices: string;
  steps: string;
  service: string;
  barber: string;
  when: string;
  chooseService: string;
  chooseBarber: string;
  chooseTime: string;
  yourDetails: string;
  change: (what: string) => string;
  changeShort: string;
  anyone: string;
  anyoneHint: string;
  from: (price: string) => string;
  freeFrom: (when: string) => string;
  nothingFree: string;
  gone: string;
  price: string;
  holding: string;
  kept: (left: string, barber: string) => string;
  keptShort: string;
  minuteLeft: string;
  lapsed: string;
  unheld: string;
  keepAgain: string;
  otherTime: string;
  name: string;
  email: string;
  emailHint: string;
  phone: string;
  phoneHint: string;
  notes: string;
  notesHint: string;
  optional: (label: string) => string;
  signedInAs: (name: string, email: string) => string;
  haveAccount: string;
  signIn: string;
  confirm: string;
  confirming: string;
  cancelRule: (notice: string) => string;
  lost: (time: string) => string;
  lostNearest: string;
  lostNothing: string;
  confirmed: string;
  confirmedText: (email: string) => string;
  confirmedMember: string;
  manage: string;
  another: string;
  seeBookings: string;
  where: string;
}> = {
  en: {
    title: 'Book a visit',
    heading: 'Book your chair',
    openToday: (from, to) => `Open today, ${from} to ${to}`,
    closedToday: 'Closed today',
    unknownShop: 'There is no such shop here',
    unknownShopHint: 'Its address may have a typing error, or it has moved.',
    toFirstShop: 'Go to the main shop',
    noServices: 'Nothing can be booked here yet. Call the shop, or come again later.',
    steps: 'Your choice so far',
    service: 'Service',
    barber: 'Barber',
    when: 'When',
    chooseService: 'What can we do for you?',
    chooseBarber: 'Who should do it?',
    chooseTime: 'When would you like to come?',
    yourDetails: 'Almost done: who are you?',
    change: (what) => `Change ${what.toLowerCase()}`,
    changeShort: 'Change',
    anyone: 'Anyone',
    anyoneHint: 'Whoever is free: the most times to choose from',
    from: (price) => `from ${price}`,
    freeFrom: (when) => `Free from ${when}`,
    nothingFree: 'Nothing free',
    gone: 'This service or barber is not offered any more. Choose again.',
    price: 'Price',
    holding: 'Keeping this time for you …',
    kept: (left, barber) => `${barber} keeps this time for you: ${left}`,
    keptShort: 'This time is kept for you while you fill in the form.',
    minuteLeft: 'One more minute is left to finish.',
    lapsed: 'Your time is no longer kept: it was free for others again.',
    unheld:
      'Others near you keep times just now, so this one is not kept for you. Finish soon, and it is yours.',
    keepAgain: 'Keep it again',
    otherTime: 'Choose another time',
    name: 'Name',
    email: 'Email',
    emailHint: 'The confirmation goes there, with a link to move or cancel.',
    phone: 'Phone',
    phoneHint: 'In case something comes up on the day.',
    notes: 'Notes for your barber',
    notesHint: 'Say how you would like it.',
    optional: (label) => `${label} (optional)`,
    signedInAs: (name, email) => `You book as ${name}, ${email}.`,
    haveAccount: 'Do you have an account?',
    signIn: 'Sign in, and your time stays kept',
    confirm: 'Confirm booking',
    confirming: 'Booking …',
    cancelRule: (notice) => `Free to move or cancel up to ${notice} before.`,
    lost: (time) => `Somebody else was quicker: ${time} has just been taken.`,
    lostNearest: 'The nearest free times:',
    lostNothing: 'Nothing else is free that day. Choose another one.',
    confirmed: 'See you then!',
    confirmedText: (email) => `Your booking is confirmed. A mail is on its way to ${email}.`,
    confirmedMember: 'Your booking is confirmed. You find it among your bookings.',
    manage: 'Move or cancel',
    another: 'Book another visit',
    seeBookings: 'My bookings',
    where: 'Where',
  },
  es: {
    title: 'Reservar una visita',
    heading: 'Reserva tu silla',
    openToday: (from, to) => `Hoy abierto, de ${from} a ${to}`,
    closedToday: 'Hoy cerrado',
    unknownShop: 'Aquí no hay ningún local con ese nombre',
    unknownShopHint: 'Puede que la dirección tenga un error, o que se haya mudado.',
    toFirstShop: 'Ir al local principal',
    noServices: 'Aquí todavía no se puede reservar nada. Llama al local o vuelve más tarde.',
    steps: 'Lo que has elegido',
    service: 'Servicio',
    barber: 'Barbero',
    when: 'Cuándo',
    chooseService: '¿Qué te hacemos?',
    chooseBarber: '¿Con quién?',
    chooseTime: '¿Cuándo quieres venir?',
    yourDetails: 'Ya casi está: ¿quién eres?',
    change: (what) => `Cambiar ${what.toLowerCase()}`,
    changeShort: 'Cambiar',
    anyone: 'Cualquiera',
    anyoneHint: 'Quien esté libre: más horas para elegir',
    from: (price) => `desde ${price}`,
    freeFrom: (when) => `Libre desde ${when}`,
    nothingFree: 'Nada libre',
    gone: 'Ese servicio o barbero ya no se ofrece. Elige de nuevo.',
    price: 'Precio',
    holding: 'Guardando esta hora para ti …',
    kept: (left, barber) => `${barber} te guarda esta hora: ${left}`,
    keptShort: 'Te guardamos esta hora mientras rellenas el formulario.',
    minuteLeft: 'Queda un minuto para terminar.',
    lapsed: 'Ya no te guardamos la hora: volvió a estar libre para otros.',
    unheld:
      'Otras personas cerca de ti guardan horas ahora, así que esta no se guarda. Termina pronto y será tuya.',
    keepAgain: 'Guardarla otra vez',
    otherTime: 'Elegir otra hora',
    name: 'Nombre',
    email: 'Correo electrónico',
    emailHint: 'Ahí llega la confirmación, con un enlace para cambiarla o cancelarla.',
    phone: 'Teléfono',
    phoneHint: 'Por si surge algo ese día.',
    notes: 'Notas para tu barbero',
    notesHint: 'Cuéntale cómo lo quieres.',
    optional: (label) => `${label} (opcional)`,
    signedInAs: (name, email) => `Reservas como ${name}, ${email}.`,
    haveAccount: '¿Tienes una cuenta?',
    signIn: 'Inicia sesión; tu hora sigue guardada',
    confirm: 'Confirmar la reserva',
    confirming: 'Reservando …',
    cancelRule: (notice) => `Puedes cambiarla o cancelarla gratis hasta ${notice} antes.`,
    lost: (time) => `Alguien fue más rápido: las ${time} acaban de ocuparse.`,
    lostNearest: 'Las horas libres más cercanas:',
    lostNothing: 'Ese día no queda nada más libre. Elige otro.',
    confirmed: '¡Nos vemos!',
    confirmedText: (email) => `Tu reserva está confirmada. Te enviamos un correo a ${email}.`,
    confirmedMember: 'Tu reserva está confirmada. La encuentras entre tus reservas.',
    manage: 'Cambiar o cancelar',
    another: 'Reservar otra visita',
    seeBookings: 'Mis reservas',
    where: 'Dónde',
  },
};
