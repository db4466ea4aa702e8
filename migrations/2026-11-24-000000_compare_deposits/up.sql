CREATE TABLE similarity_settings (
    degree_id bigint NOT NULL CONSTRAINT similarity_settings_degree_fk REFERENCES degrees (id) ON DELETE CASCADE,
    academic_year smallint NOT NULL CONSTRAINT similarity_settings_year_sane CHECK (academic_year BETWEEN 1990 AND 2200),
    rules jsonb NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (degree_id, academic_year)
);
CREATE TRIGGER similarity_settings_touch BEFORE UPDATE ON similarity_settings FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE similarity_settings IS 'Whether and how what is handed in for a degree is compared with earlier deposits, from an academic year on.';

CREATE TABLE similarity_checks (
    document_id bigint PRIMARY KEY CONSTRAINT similarity_checks_document_fk REFERENCES documents (id) ON DELETE CASCADE,
    state text NOT NULL DEFAULT 'waiting'
        CONSTRAINT similarity_checks_state_known CHECK (state IN ('waiting', 'reading', 'read', 'done', 'without_text', 'unreadable')),
    threshold_percent smallint CONSTRAINT similarity_checks_threshold_range CHECK (threshold_percent BETWEEN 1 AND 100),
    common_limit smallint NOT NULL CONSTRAINT similarity_checks_common_positive CHECK (common_limit > 0),
    attempts smallint NOT NULL DEFAULT 0,
    holder uuid,
    held_until timestamptz,
    pages integer,
    pages_read integer,
    words integer,
    is_whole boolean,
    share_permille smallint CONSTRAINT similarity_checks_share_range CHECK (share_permille BETWEEN 0 AND 1000),
    compared_with integer,
    checked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT similarity_checks_held_while_reading CHECK ((state = 'reading') = (holder IS NOT NULL) AND (holder IS NULL) = (held_until IS NULL)),
    CONSTRAINT similarity_checks_done_whole CHECK (
        (state = 'done') = (share_permille IS NOT NULL) AND (state = 'done') = (compared_with IS NOT NULL)
        AND (state IN ('done', 'without_text', 'unreadable')) = (checked_at IS NOT NULL))
);
CREATE INDEX similarity_checks_open_idx ON similarity_checks (document_id) WHERE state IN ('waiting', 'reading', 'read');
COMMENT ON TABLE similarity_checks IS 'How much of a document stands in earlier deposits of the faculty, and how far finding out has come.';
COMMENT ON COLUMN similarity_checks.threshold_percent IS 'From which share on it is flagged; none: it is only there for later ones to be compared with.';
COMMENT ON COLUMN similarity_checks.common_limit IS 'What stands in more earlier deposits than these does not count: everybody writes it.';
COMMENT ON COLUMN similarity_checks.held_until IS 'Until when whoever reads it has it; then another may.';

