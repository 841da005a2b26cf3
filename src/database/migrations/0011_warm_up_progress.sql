-- Whoever does a warm-up says every second that it still does: one whose process died is told by its silence.

alter table warm_up
  add column heartbeat_at timestamptz not null default now(),
  add column failure text;
create index warm_up_created_at_idx on warm_up (created_at);
-- For the deletion of a shop, and its history.
create index warm_up_shop_id_idx on warm_up (shop_id, id);
