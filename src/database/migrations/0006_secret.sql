-- What the server made up for itself once and must find again on every instance and after every start.
create table secret (
  name text primary key,
  value text not null check (length(value) >= 32),
  created_at timestamptz not null default now()
);
