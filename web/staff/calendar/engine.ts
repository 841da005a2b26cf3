/** The calendar component and what it looks like here: 70 kB that come behind the page's frame. */
import '@event-calendar/core/index.css';
import './calendar.css';

export {
  createCalendar,
  destroyCalendar,
  Interaction,
  ResourceTimeGrid,
  TimeGrid,
} from '@event-calendar/core';
