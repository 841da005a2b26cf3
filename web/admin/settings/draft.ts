import type { AdminShop } from '../wire.ts';
import { minutesOfSpan, type Span, spanOf } from './minutes-field.tsx';

/** The settings as the form has them: texts, until they are sent. */
export interface SettingsDraft {
  readonly name: string;
  readonly timezone: string;
  readonly slot: string;
  readonly notice: Span;
  readonly horizon: string;
  readonly hasCutoff: boolean;
  readonly cutoff: string;
  readonly cancellation: Span;
  readonly hold: string;
  readonly policy: AdminShop['assignment_policy'];
}

/** A time to begin with, where there was none. */
const USUAL_CUTOFF = '17:00';

export function settingsDraft(shop: AdminShop): SettingsDraft {
  return {
    name: shop.name,
    timezone: shop.timezone,
    slot: String(shop.slot_duration_minutes),
    notice: spanOf(shop.notice_minutes),
    horizon: String(shop.horizon_days),
    hasCutoff: shop.same_day_cutoff !== null,
    cutoff: shop.same_day_cutoff ?? USUAL_CUTOFF,
    cancellation: spanOf(shop.cancellation_notice_minutes),
    hold: String(shop.hold_minutes),
    policy: shop.assignment_policy,
  };
}

/** What is sent; what is no number is undefined, and `faults` names it by its field in the request. */
export function settingsBody(draft: SettingsDraft) {
  const body = {
    name: draft.name,
    timezone: draft.timezone.trim(),
    slot_duration_minutes: wholeNumber(draft.slot),
    notice_minutes: minutesOfSpan(draft.notice),
    horizon_days: wholeNumber(draft.horizon),
    same_day_cutoff: draft.hasCutoff ? draft.cutoff : null,
    cancellation_notice_minutes: minutesOfSpan(draft.cancellation),
    hold_minutes: wholeNumber(draft.hold),
    assignment_policy: draft.policy,
  };
  const faults = Object.entries(body).flatMap(([name, value]) => (value === undefined ? [name] : []));
  return { body, faults };
}

export function wholeNumber(text: string): number | undefined {
  return /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}
