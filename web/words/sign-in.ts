import type { Catalogue } from './language.ts';

/** Of coming in: signing in, opening an account, a forgotten password, an invitation. */
export const signInWords: Catalogue<{
  name: string;
  email: string;
  password: string;
  newPassword: string;
  passwordHint: string;
  show: string;
  needed: string;
  signIn: { title: string; text: string; submit: string; create: string; forgot: string };
  create: { title: string; text: string; submit: string; back: string };
  forgot: {
    title: string;
    text: string;
    submit: string;
    back: string;
    sent: (email: string) => string;
    code: string;
  };
  already: { text: (email: string) => string; go: string; other: string };
  reset: {
    title: string;
    text: string;
    code: string;
    codeHint: string;
    submit: string;
    again: string;
    done: string;
    useless: string;
  };
  invitation: {
    title: string;
    text: string;
    signIn: string;
    create: string;
    code: string;
    codeHint: string;
    as: (email: string) => string;
    accept: string;
    other: string;
    useless: string;
    welcome: string;
    done: (shop: string) => string;
    go: string;
  };
}> = {
  en: {
    name: 'Name',
    email: 'E-mail',
    password: 'Password',
    newPassword: 'New password',
    passwordHint: 'At least 8 characters. A few words in a row are easy to keep in mind.',
    show: 'Show the password',
    needed: 'Please fill this in.',
    signIn: {
      title: 'Welcome back',
      text: 'Sign in to see your bookings and to book faster.',
      submit: 'Sign in',
      create: 'Create an account',
      forgot: 'Forgot your password?',
    },
    create: {
      title: 'Create an account',
      text: 'All your bookings in one place, and no form to fill in the next time.',
      submit: 'Create the account',
      back: 'I have an account already',
    },
    forgot: {
      title: 'Forgot your password?',
      text: 'Tell us your e-mail address, and we send you what you need to choose a new one.',
      submit: 'Send the mail',
      back: 'Back to signing in',
      sent: (email) =>
        `If there is an account for ${email}, a mail is on its way. What is in it works for one hour.`,
      code: 'Enter the code from the mail',
    },
    already: {
      text: (email) => `You are signed in as ${email}.`,
      go: 'Continue',
      other: 'Use another account',
    },
    reset: {
      title: 'Choose a new password',
      text: 'You will be signed out everywhere else.',
      code: 'Code from the mail',
      codeHint: 'The mail calls it the reset token.',
      submit: 'Save the new password',
      again: 'Ask for a new mail',
      done: 'Your new password is saved. Sign in with it.',
      useless: 'This link is of no use any more: it works once, and for one hour.',
    },
    invitation: {
      title: 'Take your chair',
      text: 'A shop invites you to look after your own calendar and working hours there.',
      signIn: 'Sign in to accept',
      create: 'Create an account to accept',
      code: 'Code from the mail',
      codeHint: 'The mail calls it the invitation token.',
      as: (email) => `You are signed in as ${email}. The chair will belong to this account.`,
      accept: 'Accept the invitation',
      other: 'Use another account',
      useless:
        'This invitation was used, withdrawn or has expired, or this account is a barber there already. Ask the shop for a new one.',
      welcome: 'Welcome aboard',
      done: (shop) => `You are a barber at ${shop} now. Your day is waiting for you.`,
      go: 'See my day',
    },
  },
  es: {
    name: 'Nombre',
    email: 'Correo electrónico',
    password: 'Contraseña',
    newPassword: 'Contraseña nueva',
    passwordHint: 'Al menos 8 caracteres. Varias palabras seguidas son fáciles de recordar.',
    show: 'Mostrar la contraseña',
    needed: 'Falta este dato.',
    signIn: {
      title: 'Hola de nuevo',
      text: 'Inicia sesión para ver tus reservas y reservar más rápido.',
      submit: 'Iniciar sesión',
      create: 'Crear una cuenta',
      forgot: '¿Olvidaste tu contraseña?',
    },
    create: {
      title: 'Crea una cuenta',
      text: 'Todas tus reservas en un solo lugar, y la próxima vez sin rellenar formularios.',
      submit: 'Crear la cuenta',
      back: 'Ya tengo una cuenta',
    },
    forgot: {
      title: '¿Olvidaste tu contraseña?',
      text: 'Dinos tu correo y te enviamos lo necesario para elegir una nueva.',
      submit: 'Enviar el correo',
      back: 'Volver a iniciar sesión',
      sent: (email) =>
        `Si hay una cuenta con ${email}, el correo va en camino. Lo que contiene sirve durante una hora.`,
      code: 'Introducir el código del correo',
    },
    already: {
      text: (email) => `Iniciaste sesión como ${email}.`,
      go: 'Continuar',
      other: 'Usar otra cuenta',
    },
    reset: {
      title: 'Elige una contraseña nueva',
      text: 'Se cerrará tu sesión en todos los demás dispositivos.',
      code: 'Código del correo',
      codeHint: 'En el correo se llama «reset token».',
      submit: 'Guardar la contraseña',
      again: 'Pedir otro correo',
      done: 'Tu contraseña nueva está guardada. Inicia sesión con ella.',
      useless: 'Este enlace ya no sirve: funciona una sola vez y durante una hora.',
    },
    invitation: {
      title: 'Ocupa tu silla',
      text: 'Un local te invita a llevar allí tu propia agenda y tu horario.',
      signIn: 'Iniciar sesión para aceptar',
      create: 'Crear una cuenta para aceptar',
      code: 'Código del correo',
      codeHint: 'En el correo se llama «invitation token».',
      as: (email) => `Iniciaste sesión como ${email}. La silla será de esta cuenta.`,
      accept: 'Aceptar la invitación',
      other: 'Usar otra cuenta',
      useless:
        'Esta invitación ya se usó, se retiró o caducó, o esta cuenta ya ocupa otra silla allí. Pide otra al local.',
      welcome: 'Te damos la bienvenida',
      done: (shop) => `Ahora trabajas en ${shop}. Tu día te espera.`,
      go: 'Ver mi día',
    },
  },
};
