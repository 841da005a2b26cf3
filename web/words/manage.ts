import type { Booking } from '../api/wire.ts';
import type { Catalogue } from './language.ts';

type Status = Booking['status'];

/** Of one booking, and of what can be done with it. */
export const manageWords: Catalogue<{
  title: string;
  statuses: Record<Status, string>;
  with: (barber: string) => string;
  service: string;
  barber: string;
  price: string;
  number: string;
  where: string;
  yourTime: (time: string, zone: string) => string;
  /** Until when it can be moved and cancelled. */
  until: (moment: string) => string;
  tooLate: (moment: string) => string;
  begun: string;
  ended: Record<Exclude<Status, 'confirmed'>, string>;
  bookAgain: string;
  gone: { title: string; text: string; book: string };
  changed: string;
  move: {
    open: string;
    title: string;
    with: string;
    anybody: string;
    from: string;
    to: string;
    pick: string;
    confirm: string;
    keep: string;
    done: (moment: string) => string;
    taken: string;
    conflict: string;
  };
  cancel: {
    open: string;
    title: string;
    question: (service: string, moment: string, barber: string) => string;
    frees: string;
    notice: (duration: string) => string;
    confirm: string;
    keep: string;
    done: string;
  };
  notes: {
    title: string;
    none: string;
    hint: string;
    label: string;
    add: string;
    change: string;
    save: string;
    discard: string;
    done: string;
    undo: string;
    conflict: string;
  };
}> = {
  en: {
    title: 'Your booking',
    statuses: {
      confirmed: 'Confirmed',
      completed: 'Completed',
      cancelled: 'Cancelled',
      no_show: 'Missed',
    },
    with: (barber) => `with ${barber}`,
    service: 'Service',
    barber: 'With',
    price: 'Price',
    number: 'Booking',
    where: 'Where',
    yourTime: (time, zone) => `${time} where you are (${zone})`,
    until: (moment) => `You can move or cancel it until ${moment}.`,
    tooLate: (moment) =>
      `It could be moved or cancelled until ${moment}. If you cannot come, please call the shop.`,
    begun: 'It has begun, and can no longer be moved or cancelled.',
    ended: {
      completed: 'You were here. Thank you for coming.',
      cancelled: 'This booking is cancelled. Its time is free for somebody else.',
      no_show: 'The shop noted that you did not come.',
    },
    bookAgain: 'Book again',
    gone: {
      title: 'There is no booking here',
      text: 'The link may be incomplete, or the booking was removed. Open it once more from the mail that confirmed it.',
      book: 'Book a new time',
    },
    changed: 'This booking has just been changed. This is how it stands now.',
    move: {
      open: 'Move',
      title: 'Move your booking',
      with: 'With whom',
      anybody: 'Anybody',
      from: 'Now',
      to: 'New',
      pick: 'Choose a new time above. Until you confirm it, your booking stays as it is.',
      confirm: 'Move the booking',
      keep: 'Keep it as it is',
      done: (moment) => `Moved to ${moment}`,
      taken: 'Somebody was quicker with that time. Your booking stays as it is: choose another one.',
      conflict:
        'The booking was changed meanwhile. Above is how it stands now; confirm once more if you still want to move it.',
    },
    cancel: {
      open: 'Cancel booking',
      title: 'Cancel this booking?',
      question: (service, moment, barber) => `${service} with ${barber}, ${moment}`,
      frees: 'Its time is free for somebody else at once, so that it cannot be taken back.',
      notice: (duration) => `The shop takes cancellations up to ${duration} before the start.`,
      confirm: 'Cancel the booking',
      keep: 'Keep it',
      done: 'The booking is cancelled.',
    },
    notes: {
      title: 'Notes for the shop',
      none: 'Nothing noted.',
      hint: 'What the barber should know. The shop reads it before you come.',
      label: 'Notes',
      add: 'Add notes',
      change: 'Change notes',
      save: 'Save notes',
      discard: 'Discard',
      done: 'Notes saved.',
      undo: 'Undo',
      conflict: 'The booking was changed meanwhile. Your notes are still here: save once more to keep them.',
    },
  },
  es: {
    title: 'Tu reserva',
    statuses: {
      confirmed: 'Confirmada',
      completed: 'Realizada',
      cancelled: 'Cancelada',
      no_show: 'No asististe',
    },
    with: (barber) => `con ${barber}`,
    service: 'Servicio',
    barber: 'Con',
    price: 'Precio',
    number: 'Reserva',
    where: 'Dónde',
    yourTime: (time, zone) => `${time} donde tú estás (${zone})`,
    until: (moment) => `Hasta el ${moment} puedes cambiarla o cancelarla.`,
    tooLate: (moment) =>
      `Hasta el ${moment} se podía cambiar o cancelar. Si no puedes venir, por favor llama al local.`,
    begun: 'Ya ha comenzado: no se puede cambiar ni cancelar.',
    ended: {
      completed: 'Estuviste aquí. Gracias por venir.',
      cancelled: 'Esta reserva está cancelada. Su hora queda libre para otra persona.',
      no_show: 'El local anotó que no viniste.',
    },
    bookAgain: 'Reservar de nuevo',
    gone: {
      title: 'Aquí no hay ninguna reserva',
      text: 'Puede que el enlace esté incompleto o que la reserva se haya eliminado. Ábrelo otra vez desde el correo que la confirmó.',
      book: 'Reservar otra hora',
    },
    changed: 'Esta reserva acaba de cambiar. Así queda ahora.',
    move: {
      open: 'Cambiar hora',
      title: 'Cambia tu reserva',
      with: 'Con quién',
      anybody: 'Cualquiera',
      from: 'Ahora',
      to: 'Nueva',
      pick: 'Elige arriba una hora nueva. Hasta que la confirmes, tu reserva se queda como está.',
      confirm: 'Cambiar la reserva',
      keep: 'Dejarla como está',
      done: (moment) => `Nueva hora: ${moment}`,
      taken: 'Otra persona fue más rápida con esa hora. Tu reserva se queda como está: elige otra.',
      conflict:
        'La reserva cambió mientras tanto. Arriba ves cómo está ahora; confirma otra vez si aún quieres cambiarla.',
    },
    cancel: {
      open: 'Cancelar reserva',
      title: '¿Cancelar esta reserva?',
      question: (service, moment, barber) => `${service} con ${barber}, ${moment}`,
      frees: 'Su hora queda libre enseguida para otra persona, así que no se puede deshacer.',
      notice: (duration) => `El local acepta cancelaciones hasta ${duration} antes del comienzo.`,
      confirm: 'Cancelar la reserva',
      keep: 'Conservarla',
      done: 'La reserva está cancelada.',
    },
    notes: {
      title: 'Notas para el local',
      none: 'No hay notas.',
      hint: 'Lo que tu barbero debe saber. El local lo lee antes de que llegues.',
      label: 'Notas',
      add: 'Añadir notas',
      change: 'Cambiar notas',
      save: 'Guardar notas',
      discard: 'Descartar',
      done: 'Notas guardadas.',
      undo: 'Deshacer',
      conflict: 'La reserva cambió mientras tanto. Tus notas siguen aquí: guarda otra vez para conservarlas.',
    },
  },
};
