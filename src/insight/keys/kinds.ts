import type { KindName } from '../../availability/loading/watcher.ts';

/** A kind of key that is ours. */
export interface KeyKind {
  readonly kind: 'day' | 'schedule' | 'rules' | 'claim' | 'limit' | 'heartbeat' | 'probe';
  /** As a person reads it: what varies is in angle brackets. */
  readonly pattern: string;
  readonly purpose: string;
  /** Whose configured lifetime it has, or how many seconds it stays. */
  readonly lifetime: KindName | number;
  readonly invalidatedBy: string;
}

export const KEY_KINDS: readonly KeyKind[] = [
  {
    kind: 'day',
    pattern: 'fc:{shop:<shop>}:day:<barber>:<date>',
    purpose: 'A barber’s day: working time, time off, occupied time',
    lifetime: 'days',
    invalidatedBy:
      'Bookings and holds of that day; the barber’s hours, overrides and time off; the shop’s rules',
  },
  {
    kind: 'schedule',
    pattern: 'fc:{shop:<shop>}:schedule:<barber>',
    purpose: 'A barber’s hours, overrides and time off',
    lifetime: 'schedules',
    invalidatedBy: 'The barber’s hours, overrides and time off',
  },
  {
    kind: 'rules',
    pattern: 'fc:{shop:<shop>}:rules',
    purpose: 'A shop’s settings, opening hours, closures, services and barbers',
    lifetime: 'rules',
    invalidatedBy: 'The shop’s settings, opening hours, closures, services and barbers',
  },
  {
    kind: 'claim',
    pattern: 'fc:{shop:<shop>}:…:claim',
    purpose: 'Says which server loads a value just now, so that the others wait for it',
    lifetime: 2,
    invalidatedBy: 'The end of the load',
  },
  {
    kind: 'limit',
    pattern: 'fc:{limit:<hash>}',
    purpose: 'Counts a visitor’s requests, for the limits of all servers together',
    lifetime: 60,
    invalidatedBy: 'The end of the minute',
  },
  {
    kind: 'heartbeat',
    pattern: 'fc:{heartbeat}',
    purpose: 'Written twice a second, to know that Redis can be written to',
    lifetime: 60,
    invalidatedBy: 'Nothing',
  },
  {
    kind: 'probe',
    pattern: 'fc:{probe:<server>}',
    purpose: 'Written, read and deleted by a health check',
    lifetime: 60,
    invalidatedBy: 'The end of the check',
  },
];

const OF_SHOP = /^fc:\{shop:\d+\}:(day|schedule|rules)(?::[^:]+)*?(:claim)?$/;
const OTHER = /^fc:\{(limit|heartbeat|probe)(?::[^}]*)?\}$/;

/** Of which kind a key is; undefined for what is not ours. */
export function kindOfKey(key: string): KeyKind['kind'] | undefined {
  const [, ofShop, claim] = OF_SHOP.exec(key) ?? [];
  if (claim !== undefined) return 'claim';
  const kind = ofShop ?? OTHER.exec(key)?.[1];
  return KEY_KINDS.find((one) => one.kind === kind)?.kind;
}