CREATE TABLE deposit_texts (
    document_id bigint PRIMARY KEY CONSTRAINT deposit_texts_check_fk REFERENCES similarity_checks (document_id) ON DELETE CASCADE,
    text bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
-- It is compressed already.
ALTER TABLE deposit_texts ALTER COLUMN text SET STORAGE EXTERNAL;
COMMENT ON TABLE deposit_texts IS 'The text of documents, kept as long as they are.';
COMMENT ON COLUMN deposit_texts.text IS 'UTF-8, deflated.';

CREATE TABLE deposit_bands (
    value bigint NOT NULL,
    document_id bigint NOT NULL CONSTRAINT deposit_bands_text_fk REFERENCES deposit_texts (document_id) ON DELETE CASCADE,
    PRIMARY KEY (value, document_id)
);
CREATE INDEX deposit_bands_document_idx ON deposit_bands (document_id);
COMMENT ON TABLE deposit_bands IS 'The numbers by which texts that resemble each other are found: of each the MinHash signature, a band for every number.';

CREATE TABLE similarity_matches (
    document_id bigint NOT NULL CONSTRAINT similarity_matches_check_fk REFERENCES similarity_checks (document_id) ON DELETE CASCADE,
    earlier_id bigint NOT NULL CONSTRAINT similarity_matches_earlier_fk REFERENCES documents (id) ON DELETE CASCADE,
    words integer NOT NULL CONSTRAINT similarity_matches_words_positive CHECK (words > 0),
    passages jsonb NOT NULL,
    PRIMARY KEY (document_id, earlier_id),
    CONSTRAINT similarity_matches_earlier CHECK (earlier_id < document_id)
);
CREATE INDEX similarity_matches_earlier_idx ON similarity_matches (earlier_id);
COMMENT ON TABLE similarity_matches IS 'Which earlier deposits a document has passages in common with, and these passages.';

CREATE TABLE similarity_justifications (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document_id bigint NOT NULL CONSTRAINT similarity_justifications_check_fk REFERENCES similarity_checks (document_id) ON DELETE CASCADE,
    text text NOT NULL CONSTRAINT similarity_justifications_text_length CHECK (char_length(text) BETWEEN 20 AND 5000),
    share_permille smallint NOT NULL CONSTRAINT similarity_justifications_share_range CHECK (share_permille BETWEEN 0 AND 1000),
    signed_by bigint NOT NULL CONSTRAINT similarity_justifications_signed_by_fk REFERENCES users (id) ON DELETE RESTRICT,
    created_at timestamptz NOT NULL
);
CREATE INDEX similarity_justifications_document_idx ON similarity_justifications (document_id, id);
CREATE INDEX similarity_justifications_signed_by_idx ON similarity_justifications (signed_by);
CREATE TRIGGER similarity_justifications_stay BEFORE UPDATE ON similarity_justifications FOR EACH ROW EXECUTE FUNCTION refuse_change();
COMMENT ON TABLE similarity_justifications IS 'Why a flagged document may be defended, signed; never changed, only followed by another.';
COMMENT ON COLUMN similarity_justifications.share_permille IS 'The share that the signer saw; a greater one found later needs another signature.';

CREATE TABLE similarity_reports (
    id uuid PRIMARY KEY,
    document_id bigint NOT NULL CONSTRAINT similarity_reports_check_fk REFERENCES similarity_checks (document_id) ON DELETE CASCADE,
    state text NOT NULL DEFAULT 'waiting' CONSTRAINT similarity_reports_state_known CHECK (state IN ('waiting', 'asked', 'answered', 'failed')),
    attempts smallint NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    error text,
    token_hash bytea CONSTRAINT similarity_reports_token_length CHECK (octet_length(token_hash) = 32),
    token_expires_at timestamptz,
    share_permille smallint CONSTRAINT similarity_reports_share_range CHECK (share_permille BETWEEN 0 AND 1000),
    report_url text CONSTRAINT similarity_reports_url_length CHECK (char_length(report_url) <= 2000),
    answered_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT similarity_reports_document_key UNIQUE (document_id),
    CONSTRAINT similarity_reports_token_whole CHECK ((token_hash IS NULL) = (token_expires_at IS NULL)),
    CONSTRAINT similarity_reports_answered_whole CHECK (
        (state = 'answered') = (share_permille IS NOT NULL) AND (state = 'answered') = (answered_at IS NOT NULL))
);
CREATE INDEX similarity_reports_due_idx ON similarity_reports (next_attempt_at) WHERE state = 'waiting';
COMMENT ON TABLE similarity_reports IS 'What a service outside is asked about a document, and what it answered.';
COMMENT ON COLUMN similarity_reports.token_hash IS 'SHA-256 of what its link to the document carries; gone once it was used.';

CREATE VIEW similarity_standings AS
SELECT c.document_id, c.state, c.threshold_percent, s.share AS share_permille,
       COALESCE(s.share >= c.threshold_percent * 10, false) AS is_flagged,
       EXISTS (SELECT 1 FROM similarity_justifications j
               WHERE j.document_id = c.document_id AND j.share_permille >= s.share) AS is_justified
FROM similarity_checks c LEFT JOIN similarity_reports r ON r.document_id = c.document_id
CROSS JOIN LATERAL (SELECT greatest(c.share_permille, r.share_permille) AS share) s;
COMMENT ON VIEW similarity_standings IS 'How each document that was compared stands: the greatest share found, and whether somebody has to answer for it.';

-- What was handed in before is compared with, and is not flagged.
INSERT INTO similarity_checks (document_id, common_limit)
SELECT id, 5 FROM documents WHERE kind = 'report' AND handed_in_by = 'students';
