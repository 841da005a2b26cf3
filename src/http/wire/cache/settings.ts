import { type Static, Type } from 'typebox';
import {
  type LifetimeChange,
  type LifetimeSetting,
  type LifetimeSettings,
  SETTING_NAMES,
} from '../../../availability/cache/lifetime-settings.ts';
import type { Lifetimes } from '../../../availability/loading/watcher.ts';
import { ShopSlug } from '../common.ts';

const ABOUT = {
  days: 'A day of a barber',
  schedules: 'A barber’s hours, overrides and time off',
  rules: 'A shop’s settings, opening hours, closures and services',
};

const asked = (what: string) =>
  Type.Optional(
    Type.Union([Type.Integer({ minimum: 1, maximum: 86_400 }), Type.Null()], {
      description: `${what}: how long it may be kept, in seconds; null for what the environment says`,
    }),
  );

export const SettingsBody = Type.Object(
  {
    available_slots_ttl: asked(ABOUT.days),
    barber_availability_ttl: asked(ABOUT.schedules),
    business_hours_ttl: asked(ABOUT.rules),
    shop: Type.Optional(ShopSlug),
  },
  { additionalProperties: false, examples: [{ available_slots_ttl: 1200 }] },
);

const answered = (what: string) =>
  Type.Object(
    {
      value: Type.Integer({ description: 'Seconds' }),
      default: Type.Integer({ description: 'Seconds, from the environment of this instance' }),
      updated_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
        description: 'Null where it was never set',
      }),
    },
    { description: what },
  );

export const SettingsAnswer = Type.Object(
  {
    available_slots_ttl: answered(ABOUT.days),
    barber_availability_ttl: answered(ABOUT.schedules),
    business_hours_ttl: answered(ABOUT.rules),
  },
  { description: 'How long values may be kept' },
);

export function lifetimeChangeOf(body: Static<typeof SettingsBody>): LifetimeChange {
  return {
    ...(body.available_slots_ttl !== undefined && { days: body.available_slots_ttl }),
    ...(body.barber_availability_ttl !== undefined && { schedules: body.barber_availability_ttl }),
    ...(body.business_hours_ttl !== undefined && { rules: body.business_hours_ttl }),
  };
}

export function wireSettings(set: LifetimeSettings, defaults: Lifetimes): Static<typeof SettingsAnswer> {
  return {
    [SETTING_NAMES.days]: wireSetting(set.days, defaults.days),
    [SETTING_NAMES.schedules]: wireSetting(set.schedules, defaults.schedules),
    [SETTING_NAMES.rules]: wireSetting(set.rules, defaults.rules),
  };
}

function wireSetting({ seconds, updatedAt }: LifetimeSetting, byDefault: number) {
  return { value: seconds ?? byDefault, default: byDefault, updated_at: updatedAt?.toISOString() ?? null };
}
