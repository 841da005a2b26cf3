import { type ComponentChild, render } from 'preact';
import '../style/base.css';
import { restoreTheme } from './theme.ts';

/** Puts a page on the screen. */
export function mount(page: ComponentChild): void {
  const place = document.getElementById('page');
  if (place === null) throw new Error('The document has no place for the page');
  restoreTheme();
  // Browsers keep whole pages for their back button, with what somebody who has signed out saw.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  render(page, place);
}
