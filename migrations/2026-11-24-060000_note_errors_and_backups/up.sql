CREATE TABLE unexpected_errors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    happened_at timestamptz NOT NULL,
    request_id text NOT NULL,
    operation text NOT NULL,
    error text NOT NULL CONSTRAINT unexpected_errors_error_length CHECK (char_length(error) <= 500)
);
COMMENT ON TABLE unexpected_errors IS 'The latest requests that failed for a reason of ours; without anything that may be of a person, and never more than a few hundred.';
COMMENT ON COLUMN unexpected_errors.operation IS 'The method and the pattern of the path, without its numbers.';

CREATE TABLE backups (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ended_at timestamptz NOT NULL,
    row_count bigint NOT NULL,
    document_count bigint NOT NULL,
    document_bytes bigint NOT NULL,
    left_in_bucket bigint NOT NULL
);
COMMENT ON TABLE backups IS 'Backups that were taken whole, so that somebody notices when none was.';
