-- Bytes that are gone do not come back: the rows that had them cannot be told from those that were given up.
DROP TRIGGER document_contents_are_kept ON document_contents;
ALTER TABLE document_contents DROP CONSTRAINT document_contents_kept_whole;
ALTER TABLE document_contents DROP CONSTRAINT document_contents_state_known;
UPDATE document_contents SET state = 'kept' WHERE state IN ('expiring', 'expired');
ALTER TABLE document_contents ADD CONSTRAINT document_contents_state_known CHECK (state IN ('receiving', 'kept', 'dropped'));
ALTER TABLE document_contents ADD CONSTRAINT document_contents_kept_whole CHECK ((state = 'kept') = (sha256 IS NOT NULL));
DROP INDEX document_contents_expiring_idx;
DROP INDEX document_contents_receiving_idx;
CREATE INDEX document_contents_receiving_idx ON document_contents (seen_at) WHERE state <> 'kept';
CREATE TRIGGER document_contents_are_kept BEFORE UPDATE ON document_contents FOR EACH ROW
    WHEN (OLD.state = 'kept') EXECUTE FUNCTION keep_documents();
DROP TABLE retention_nights;
DROP TABLE retention_settings;
