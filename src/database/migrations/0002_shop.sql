-- A shop, who works there, what they offer and when.
-- Weekdays are ISO (1 = Monday). Times are the shop's wall clock; `closes` at or before `opens` is on the
-- following day, '24:00' is the end of the day.

create extension if not exists btree_gist;

-- The names of the time zone database, spelt as there: Postgres itself also takes 'est', 'UTC+3' and 'FOO5'.
create function is_timezone(zone text) returns boolean language sql stable as $$
  select exists (select from pg_timezone_names where name = zone and name ~ '^[A-Z]' and name <> 'Factory')
$$;

-- Wall minutes of a period: 22:00 to 02:00 is [1320, 1560); without times, the whole day and more.
create function wall_minutes(opens time, closes time) returns int4range language sql immutable as $$
  select case when opens is null then int4range(null, null)
    else int4range(
      (extract(epoch from opens) / 60)::int,
      (extract(epoch from closes) / 60)::int + case when closes <= opens then 1440 else 0 end)
  end
$$;

create table shop (
  id integer generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 63),
  name text not null check (length(btrim(name)) between 1 and 200),
  timezone text not null check (is_timezone(timezone)),
  currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  slot_minutes integer not null default 30 check (slot_minutes between 5 and 480),
  notice_minutes integer not null default 0 check (notice_minutes between 0 and 43200),
  horizon_days integer not null default 90 check (horizon_days between 1 and 730),
  same_day_cutoff time,
  cancellation_notice_minutes integer not null default 0 check (cancellation_notice_minutes between 0 and 43200),
  hold_minutes integer not null default 5 check (hold_minutes between 1 and 60),
  assignment_policy text not null default 'fewest_minutes'
    check (assignment_policy in ('fewest_minutes', 'round_robin', 'usual_barber')),
  created_at timestamptz not null default now()
);

create table opening_hours (
  id integer generated always as identity primary key,
  shop_id integer not null references shop on delete cascade,
  weekday integer not null check (weekday between 1 and 7),
  opens time not null check (opens < '24:00'),
  closes time not null check (closes <> opens),
  span int4range not null generated always as (wall_minutes(opens, closes)) stored,
  exclude using gist (shop_id with =, weekday with =, span with &&)
);

-- A closure or time off is a range of local date-times: it stays on its dates when the shop changes zone.
create table closure (
  id integer generated always as identity primary key,
  shop_id integer not null references shop on delete cascade,
  during tsrange not null
    check (not isempty(during) and lower_inc(during) and not upper_inc(during)
      and isfinite(lower(during)) and isfinite(upper(during))),
  reason text check (length(reason) <= 200)
);
create index closure_shop_idx on closure using gist (shop_id, during);

create table barber (
  id integer generated always as identity primary key,
  shop_id integer not null references shop on delete cascade,
  user_id integer references "user" ("id") on delete set null,
  name text not null check (length(btrim(name)) between 1 and 200),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  unique (shop_id, id),
  unique (shop_id, user_id)
);

create table service (
  id integer generated always as identity primary key,
  shop_id integer not null references shop on delete cascade,
  name text not null check (length(btrim(name)) between 1 and 200),
  duration_minutes integer not null check (duration_minutes between 5 and 720),
  buffer_before_minutes integer not null default 0 check (buffer_before_minutes between 0 and 240),
  buffer_after_minutes integer not null default 0 check (buffer_after_minutes between 0 and 240),
  price_amount integer not null check (price_amount >= 0),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  unique (shop_id, id)
);
create unique index service_name_idx on service (shop_id, lower(name));

-- What a barber offers; null means the service's own duration or price.
create table barber_service (
  shop_id integer not null,
  barber_id integer not null,
  service_id integer not null,
  duration_minutes integer check (duration_minutes between 5 and 720),
  price_amount integer check (price_amount >= 0),
  primary key (barber_id, service_id),
  foreign key (shop_id, barber_id) references barber (shop_id, id) on delete cascade,
  foreign key (shop_id, service_id) references service (shop_id, id) on delete cascade
);
create index barber_service_service_idx on barber_service (service_id);

create table weekly_hours (
  id integer generated always as identity primary key,
  shop_id integer not null,
  barber_id integer not null,
  weekday integer not null check (weekday between 1 and 7),
  opens time not null check (opens < '24:00'),
  closes time not null check (closes <> opens),
  span int4range not null generated always as (wall_minutes(opens, closes)) stored,
  foreign key (shop_id, barber_id) references barber (shop_id, id) on delete cascade,
  exclude using gist (barber_id with =, weekday with =, span with &&)
);

-- Replaces the weekly hours of one date: one row a period, or a single row without times for a day off.
create table date_override (
  id integer generated always as identity primary key,
  shop_id integer not null,
  barber_id integer not null,
  date date not null check (isfinite(date)),
  opens time check (opens < '24:00'),
  closes time check (closes <> opens),
  span int4range not null generated always as (wall_minutes(opens, closes)) stored,
  check ((opens is null) = (closes is null)),
  foreign key (shop_id, barber_id) references barber (shop_id, id) on delete cascade,
  exclude using gist (barber_id with =, date with =, span with &&)
);

create table time_off (
  id integer generated always as identity primary key,
  shop_id integer not null,
  barber_id integer not null,
  during tsrange not null
    check (not isempty(during) and lower_inc(during) and not upper_inc(during)
      and isfinite(lower(during)) and isfinite(upper(during))),
  reason text check (length(reason) <= 200),
  foreign key (shop_id, barber_id) references barber (shop_id, id) on delete cascade
);
create index time_off_barber_idx on time_off using gist (barber_id, during);

-- Roles are held per shop; without a shop, for all of them.
create table shop_role (
  id integer generated always as identity primary key,
  shop_id integer references shop on delete cascade,
  user_id integer not null references "user" ("id") on delete cascade,
  role text not null check (role in ('barber', 'admin')),
  unique nulls not distinct (shop_id, user_id)
);
create index shop_role_user_idx on shop_role (user_id);

create table invitation (
  id integer generated always as identity primary key,
  shop_id integer not null,
  barber_id integer not null,
  email text not null check (email like '%_@_%' and length(email) <= 254),
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  created_at timestamptz not null default now(),
  foreign key (shop_id, barber_id) references barber (shop_id, id) on delete cascade
);
