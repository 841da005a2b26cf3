const DAY = 86_400_000;

/** The date at a place, `YYYY-MM-DD`. */
export function todayIn(timeZone: string): string {
  // Swedes write dates as programs do.
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date());
}

export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}
