DROP TRIGGER events_wake ON events;
DROP TRIGGER outgoing_mails_wake ON outgoing_mails;
DROP FUNCTION wake_worker();
DROP INDEX events_untold_idx;
DROP INDEX outgoing_mails_due_idx;
CREATE INDEX outgoing_mails_due_idx ON outgoing_mails (next_attempt_at) WHERE sent_at IS NULL;
ALTER TABLE outgoing_mails ADD COLUMN html text;
COMMENT ON COLUMN outgoing_mails.html IS 'The same text for readers of HTML; null in mails written before there was one.';
