-- What an instance's check a minute adds to the trends: sums, by name, so that checks can be added up over instances,
-- restarts and hours. `metrics` is what was found at that moment.
alter table cache_check add column counts jsonb not null default '{}';

-- Checks of more than two days ago, added up by the hour, for thirty days.
create table cache_hour (
  at timestamptz primary key check (at = date_trunc('hour', at, 'UTC')),
  checks integer not null,
  instances text[] not null,
  counts jsonb not null
);

-- Adds up two objects of numbers, name by name.
create function sum_of_counts(a jsonb, b jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_object_agg(name, total), '{}')
  from (
    select name, sum(value::float8) as total
    from (select * from jsonb_each_text(a) union all select * from jsonb_each_text(b)) as parts (name, value)
    group by name
  ) as sums
$$;
