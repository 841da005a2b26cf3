-- What readers asked for, by the hour: from it is predicted what they will ask for.

create table demand (
  shop_id integer not null references shop on delete cascade,
  -- The hour in which they asked.
  hour timestamptz not null,
  -- The barber, or 0 where several were asked for at once.
  barber_id integer not null,
  -- From the shop's date at that time to the first day asked for.
  days_ahead smallint not null,
  -- Days in a row, from there.
  days smallint not null,
  reads bigint not null,
  primary key (shop_id, hour, barber_id, days_ahead, days)
);
create index demand_hour_idx on demand (hour);
