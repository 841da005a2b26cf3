/** A barber's pole. */
export function Mark() {
  return <span class="mark" aria-hidden="true" />;
}
