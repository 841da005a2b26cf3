import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';

/** The tables as Kysely sees them; the truth is in `migrations/`. */
export interface Database {
  shop: ShopTable;
  opening_hours: OpeningHoursTable;
  closure: ClosureTable;
  barber: BarberTable;
  service: ServiceTable;
  barber_service: BarberServiceTable;
  weekly_hours: WeeklyHoursTable;
  date_override: DateOverrideTable;
  time_off: TimeOffTable;
  shop_role: ShopRoleTable;
  booking: BookingTable;
  booking_history: BookingHistoryTable;
  idempotency_key: IdempotencyKeyTable;
  mail_outbox: MailOutboxTable;
  availability_version: AvailabilityVersionTable;
  demand: DemandTable;
  cache_check: CacheCheckTable;
  cache_hour: CacheHourTable;
  cache_setting: CacheSettingTable;
  cache_drift: CacheDriftTable;
  warm_up: WarmUpTable;
  user: UserTable;
}

export type BookingStatus = 'held' | 'confirmed' | 'completed' | 'cancelled' | 'no_show';
export type AssignmentPolicy = 'fewest_minutes' | 'round_robin' | 'usual_barber';

/** Set by Postgres on insert, never changed. */
type CreatedAt = ColumnType<Date, never, never>;

export interface ShopTable {
  id: GeneratedAlways<number>;
  slug: string;
  name: string;
  timezone: string;
  currency: Generated<string>;
  slot_minutes: Generated<number>;
  notice_minutes: Generated<number>;
  horizon_days: Generated<number>;
  same_day_cutoff: string | null;
  cancellation_notice_minutes: Generated<number>;
  hold_minutes: Generated<number>;
  assignment_policy: Generated<AssignmentPolicy>;
  created_at: CreatedAt;
}

export interface OpeningHoursTable {
  id: GeneratedAlways<number>;
  shop_id: number;
  weekday: number;
  opens: string;
  closes: string;
  span: GeneratedAlways<string>;
}

export interface ClosureTable {
  id: GeneratedAlways<number>;
  shop_id: number;
  during: string;
  reason: string | null;
}

export interface BarberTable {
  id: GeneratedAlways<number>;
  shop_id: number;
  user_id: number | null;
  name: string;
  active: Generated<boolean>;
  created_at: CreatedAt;
}

export interface ServiceTable {
  id: GeneratedAlways<number>;
  shop_id: number;
  name: string;
  duration_minutes: number;
  buffer_before_minutes: Generated<number>;
  buffer_after_minutes: Generated<number>;
  price_amount: number;
  active: Generated<boolean>;
  created_at: CreatedAt;
}

export interface BarberServiceTable {
  shop_id: number;
  barber_id: number;
  service_id: number;
  duration_minutes: number | null;
  price_amount: number | null;
}

export interface WeeklyHoursTable {
  id: GeneratedAlways<number>;
  shop_id: number;
  barber_id: number;
  weekday: number;
  opens: string;
  closes: string;
  span: GeneratedAlways<string>;
}

export interface DateOverrideTable {
  id: GeneratedAlways<number>;
  shop_id: number;
  barber_id: number;
  date: string;
  opens: string | null;
  closes: string | null;
  span: GeneratedAlways<string>;
}

export interface TimeOffTable {
  id: GeneratedAlways<number>;
  shop_id: number;
  barber_id: number;
  during: string;
  reason: string | null;
}

export interface ShopRoleTable {
  id: GeneratedAlways<number>;
  shop_id: number | null;
  user_id: number;
  role: 'barber' | 'admin';
}

export interface BookingTable {
  id: GeneratedAlways<number>;
  shop_id: number;
  barber_id: number;
  service_id: number;
  service_name: string;
  status: BookingStatus;
  starts_at: Date;
  ends_at: Date;
  occupied: string;
  lapses_at: Date | null;
  price_amount: number;
  currency: string;
  user_id: number | null;
  guest_name: string | null;
  guest_email: string | null;
  guest_phone: string | null;
  manage_token_hash: Buffer | null;
  hold_token_hash: Buffer | null;
  held_by: string | null;
  notes: string | null;
  version: Generated<number>;
  created_at: CreatedAt;
  updated_at: Generated<Date>;
}

export interface BookingHistoryTable {
  id: GeneratedAlways<number>;
  booking_id: number;
  at: CreatedAt;
  actor_id: number | null;
  actor_role: string;
  changes: JSONColumnType<Record<string, [before: unknown, after: unknown]>>;
}

export interface IdempotencyKeyTable {
  scope: string;
  route: string;
  key: string;
  request_hash: Buffer;
  status: number | null;
  response: JSONColumnType<Record<string, unknown>> | null;
  created_at: CreatedAt;
}

export interface MailOutboxTable {
  id: GeneratedAlways<number>;
  shop_id: number | null;
  template: string;
  recipient: string | null;
  data: JSONColumnType<Record<string, unknown>> | null;
  send_after: Generated<Date>;
  attempts: Generated<number>;
  claimed_at: Date | null;
  claimed_by: string | null;
  sent_at: Date | null;
  failed_at: Date | null;
  last_error: string | null;
  created_at: CreatedAt;
}

export interface AvailabilityVersionTable {
  shop_id: number;
  barber_id: number;
  day: string;
  version: number;
  changed_by: string;
  changed_at: Date;
}

export interface DemandTable {
  shop_id: number;
  hour: Date;
  barber_id: number;
  days_ahead: number;
  days: number;
  reads: string;
}

export interface CacheCheckTable {
  id: GeneratedAlways<number>;
  at: Generated<Date>;
  instance: string;
  status: string;
  response_time_ms: number | null;
  metrics: JSONColumnType<Record<string, { value: number | null; status: string }>>;
  counts: JSONColumnType<Record<string, number>>;
}

export interface CacheHourTable {
  at: Date;
  checks: number;
  instances: string[];
  counts: JSONColumnType<Record<string, number>>;
}

export interface CacheSettingTable {
  name: string;
  seconds: number | null;
  updated_at: Generated<Date>;
}

export interface CacheDriftTable {
  id: GeneratedAlways<number>;
  at: Generated<Date>;
  instance: string;
  tier: 'process' | 'redis';
  key: string;
  cached: ColumnType<unknown, string, never>;
  actual: ColumnType<unknown, string | null, never>;
}

export interface WarmUpTable {
  id: GeneratedAlways<number>;
  shop_id: number;
  start_date: string;
  end_date: string;
  barber_ids: number[] | null;
  status: Generated<'running' | 'done' | 'failed'>;
  stats: JSONColumnType<Record<string, number>>;
  created_at: CreatedAt;
  finished_at: Date | null;
  heartbeat_at: Generated<Date>;
  failure: string | null;
}

export interface UserTable {
  id: Generated<number>;
  name: string;
  email: string;
  emailVerified: boolean;
  role: string | null;
  createdAt: CreatedAt;
}
