/** As Freshchair has them unless told otherwise, so that nobody keeps more or longer than another. */
export const LIFETIME_MS = 300_000;
export const MAX_VALUES = 50_000;
