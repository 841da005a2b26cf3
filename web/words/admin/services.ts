import type { Catalogue } from '../language.ts';

/** Of the services. */
export const servicesWords: Catalogue<{
  title: string;
  about: string;
  add: string;
  all: string;
  gone: string;
  none: string;
  notOffered: string;
  nobody: string;
  everybody: string;
  buffer: (duration: string) => string;
  retire: string;
  bringBack: string;
  retired: (name: string) => string;
  broughtBack: (name: string) => string;
  saved: (name: string) => string;
  name: string;
  duration: string;
  price: (currency: string) => string;
  priceFault: (example: string) => string;
  buffersAbout: string;
  before: string;
  after: string;
  who: string;
  noBarbers: string;
}> = {
  en: {
    title: 'Services',
    about: 'What clients can book. Bookings keep the name, the time and the price they were made with.',
    add: 'Add a service',
    all: 'All services',
    gone: 'This service is not there any more',
    none: 'Nothing is offered yet, so nobody can book. Add the first service.',
    notOffered: 'Not offered',
    nobody: 'Nobody offers it',
    everybody: 'Everybody',
    buffer: (duration) => `${duration} kept free around it`,
    retire: 'Retire',
    bringBack: 'Bring back',
    retired: (name) => `${name} can no longer be booked. Bookings stay.`,
    broughtBack: (name) => `${name} can be booked again.`,
    saved: (name) => `${name} is saved.`,
    name: 'Name',
    duration: 'Minutes',
    price: (currency) => `Price in ${currency}`,
    priceFault: (example) => `Write a price as in ${example}.`,
    buffersAbout:
      'Minutes that are kept free for the barber, to prepare and to clean up. Clients do not see them.',
    before: 'Minutes free before',
    after: 'Minutes free after',
    who: 'Who offers it',
    noBarbers: 'There are no barbers yet.',
  },
  es: {
    title: 'Servicios',
    about:
      'Lo que los clientes pueden reservar. Cada reserva conserva el nombre, la duración y el precio con que se hizo.',
    add: 'Añadir un servicio',
    all: 'Todos los servicios',
    gone: 'Este servicio ya no existe',
    none: 'Aún no se ofrece nada, así que nadie puede reservar. Añade el primer servicio.',
    notOffered: 'No se ofrece',
    nobody: 'Nadie lo ofrece',
    everybody: 'Todos',
    buffer: (duration) => `${duration} libres alrededor`,
    retire: 'Retirar',
    bringBack: 'Recuperar',
    retired: (name) => `${name} ya no se puede reservar. Las reservas siguen.`,
    broughtBack: (name) => `${name} se puede reservar de nuevo.`,
    saved: (name) => `${name} está guardado.`,
    name: 'Nombre',
    duration: 'Minutos',
    price: (currency) => `Precio en ${currency}`,
    priceFault: (example) => `Escribe un precio como ${example}.`,
    buffersAbout: 'Minutos libres para que el barbero prepare y limpie. Los clientes no los ven.',
    before: 'Minutos libres antes',
    after: 'Minutos libres después',
    who: 'Quién lo ofrece',
    noBarbers: 'Todavía no hay barberos.',
  },
};
