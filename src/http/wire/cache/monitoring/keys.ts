import { type Static, Type } from 'typebox';
import type { KeySummary } from '../../../../insight/keys/summary.ts';
import { Instant, NumberOrNull } from '../figures.ts';

export const KeysAnswer = Type.Object(
  {
    timestamp: Instant,
    place: Type.Enum(['redis', 'process'], { description: 'Where the keys were counted' }),
    estimated: Type.Boolean({
      description: 'Only a part was counted or weighed, and the rest taken to be alike',
    }),
    total_keys: Type.Integer(),
    total_bytes: Type.Integer(),
    kinds: Type.Array(
      Type.Object({
        kind: Type.String(),
        pattern: Type.String(),
        purpose: Type.String(),
        lifetime_seconds: Type.Number(),
        keys: Type.Integer(),
        bytes: Type.Integer(),
        average_bytes: NumberOrNull,
        invalidated_by: Type.String(),
      }),
    ),
  },
  { description: 'Kinds of keys' },
);

export function wireKeys(timestamp: string, summary: KeySummary): Static<typeof KeysAnswer> {
  return {
    timestamp,
    place: summary.place,
    estimated: summary.estimated,
    total_keys: summary.totalKeys,
    total_bytes: summary.totalBytes,
    kinds: summary.kinds.map((kind) => ({
      kind: kind.kind,
      pattern: kind.pattern,
      purpose: kind.purpose,
      lifetime_seconds: kind.lifetimeSeconds,
      keys: kind.keys,
      bytes: kind.bytes,
      average_bytes: kind.averageBytes,
      invalidated_by: kind.invalidatedBy,
    })),
  };
}
