-- The HTML of a mail is made of its text when it is handed over.
ALTER TABLE outgoing_mails DROP COLUMN html;

-- Links that open an account are waited for: they go before notices.
DROP INDEX outgoing_mails_due_idx;
CREATE INDEX outgoing_mails_due_idx ON outgoing_mails ((unsubscribe_url IS NOT NULL), next_attempt_at, id) WHERE sent_at IS NULL;

CREATE INDEX events_untold_idx ON events (publish_at, id) WHERE told_at IS NULL AND kind = 'announcement';

CREATE FUNCTION wake_worker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('gestfg_worker', '');
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION wake_worker() IS 'At commit, tells the background workers that there is something to do.';
CREATE TRIGGER outgoing_mails_wake AFTER INSERT ON outgoing_mails FOR EACH STATEMENT EXECUTE FUNCTION wake_worker();
CREATE TRIGGER events_wake AFTER INSERT OR UPDATE OF publish_at ON events FOR EACH STATEMENT EXECUTE FUNCTION wake_worker();
