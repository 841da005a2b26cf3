import type { SettingName } from './answers.ts';

export interface LifetimeName {
  /** As it is given to `settings set`. */
  readonly word: string;
  readonly about: string;
}

export const LIFETIMES: Readonly<Record<SettingName, LifetimeName>> = {
  available_slots_ttl: { word: 'available-slots', about: 'days of barbers' },
  barber_availability_ttl: { word: 'barber-availability', about: 'hours, overrides and time off of barbers' },
  business_hours_ttl: { word: 'business-hours', about: 'settings, opening hours and services of shops' },
};

export const SETTING_NAMES = Object.keys(LIFETIMES) as SettingName[];
