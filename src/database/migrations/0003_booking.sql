-- Bookings and holds in one table, because an exclusion constraint cannot span two.
-- `occupied` is the service time widened by the service's buffers, as they were when it was booked.

create table booking (
  id integer generated always as identity primary key,
  shop_id integer not null references shop on delete cascade,
  barber_id integer not null,
  service_id integer not null,
  service_name text not null,
  status text not null check (status in ('held', 'confirmed', 'completed', 'cancelled', 'no_show')),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at and ends_at <= starts_at + interval '12 hours'),
  occupied tstzrange not null
    check (lower_inc(occupied) and not upper_inc(occupied)
      and occupied @> tstzrange(starts_at, ends_at)
      and lower(occupied) >= starts_at - interval '4 hours'
      and upper(occupied) <= ends_at + interval '4 hours'),
  lapses_at timestamptz check ((status = 'held') = (lapses_at is not null)),
  price_amount integer not null check (price_amount >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  user_id integer references "user" ("id") on delete set null,
  guest_name text check (length(guest_name) between 1 and 200),
  guest_email text check (guest_email like '%_@_%' and length(guest_email) <= 254),
  guest_phone text check (length(guest_phone) <= 40),
  manage_token_hash bytea unique,
  hold_token_hash bytea unique check (hold_token_hash is null or status = 'held'),
  held_by text,
  notes text check (length(notes) <= 2000),
  version integer not null default 1 check (version > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (shop_id, barber_id) references barber (shop_id, id),
  foreign key (shop_id, service_id) references service (shop_id, id),
  constraint booking_never_overlaps exclude using gist (barber_id with =, occupied with &&)
    where (status in ('held', 'confirmed', 'completed'))
);
create index booking_user_idx on booking (user_id, id desc) where user_id is not null;
create index booking_barber_created_idx on booking (barber_id, created_at);
create index booking_shop_start_idx on booking (shop_id, starts_at);
create index booking_guest_idx on booking (shop_id, lower(guest_email)) where guest_email is not null;
create index booking_held_by_idx on booking (held_by) where status = 'held';

-- Who changed what, when. Written by a trigger, so that SQL typed by hand is in it too; the server names the
-- acting account in the setting `freshchair.actor`.
create table booking_history (
  id bigint generated always as identity primary key,
  booking_id integer not null references booking on delete cascade,
  at timestamptz not null default clock_timestamp(),
  actor_id integer references "user" ("id") on delete set null,
  actor_role text not null,
  changes jsonb not null
);
create index booking_history_booking_idx on booking_history (booking_id, id);

create function record_booking_history() returns trigger language plpgsql as $$
declare
  actor text[] := string_to_array(coalesce(nullif(current_setting('freshchair.actor', true), ''), 'database'), ':');
  before jsonb := '{}';
  after jsonb := jsonb_build_object(
    'status', new.status, 'barber_id', new.barber_id, 'service', new.service_name,
    'start', new.starts_at, 'end', new.ends_at, 'notes', new.notes);
begin
  if tg_op = 'UPDATE' then
    before := jsonb_build_object(
      'status', old.status, 'barber_id', old.barber_id, 'service', old.service_name,
      'start', old.starts_at, 'end', old.ends_at, 'notes', old.notes);
  end if;
  if new.status <> 'held' and before <> after then
    insert into booking_history (booking_id, actor_role, actor_id, changes)
    select new.id, actor[1], (select "id" from "user" where "id" = actor[2]::integer),
      jsonb_object_agg(key, jsonb_build_array(before -> key, value))
    from jsonb_each(after)
    where value is distinct from coalesce(before -> key, 'null');
  end if;
  return null;
end $$;

create trigger booking_history_trigger after insert or update on booking
  for each row execute function record_booking_history();

-- The first definite answer to a write, kept for 24 hours.
create table idempotency_key (
  scope text not null,
  route text not null,
  key text not null check (length(key) between 1 and 255),
  request_hash bytea not null,
  status integer,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (scope, route, key)
);
create index idempotency_key_created_idx on idempotency_key (created_at);

create table mail_outbox (
  id bigint generated always as identity primary key,
  shop_id integer references shop on delete cascade,
  template text not null,
  recipient text not null,
  data jsonb not null,
  send_after timestamptz not null default now(),
  attempts integer not null default 0,
  sent_at timestamptz,
  last_error text,
  created_at timestamptz not null default now()
);
create index mail_outbox_due_idx on mail_outbox (send_after) where sent_at is null;
