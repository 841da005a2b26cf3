-- The outbox at work. A row is claimed, and that is committed, before a mail server hears of it: whoever dies in
-- the middle leaves a claim, and such a mail is not sent again. When a mail has come to its end, what is personal
-- in it goes: recipient and data.
alter table mail_outbox
  alter column recipient drop not null,
  alter column data drop not null,
  add column claimed_at timestamptz,
  add column claimed_by uuid,
  add column failed_at timestamptz,
  add constraint mail_outbox_ends_once check (sent_at is null or failed_at is null),
  add constraint mail_outbox_claimed_by_somebody check (claimed_by is null or claimed_at is not null),
  add constraint mail_outbox_nothing_personal_kept check (
    (recipient is null) = (sent_at is not null or failed_at is not null) and (data is null) = (recipient is null));

drop index mail_outbox_due_idx;
create index mail_outbox_due_idx on mail_outbox (send_after, id)
  where claimed_at is null and sent_at is null and failed_at is null;
create index mail_outbox_claimed_idx on mail_outbox (claimed_at)
  where claimed_at is not null and sent_at is null and failed_at is null;
