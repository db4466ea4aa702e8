CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE unavailability (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    professor_id bigint NOT NULL CONSTRAINT unavailability_professor_fk REFERENCES professors (user_id) ON DELETE RESTRICT,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    answer text NOT NULL CONSTRAINT unavailability_answer_known CHECK (answer IN ('no', 'if_needed')),
    source text NOT NULL CONSTRAINT unavailability_source_known CHECK (source IN ('poll', 'calendar_file', 'office')),
    note text NOT NULL DEFAULT '' CONSTRAINT unavailability_note_length CHECK (char_length(note) <= 200),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT unavailability_not_empty CHECK (starts_at < ends_at),
    CONSTRAINT unavailability_file_says_no_more CHECK (source <> 'calendar_file' OR (answer = 'no' AND note = '')),
    CONSTRAINT unavailability_one_answer_at_a_time
        EXCLUDE USING gist (professor_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
);
CREATE INDEX unavailability_professor_idx ON unavailability (professor_id, starts_at, id);
COMMENT ON TABLE unavailability IS 'When a professor cannot come, or only if needed; of any other time the answer is yes.';
COMMENT ON COLUMN unavailability.source IS 'Who says so: the professor, a calendar file they uploaded (free or busy, nothing else of it), or the office for them.';

CREATE TABLE availability_polls (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    call_id bigint NOT NULL CONSTRAINT availability_polls_call_fk REFERENCES calls (id) ON DELETE CASCADE,
    deadline timestamptz NOT NULL,
    message text NOT NULL DEFAULT '' CONSTRAINT availability_polls_message_length CHECK (char_length(message) <= 2000),
    asked_by bigint CONSTRAINT availability_polls_asked_by_fk REFERENCES users (id) ON DELETE SET NULL,
    asked_at timestamptz NOT NULL,
    reminded_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT availability_polls_deadline_ahead CHECK (asked_at < deadline)
);
CREATE UNIQUE INDEX availability_polls_call_key ON availability_polls (call_id);
CREATE INDEX availability_polls_asked_by_idx ON availability_polls (asked_by);
CREATE INDEX availability_polls_deadline_idx ON availability_polls (deadline, id);
CREATE TRIGGER availability_polls_touch BEFORE UPDATE ON availability_polls FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE availability_polls IS 'Asks the professors of a call when they can sit in its committees.';
COMMENT ON COLUMN availability_polls.reminded_at IS 'When the latest reminder that was told was due; each is told once.';

CREATE TABLE availability_answers (
    poll_id bigint NOT NULL CONSTRAINT availability_answers_poll_fk REFERENCES availability_polls (id) ON DELETE CASCADE,
    professor_id bigint NOT NULL CONSTRAINT availability_answers_professor_fk REFERENCES professors (user_id) ON DELETE RESTRICT,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (poll_id, professor_id)
);
CREATE INDEX availability_answers_professor_idx ON availability_answers (professor_id);
COMMENT ON TABLE availability_answers IS 'Who has said all they have to say to a poll.';
