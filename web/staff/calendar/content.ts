import type { Calendar } from '@event-calendar/core';
import type { Formats } from '../../words/formats.ts';
import type { StaffWords } from '../../words/staff.ts';
import type { StaffBooking, TimeOff } from '../wire.ts';
import type { Entry } from './entries.ts';

/** The inside of what is drawn on the grid: a button, whose text is also its name. */
export function contentOf(
  entry: Entry | undefined,
  { id, display, start }: Calendar.Event,
  { words, formats, timeZone }: { words: StaffWords; formats: Formats; timeZone: string },
): Calendar.Content {
  if (display === 'background') return { domNodes: [] };
  if (entry === undefined) {
    const time = `${String(start.getHours()).padStart(2, '0')}:${String(start.getMinutes()).padStart(2, '0')}`;
    return { domNodes: [part('span', 'staff-pointer', `+ ${formats.clock(time)}`)] };
  }
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'staff-button';
  button.dataset.entry = String(id);
  // The component acts on the key itself: what opens would get the rest of it, and close at once.
  button.addEventListener('keydown', (event) => event.stopPropagation());
  button.append(...(entry.kind === 'off' ? linesOfTimeOff(entry.off) : linesOf(entry.booking)));
  return { domNodes: [button] };

  function linesOfTimeOff(off: TimeOff): HTMLElement[] {
    const times = range(off, formats, timeZone);
    return [
      line(part('strong', '', words.timeOff)),
      line(part('span', 'staff-when', times)),
      ...(off.reason === null ? [] : [line(part('span', '', off.reason))]),
    ];
  }

  function linesOf(booking: StaffBooking): HTMLElement[] {
    const time = formats.time(booking.start, timeZone);
    const isMarked = booking.status !== 'confirmed';
    return [
      line(
        part('strong', '', booking.client?.name ?? words.walkIn),
        part('span', 'staff-when staff-wide', time),
      ),
      line(
        part('span', 'staff-when staff-narrow', time),
        part('span', '', booking.service),
        part('span', isMarked ? 'staff-mark' : 'unseen', words.status[booking.status]),
      ),
      ...(booking.notes ? [line(part('span', 'staff-notes', booking.notes))] : []),
      part('span', 'unseen', words.with(booking.barber_name)),
    ];
  }
}

function line(...parts: readonly HTMLElement[]): HTMLElement {
  const element = document.createElement('span');
  element.className = 'staff-line';
  element.append(...parts);
  return element;
}

export function range(
  { start, end }: { readonly start: string; readonly end: string },
  formats: Formats,
  timeZone: string,
): string {
  return `${formats.time(start, timeZone)} – ${formats.time(end, timeZone)}`;
}

/** Followed by a space: what a screen reader reads as one text must not run together. */
function part(tag: 'span' | 'strong', className: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = `${text} `;
  return element;
}
