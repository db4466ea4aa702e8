ALTER TABLE outgoing_mails DROP COLUMN unsubscribe_url;
ALTER TABLE outgoing_mails DROP COLUMN html;
