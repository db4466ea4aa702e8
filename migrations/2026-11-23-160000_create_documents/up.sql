CREATE TABLE document_contents (
    id uuid PRIMARY KEY,
    store text NOT NULL CONSTRAINT document_contents_store_known CHECK (store IN ('database', 'bucket')),
    state text NOT NULL DEFAULT 'receiving' CONSTRAINT document_contents_state_known CHECK (state IN ('receiving', 'kept', 'dropped')),
    multipart_id text,
    size bigint NOT NULL DEFAULT 0 CONSTRAINT document_contents_size_positive CHECK (size >= 0),
    sha256 bytea CONSTRAINT document_contents_sha256_length CHECK (octet_length(sha256) = 32),
    seen_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT document_contents_kept_whole CHECK ((state = 'kept') = (sha256 IS NOT NULL))
);
CREATE INDEX document_contents_receiving_idx ON document_contents (seen_at) WHERE state <> 'kept';
COMMENT ON TABLE document_contents IS 'The bytes of documents: on their way in, kept for good, or given up and to be cleared away.';
COMMENT ON COLUMN document_contents.multipart_id IS 'What the bucket calls an upload that is under way, to call it off by.';
COMMENT ON COLUMN document_contents.seen_at IS 'When the last bytes of an upload came; one that falls silent is cleared away.';

CREATE TABLE document_pieces (
    content_id uuid NOT NULL CONSTRAINT document_pieces_content_fk REFERENCES document_contents (id) ON DELETE RESTRICT,
    position integer NOT NULL CONSTRAINT document_pieces_position_positive CHECK (position >= 0),
    bytes bytea NOT NULL,
    PRIMARY KEY (content_id, position)
);
-- What comes in is compressed already; trying again costs time and finds nothing.
ALTER TABLE document_pieces ALTER COLUMN bytes SET STORAGE EXTERNAL;
COMMENT ON TABLE document_pieces IS 'Contents that are in this database, in pieces of one size, so that none is ever whole in memory.';

CREATE FUNCTION keep_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was handed in is never overwritten' USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END
$$;
COMMENT ON FUNCTION keep_documents() IS 'Refuses to change what was handed in.';
CREATE TRIGGER document_contents_are_kept BEFORE UPDATE ON document_contents FOR EACH ROW
    WHEN (OLD.state = 'kept') EXECUTE FUNCTION keep_documents();
CREATE TRIGGER document_pieces_are_kept BEFORE UPDATE ON document_pieces FOR EACH ROW EXECUTE FUNCTION keep_documents();

CREATE TABLE documents (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    evaluation_request_id bigint NOT NULL CONSTRAINT documents_request_fk REFERENCES evaluation_requests (id) ON DELETE RESTRICT,
    student_id bigint CONSTRAINT documents_student_fk REFERENCES students (user_id) ON DELETE RESTRICT,
    kind text NOT NULL CONSTRAINT documents_kind_shape CHECK (kind ~ '^[a-z][a-z0-9_]{0,29}$'),
    version integer NOT NULL CONSTRAINT documents_version_positive CHECK (version > 0),
    file_name text NOT NULL CONSTRAINT documents_file_name_length CHECK (char_length(file_name) BETWEEN 1 AND 255),
    media_type text NOT NULL CONSTRAINT documents_media_type_known CHECK (media_type IN ('application/pdf', 'application/zip')),
    content_id uuid NOT NULL CONSTRAINT documents_content_fk REFERENCES document_contents (id) ON DELETE RESTRICT,
    uploaded_by bigint NOT NULL CONSTRAINT documents_uploaded_by_fk REFERENCES users (id) ON DELETE RESTRICT,
    outside_reason text,
    handed_in_by text NOT NULL CONSTRAINT documents_handed_in_by_known CHECK (handed_in_by IN ('students', 'tutor')),
    created_at timestamptz NOT NULL,
    CONSTRAINT documents_content_key UNIQUE (content_id)
);
CREATE UNIQUE INDEX documents_version_key ON documents (evaluation_request_id, kind, COALESCE(student_id, 0), version);
CREATE INDEX documents_student_idx ON documents (student_id);
CREATE INDEX documents_uploaded_by_idx ON documents (uploaded_by);
CREATE TRIGGER documents_are_kept BEFORE UPDATE ON documents FOR EACH ROW EXECUTE FUNCTION keep_documents();
COMMENT ON TABLE documents IS 'What was handed in for an evaluation: one row for each version, none ever changed.';
COMMENT ON COLUMN documents.student_id IS 'Whose it is, where each student of a team hands in their own.';
COMMENT ON COLUMN documents.kind IS 'Which document of the set that the rules of the degree ask for.';
COMMENT ON COLUMN documents.handed_in_by IS 'Who was asked for it: what tutors hand in is not for students.';
COMMENT ON COLUMN documents.outside_reason IS 'Why it was taken although the phase was closed.';

CREATE TABLE document_extensions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    evaluation_request_id bigint NOT NULL
        CONSTRAINT document_extensions_request_fk REFERENCES evaluation_requests (id) ON DELETE RESTRICT,
    asked_by bigint NOT NULL CONSTRAINT document_extensions_asked_by_fk REFERENCES users (id) ON DELETE RESTRICT,
    reason text NOT NULL CONSTRAINT document_extensions_reason_length CHECK (char_length(reason) BETWEEN 1 AND 2000),
    wanted_until timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'asked' CONSTRAINT document_extensions_state_known CHECK (state IN ('asked', 'granted', 'refused')),
    granted_until timestamptz,
    decision_reason text CONSTRAINT document_extensions_decision_length CHECK (char_length(decision_reason) <= 2000),
    decided_by bigint CONSTRAINT document_extensions_decided_by_fk REFERENCES users (id) ON DELETE RESTRICT,
    decided_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT document_extensions_decided_when CHECK (
        (state = 'asked') = (decided_at IS NULL) AND (state = 'asked') = (decided_by IS NULL)
        AND (state = 'granted') = (granted_until IS NOT NULL)),
    CONSTRAINT document_extensions_refused_why CHECK (state <> 'refused' OR btrim(decision_reason) <> '')
);
CREATE UNIQUE INDEX document_extensions_one_open_key ON document_extensions (evaluation_request_id) WHERE state = 'asked';
CREATE INDEX document_extensions_request_idx ON document_extensions (evaluation_request_id, id);
CREATE INDEX document_extensions_asked_by_idx ON document_extensions (asked_by);
CREATE INDEX document_extensions_decided_by_idx ON document_extensions (decided_by);
CREATE TRIGGER document_extensions_touch BEFORE UPDATE ON document_extensions FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE document_extensions IS 'Requests for more time to hand in, with their reasons and what was decided.';
