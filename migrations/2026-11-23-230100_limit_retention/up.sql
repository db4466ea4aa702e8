CREATE TABLE retention_settings (
    is_only boolean PRIMARY KEY DEFAULT true CONSTRAINT retention_settings_one CHECK (is_only),
    months jsonb NOT NULL DEFAULT '{}' CONSTRAINT retention_settings_months_by_kind CHECK (jsonb_typeof(months) = 'object'),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER retention_settings_touch BEFORE UPDATE ON retention_settings FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE retention_settings IS 'How many months what is kept; what is not in it is kept without end.';
INSERT INTO retention_settings DEFAULT VALUES;

CREATE TABLE retention_nights (
    day date PRIMARY KEY,
    removed jsonb NOT NULL DEFAULT '{}',
    ended_at timestamptz
);
COMMENT ON TABLE retention_nights IS 'Nights on which things whose time was over were removed: how many of each, and when it was done.';

-- Bytes whose time is over go; that there were some, how many and with which SHA-256 stays.
ALTER TABLE document_contents DROP CONSTRAINT document_contents_state_known;
ALTER TABLE document_contents ADD CONSTRAINT document_contents_state_known
    CHECK (state IN ('receiving', 'kept', 'dropped', 'expiring', 'expired'));
ALTER TABLE document_contents DROP CONSTRAINT document_contents_kept_whole;
ALTER TABLE document_contents ADD CONSTRAINT document_contents_kept_whole
    CHECK ((state IN ('kept', 'expiring', 'expired')) = (sha256 IS NOT NULL));
DROP INDEX document_contents_receiving_idx;
CREATE INDEX document_contents_receiving_idx ON document_contents (seen_at) WHERE state IN ('receiving', 'dropped');
CREATE INDEX document_contents_expiring_idx ON document_contents (id) WHERE state = 'expiring';
DROP TRIGGER document_contents_are_kept ON document_contents;
CREATE TRIGGER document_contents_are_kept BEFORE UPDATE ON document_contents FOR EACH ROW
    WHEN (OLD.state IN ('kept', 'expiring', 'expired') AND NOT (
        (OLD.state, NEW.state) IN (('kept', 'expiring'), ('expiring', 'expired'))
        AND to_jsonb(OLD) - 'state' = to_jsonb(NEW) - 'state'))
    EXECUTE FUNCTION keep_documents();
