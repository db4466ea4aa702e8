ALTER TABLE outgoing_mails ADD COLUMN html text;
ALTER TABLE outgoing_mails ADD COLUMN unsubscribe_url text;
COMMENT ON COLUMN outgoing_mails.html IS 'The same text for readers of HTML; null in mails written before there was one.';
COMMENT ON COLUMN outgoing_mails.unsubscribe_url IS 'Where one click ends mails of this kind (RFC 8058); null for those nobody can do without.';
