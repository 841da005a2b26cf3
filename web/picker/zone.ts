const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** In which zone to show times around an instant: the visitor's, where clocks show something else there than at the shop. */
export function shownZone(shopZone: string, instant: string | number): string {
  const show = (timeZone: string) =>
    new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
      new Date(instant),
    );
  return show(OWN_ZONE) === show(shopZone) ? shopZone : OWN_ZONE;
}
