import type { Catalogue } from './language.ts';

/** Of the frame around every page. */
export const shellWords: Catalogue<{
  book: string;
  mine: string;
  staff: string;
  hours: string;
  admin: string;
  cache: string;
  account: string;
  signIn: string;
  signOut: string;
  skip: string;
  menu: string;
  language: string;
  theme: string;
  themes: Record<'auto' | 'light' | 'dark', string>;
  offline: string;
  away: string;
  loading: string;
  close: string;
  signInFirst: string;
  notForYou: string;
}> = {
  en: {
    book: 'Book',
    mine: 'My bookings',
    staff: 'Day',
    hours: 'My hours',
    admin: 'Shop',
    cache: 'Cache',
    account: 'Account',
    signIn: 'Sign in',
    signOut: 'Sign out',
    skip: 'Skip to the content',
    menu: 'Pages',
    language: 'Language',
    theme: 'Appearance',
    themes: { auto: 'As the device', light: 'Light', dark: 'Dark' },
    offline: 'You are offline. What you see may have changed; it comes up to date when you are back.',
    away: 'The shop’s server does not answer just now. We keep trying; nothing you typed is lost.',
    loading: 'Loading …',
    close: 'Close',
    signInFirst: 'Sign in to see this page.',
    notForYou: 'This page is for those who work here. Sign in with another account to see it.',
  },
  es: {
    book: 'Reservar',
    mine: 'Mis reservas',
    staff: 'Agenda',
    hours: 'Mi horario',
    admin: 'Local',
    cache: 'Caché',
    account: 'Cuenta',
    signIn: 'Iniciar sesión',
    signOut: 'Cerrar sesión',
    skip: 'Saltar al contenido',
    menu: 'Páginas',
    language: 'Idioma',
    theme: 'Apariencia',
    themes: { auto: 'Como el dispositivo', light: 'Clara', dark: 'Oscura' },
    offline: 'No tienes conexión. Lo que ves puede haber cambiado; se actualizará cuando vuelvas.',
    away: 'El servidor del local no responde ahora. Seguimos intentándolo; no se pierde nada de lo que escribiste.',
    loading: 'Cargando …',
    close: 'Cerrar',
    signInFirst: 'Inicia sesión para ver esta página.',
    notForYou: 'Esta página es para quienes trabajan aquí. Inicia sesión con otra cuenta para verla.',
  },
};
