-- Every change that can alter availability counts up a version in its own transaction.
--   (shop, 0, -infinity)       rules of the shop: settings, zone, hours, closures, services, who works there
--   (shop, barber, -infinity)  rules of a barber: weekly hours, overrides, time off
--   (shop, barber, day)        bookings and holds that touch that day at the shop
-- The row lock makes versions follow commit order; `changed_by` lets a poll find all that it has not seen yet.
create table availability_version (
  shop_id integer not null,
  barber_id integer not null default 0,
  day date not null default '-infinity',
  version bigint not null default 1,
  changed_by xid8 not null default pg_current_xact_id(),
  changed_at timestamptz not null default clock_timestamp(),
  primary key (shop_id, barber_id, day),
  check (barber_id <> 0 or day = '-infinity')
) with (fillfactor = 80);
create index availability_version_changed_by_idx on availability_version (changed_by);
create index availability_version_changed_at_idx on availability_version (changed_at);

-- A version that went back would let stale values pass.
create function versions_never_go_back() returns trigger language plpgsql as $$
begin
  raise exception 'availability_version is never emptied: a version that went back would let stale values pass';
end $$;

create trigger availability_version_kept before delete or truncate on availability_version
  for each statement execute function versions_never_go_back();

create type availability_key as (shop_id integer, barber_id integer, day date);

-- Rows are bumped in sorted order, so that two changes do not meet crosswise. The notification carries the
-- versions, up to 100 of them (payloads end at 8,000 bytes); beyond that it only asks for a poll.
-- JSON writes dates as ISO whatever the session's DateStyle is.
-- `alter database … set freshchair.notify = off`, by a superuser, silences it where a pooler cannot carry it.
create function bump_availability(keys availability_key[]) returns void
language plpgsql security definer set search_path from current as $$
declare
  bumped jsonb;
begin
  with changed as (
    insert into availability_version as known (shop_id, barber_id, day)
    select distinct k.shop_id, k.barber_id, k.day from unnest(keys) as k
    order by 1, 2, 3
    on conflict (shop_id, barber_id, day) do update
      set version = known.version + 1, changed_by = pg_current_xact_id(), changed_at = clock_timestamp()
    returning shop_id, barber_id, day, version
  )
  select jsonb_agg(jsonb_build_array(shop_id, barber_id, day, version)) into bumped from changed;
  if bumped is not null and current_setting('freshchair.notify', true) is distinct from 'off' then
    perform pg_notify('freshchair_availability',
      case when jsonb_array_length(bumped) <= 100 then bumped::text else 'poll' end);
  end if;
end $$;

-- The rules of a shop changed. Its row is locked, so that no booking is decided on rules that are changing; not
-- FOR UPDATE, which would wait for the foreign key checks of other changes, and they for this one.
create function shop_rules_changed() returns trigger
language plpgsql security definer set search_path from current as $$
declare
  shops integer[];
begin
  if tg_op = 'INSERT' then
    shops := array(select shop_id from new_rows);
  elsif tg_op = 'DELETE' then
    shops := array(select shop_id from old_rows);
  else
    shops := array(select shop_id from old_rows union select shop_id from new_rows);
  end if;
  perform 1 from shop where id = any (shops) order by id for no key update;
  perform bump_availability(array(select row(s, 0, '-infinity')::availability_key from unnest(shops) as s));
  return null;
end $$;

create function shop_changed() returns trigger
language plpgsql security definer set search_path from current as $$
begin
  if tg_op = 'DELETE' then
    perform bump_availability(array(select row(id, 0, '-infinity')::availability_key from old_rows));
  else
    perform bump_availability(array(select row(id, 0, '-infinity')::availability_key from new_rows));
  end if;
  return null;
end $$;

create function barber_rules_changed() returns trigger
language plpgsql security definer set search_path from current as $$
declare
  keys availability_key[];
