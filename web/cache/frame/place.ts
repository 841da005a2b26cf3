import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Whose cache is looked at. */
export interface Place {
  /** The slug, where the address named one. */
  readonly shop: string | undefined;
  /** IANA; all times of the page are the shop's. */
  readonly timezone: string;
  /** Whether the visitor administers all shops, as what concerns every server asks for. */
  readonly isOwner: boolean;
}

export const PlaceContext = createContext<Place>({ shop: undefined, timezone: 'UTC', isOwner: false });

export function usePlace(): Place {
  return useContext(PlaceContext);
}
