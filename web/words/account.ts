import type { Catalogue } from './language.ts';

/** Of one's own account. */
export const accountWords: Catalogue<{
  title: string;
  since: (date: string) => string;
  profile: {
    title: string;
    name: string;
    email: string;
    emailHint: string;
    save: string;
    done: string;
  };
  work: { title: string; everyShop: string; roles: Record<'barber' | 'admin', string>; go: string };
  password: {
    title: string;
    text: string;
    current: string;
    submit: string;
    done: string;
  };
  data: { title: string; text: string; submit: string; done: string };
  leave: {
    title: string;
    text: string;
    open: string;
    question: string;
    consequences: string;
    bookings: string;
    seeBookings: string;
    confirmation: (email: string) => string;
    different: string;
    submit: string;
    keep: string;
    lastOwner: string;
  };
}> = {
  en: {
    title: 'Your account',
    since: (date) => `With us since ${date}`,
    profile: {
      title: 'About you',
      name: 'Name',
      email: 'E-mail',
      emailHint: 'Confirmations go there. It cannot be changed.',
      save: 'Save',
      done: 'Saved.',
    },
    work: {
      title: 'Where you work',
      everyShop: 'Every shop',
      roles: { barber: 'Barber', admin: 'Administrator' },
      go: 'See the day',
    },
    password: {
      title: 'Password',
      text: 'A new one signs you out everywhere else.',
      current: 'Present password',
      submit: 'Change the password',
      done: 'Your password is changed.',
    },
    data: {
      title: 'Your data',
      text: 'Everything that is kept about you, in one file: account, bookings, their history, sign-ins.',
      submit: 'Download my data',
      done: 'Your data is downloaded.',
    },
    leave: {
      title: 'Delete the account',
      text: 'Your name, your address and your notes go at once.',
      open: 'Delete my account …',
      question: 'Delete your account?',
      consequences: 'Your personal data goes at once and cannot be brought back.',
      bookings: 'Bookings are not cancelled by it: if you will not come, cancel them first.',
      seeBookings: 'See my bookings',
      confirmation: (email) => `Type ${email} to confirm`,
      different: 'This is not the address of your account.',
      submit: 'Delete for good',
      keep: 'Keep my account',
      lastOwner: 'You are the last administrator of all shops. Make somebody else one first.',
    },
  },
  es: {
    title: 'Tu cuenta',
    since: (date) => `Con nosotros desde el ${date}`,
    profile: {
      title: 'Sobre ti',
      name: 'Nombre',
      email: 'Correo electrónico',
      emailHint: 'Ahí llegan las confirmaciones. No se puede cambiar.',
      save: 'Guardar',
      done: 'Guardado.',
    },
    work: {
      title: 'Dónde trabajas',
      everyShop: 'Todos los locales',
      roles: { barber: 'Barbería', admin: 'Administración' },
      go: 'Ver el día',
    },
    password: {
      title: 'Contraseña',
      text: 'Una nueva cierra tu sesión en todos los demás dispositivos.',
      current: 'Contraseña actual',
      submit: 'Cambiar la contraseña',
      done: 'Tu contraseña está cambiada.',
    },
    data: {
      title: 'Tus datos',
      text: 'Todo lo que guardamos sobre ti, en un archivo: cuenta, reservas, su historial, inicios de sesión.',
      submit: 'Descargar mis datos',
      done: 'Tus datos están descargados.',
    },
    leave: {
      title: 'Eliminar la cuenta',
      text: 'Tu nombre, tu correo y tus notas desaparecen enseguida.',
      open: 'Eliminar mi cuenta …',
      question: '¿Eliminar tu cuenta?',
      consequences: 'Tus datos personales desaparecen enseguida y no se pueden recuperar.',
      bookings: 'Las reservas no se cancelan con ello: si no vas a venir, cancélalas antes.',
      seeBookings: 'Ver mis reservas',
      confirmation: (email) => `Escribe ${email} para confirmar`,
      different: 'Este no es el correo de tu cuenta.',
      submit: 'Eliminar para siempre',
      keep: 'Conservar mi cuenta',
      lastOwner: 'Eres la última persona que administra todos los locales. Nombra antes a otra.',
    },
  },
};