begin
  if tg_op = 'INSERT' then
    keys := array(select distinct row(shop_id, barber_id, '-infinity')::availability_key from new_rows);
  elsif tg_op = 'DELETE' then
    keys := array(select distinct row(shop_id, barber_id, '-infinity')::availability_key from old_rows);
  else
    keys := array(
      select row(shop_id, barber_id, '-infinity')::availability_key from old_rows
      union select row(shop_id, barber_id, '-infinity')::availability_key from new_rows);
  end if;
  perform 1 from barber where id in (select k.barber_id from unnest(keys) as k) order by id for no key update;
  perform bump_availability(keys);
  return null;
end $$;

-- The days at the shop that a booking touches, an hour wider on both sides: Postgres and Node have time zone
-- tables of their own, and may differ by a recent decree.
create function days_touched(shop integer, occupied tstzrange) returns setof date
language sql stable as $$
  select generate_series(
    (lower(occupied) - interval '1 hour') at time zone shop.timezone,
    date_trunc('day', (upper(occupied) + interval '1 hour') at time zone shop.timezone) + interval '1 day' - interval '1 microsecond',
    interval '1 day')::date
  from shop where shop.id = days_touched.shop
$$;

-- Only what availability depends on counts: a note added to a booking bumps nothing. The shop is locked, so that
-- the days are not those of a zone that is just changing.
create function booking_changed() returns trigger
language plpgsql security definer set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    perform 1 from shop where id in (select shop_id from new_rows) order by id for share;
    perform bump_availability(array(
      select distinct row(shop_id, barber_id, d)::availability_key
      from new_rows, days_touched(shop_id, occupied) as d
      where status in ('held', 'confirmed', 'completed')));
  elsif tg_op = 'DELETE' then
    perform 1 from shop where id in (select shop_id from old_rows) order by id for share;
    perform bump_availability(array(
      select distinct row(shop_id, barber_id, d)::availability_key
      from old_rows, days_touched(shop_id, occupied) as d
      where status in ('held', 'confirmed', 'completed')));
  else
    perform 1 from shop where id in (select shop_id from old_rows union select shop_id from new_rows)
      order by id for share;
    perform bump_availability(array(
      with before as (
        select id, shop_id, barber_id, occupied, lapses_at, hold_token_hash from old_rows
        where status in ('held', 'confirmed', 'completed')
      ), after as (
        select id, shop_id, barber_id, occupied, lapses_at, hold_token_hash from new_rows
        where status in ('held', 'confirmed', 'completed')
      ), differing as (
        (select * from before except select * from after) union all (select * from after except select * from before)
      )
      select distinct row(shop_id, barber_id, d)::availability_key
      from differing, days_touched(shop_id, occupied) as d));
  end if;
  return null;
end $$;

create function everything_changed() returns trigger
language plpgsql security definer set search_path from current as $$
begin
  perform bump_availability(array(
    select row(shop_id, 0, '-infinity')::availability_key from availability_version where barber_id = 0));
  return null;
end $$;

-- Transition tables allow one event a trigger, hence three triggers a table; and one for TRUNCATE.
do $$
declare
  watched record;
begin
  for watched in values
    ('shop', 'shop_changed'),
    ('opening_hours', 'shop_rules_changed'),
    ('closure', 'shop_rules_changed'),
    ('service', 'shop_rules_changed'),
    ('barber', 'shop_rules_changed'),
    ('barber_service', 'shop_rules_changed'),
    ('weekly_hours', 'barber_rules_changed'),
    ('date_override', 'barber_rules_changed'),
    ('time_off', 'barber_rules_changed'),
    ('booking', 'booking_changed')
  loop
    execute format('create trigger %1$s_inserted after insert on %1$I referencing new table as new_rows
      for each statement execute function %2$I()', watched.column1, watched.column2);
    execute format('create trigger %1$s_updated after update on %1$I
      referencing old table as old_rows new table as new_rows
      for each statement execute function %2$I()', watched.column1, watched.column2);
    execute format('create trigger %1$s_deleted after delete on %1$I referencing old table as old_rows
      for each statement execute function %2$I()', watched.column1, watched.column2);
    execute format('create trigger %1$s_truncated after truncate on %1$I
      for each statement execute function everything_changed()', watched.column1);
  end loop;
end $$;
