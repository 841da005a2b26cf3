-- Lifetimes that an owner has set for all instances; null, or no row, is what each instance's environment says.
create table cache_setting (
  name text primary key check (name in ('available_slots_ttl', 'barber_availability_ttl', 'business_hours_ttl')),
  seconds integer check (seconds between 1 and 86400),
  updated_at timestamptz not null default now()
);

-- Every instance hears of it as it hears of everything: by the version of shop 0, which is nobody's.
create function tell_of_cache_setting() returns trigger
language plpgsql security definer set search_path from current as $$
begin
  perform bump_availability(array[row(0, 0, '-infinity')::availability_key]);
  return null;
end $$;

create trigger cache_setting_changed after insert or update or delete or truncate on cache_setting
  for each statement execute function tell_of_cache_setting();

-- What a cache held although Postgres said otherwise of the very same versions.
create table cache_drift (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  instance text not null,
  tier text not null check (tier in ('process', 'redis')),
  key text not null,
  cached jsonb not null,
  actual jsonb
);
create index cache_drift_at_idx on cache_drift (at);
