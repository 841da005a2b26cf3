import { Type } from 'typebox';
import { DateText, ShopSlug } from '../common.ts';

export const InvalidationBody = Type.Object(
  {
    start_date: DateText,
    end_date: Type.String({ ...DateText, description: 'At most 90 days, both included' }),
    shop: Type.Optional(ShopSlug),
  },
  { additionalProperties: false },
);
export const InvalidationAnswer = Type.Object({
  message: Type.String(),
  invalidated_keys: Type.Integer({
    minimum: 0,
    description:
      'Cached values that were there, in this process or in Redis; other processes drop theirs too',
  }),
});
