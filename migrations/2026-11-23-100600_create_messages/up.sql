CREATE TABLE messages (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    assignment_id bigint NOT NULL CONSTRAINT messages_assignment_fk REFERENCES assignments (id) ON DELETE RESTRICT,
    author_id bigint CONSTRAINT messages_author_fk REFERENCES users (id) ON DELETE SET NULL,
    body text NOT NULL CONSTRAINT messages_body_length CHECK (char_length(body) BETWEEN 1 AND 5000 AND btrim(body) <> ''),
    created_at timestamptz NOT NULL
);
CREATE INDEX messages_assignment_idx ON messages (assignment_id, id DESC);
CREATE INDEX messages_author_idx ON messages (author_id);
COMMENT ON TABLE messages IS 'What the students and tutors of an assignment write to each other; never edited.';

CREATE TABLE message_reads (
    assignment_id bigint NOT NULL CONSTRAINT message_reads_assignment_fk REFERENCES assignments (id) ON DELETE CASCADE,
    user_id bigint NOT NULL CONSTRAINT message_reads_user_fk REFERENCES users (id) ON DELETE CASCADE,
    last_read_id bigint NOT NULL,
    PRIMARY KEY (assignment_id, user_id)
);
CREATE INDEX message_reads_user_idx ON message_reads (user_id);
COMMENT ON TABLE message_reads IS 'How far each person has read in each thread.';
