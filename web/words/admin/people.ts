import type { Catalogue } from '../language.ts';

type Role = 'owner' | 'admin' | 'barber' | 'client';

/** Of the people and their roles. */
export const peopleWords: Catalogue<{
  title: string;
  about: string;
  explain: string;
  search: string;
  found: (count: number) => string;
  none: string;
  noMatch: string;
  you: string;
  role: string;
  roles: Readonly<Record<Role, string>>;
  may: Readonly<Record<Role, string>>;
  add: string;
  give: string;
  email: string;
  emailHint: string;
  unknown: string;
  given: (name: string, role: string) => string;
  taken: (name: string) => string;
  losesOwn: string;
  losesAll: string;
  lastOwner: string;
}> = {
  en: {
    title: 'People and roles',
    about: 'Whose account may do what at this shop. To let a barber sign in, invite them under Barbers.',
    explain: 'What each role may do',
    search: 'Search by name or address',
    found: (count) => (count === 1 ? '1 person' : `${count} people`),
    none: 'Nobody has a role here.',
    noMatch: 'Nobody with a role here is called that. To give somebody a role, press “Give a role”.',
    you: 'You',
    role: 'Role at this shop',
    roles: { owner: 'Owner', admin: 'Administrator', barber: 'Barber', client: 'No role' },
    may: {
      owner: 'Administers all shops, and opens new ones.',
      admin: 'Sees and changes everything at this shop: hours, services, barbers, people, and every booking.',
      barber: 'Sees the calendar, books for clients, and sets their own hours and time off.',
      client: 'Books, moves and cancels for themselves, as any client does.',
    },
    add: 'Give a role',
    give: 'Give the role',
    email: 'E-mail address of the account',
    emailHint: 'The person opens an account first, on the page Sign in.',
    unknown: 'There is no account with this address. Ask the person to open one first.',
    given: (name, role) => `${name} is now: ${role}.`,
    taken: (name) => `${name} has no role here any more.`,
    losesOwn: 'You take your own role away. You will no longer see this page.',
    losesAll: 'This takes the ownership of all shops away, not of this one alone.',
    lastOwner: 'This is the last owner. Somebody else has to own the shops first.',
  },
  es: {
    title: 'Personas y permisos',
    about:
      'Qué puede hacer cada cuenta en este local. Para que un barbero inicie sesión, invítalo en Barberos.',
    explain: 'Qué puede hacer cada quien',
    search: 'Buscar por nombre o correo',
    found: (count) => (count === 1 ? '1 persona' : `${count} personas`),
    none: 'Nadie tiene permisos aquí.',
    noMatch: 'Nadie con permisos aquí se llama así. Para dar permisos a alguien, usa «Dar permisos».',
    you: 'Tú',
    role: 'Permisos en este local',
    roles: { owner: 'Dueño', admin: 'Administrador', barber: 'Barbero', client: 'Sin permisos' },
    may: {
      owner: 'Administra todos los locales y abre otros nuevos.',
      admin: 'Ve y cambia todo en este local: horarios, servicios, barberos, personas y todas las reservas.',
      barber: 'Ve la agenda, reserva para los clientes y fija su propio horario y sus ausencias.',
      client: 'Reserva, cambia y cancela lo suyo, como cualquier cliente.',
    },
    add: 'Dar permisos',
    give: 'Dar los permisos',
    email: 'Correo de la cuenta',
    emailHint: 'Primero la persona abre una cuenta, en la página Iniciar sesión.',
    unknown: 'No hay ninguna cuenta con ese correo. Pide a la persona que abra una primero.',
    given: (name, role) => `${name} ahora es: ${role}.`,
    taken: (name) => `${name} ya no tiene permisos aquí.`,
    losesOwn: 'Te quitas tus propios permisos. Ya no verás esta página.',
    losesAll: 'Esto quita la propiedad de todos los locales, no solo de este.',
    lastOwner: 'Es el último dueño. Antes tiene que haber otro dueño de los locales.',
  },
};
