/**
 * The component says that it is a table, whose rows hold all cells of a day and none of what is in them. What it is
 * good for is a group of buttons, the bookings; the list view is the table. It draws parts anew, so this keeps on.
 */
export function correctRoles(root: HTMLElement, label: string): () => void {
  const correct = () => {
    const calendar = root.querySelector('.ec');
    calendar?.setAttribute('role', 'group');
    calendar?.setAttribute('aria-label', label);
    for (const part of root.querySelectorAll(
      '[role=row], [role=rowgroup], [role=cell], [role=columnheader]',
    )) {
      part.removeAttribute('role');
      part.removeAttribute('aria-colindex');
      part.removeAttribute('aria-colspan');
    }
    for (const aside of root.querySelectorAll('aside:not([role])'))
      aside.setAttribute('role', 'presentation');
    // An article cannot be a button; there is one in it.
    for (const article of root.querySelectorAll('article[role=button]')) {
      article.setAttribute('role', 'presentation');
      article.removeAttribute('tabindex');
    }
    // A name that repeats the text of what nobody can act on.
    for (const named of root.querySelectorAll('.ec-header span[aria-label]'))
      named.removeAttribute('aria-label');
    // It scrolls, so that it must be reached by keyboard even where nothing in it can.
    const main = root.querySelector('.ec-main');
    if (main?.getAttribute('tabindex') !== '0') main?.setAttribute('tabindex', '0');
  };
  correct();
  const observer = new MutationObserver(correct);
  observer.observe(root, { childList: true, subtree: true });
  return () => observer.disconnect();
}
