-- What the operator sees: a check a minute and instance, and warm-ups with their progress.

create table cache_check (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  instance text not null,
  status text not null check (status in ('healthy', 'warning', 'critical', 'unknown')),
  response_time_ms double precision,
  metrics jsonb not null
);
create index cache_check_at_idx on cache_check (at);

create table warm_up (
  id integer generated always as identity primary key,
  shop_id integer not null references shop on delete cascade,
  start_date date not null,
  end_date date not null check (end_date >= start_date),
  barber_ids integer[],
  status text not null default 'running' check (status in ('running', 'done', 'failed')),
  stats jsonb not null default '{}',
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
