CREATE TABLE allocation_grants (
    assignment_id bigint PRIMARY KEY CONSTRAINT allocation_grants_assignment_fk REFERENCES assignments (id) ON DELETE CASCADE,
    run_id bigint NOT NULL CONSTRAINT allocation_grants_run_fk REFERENCES allocation_runs (id) ON DELETE RESTRICT,
    application_id bigint NOT NULL CONSTRAINT allocation_grants_application_fk REFERENCES applications (id) ON DELETE RESTRICT,
    CONSTRAINT allocation_grants_application_key UNIQUE (application_id)
);
CREATE INDEX allocation_grants_run_idx ON allocation_grants (run_id);
COMMENT ON TABLE allocation_grants IS 'Which assignments came of which published allocation, and of which application in it.';

CREATE TABLE round_notices (
    round_id bigint NOT NULL CONSTRAINT round_notices_round_fk REFERENCES allocation_rounds (id) ON DELETE CASCADE,
    moment text NOT NULL CONSTRAINT round_notices_moment_known CHECK (moment IN ('opens', 'closes_in_2')),
    due_at timestamptz NOT NULL,
    told_at timestamptz NOT NULL,
    PRIMARY KEY (round_id, moment)
);
COMMENT ON TABLE round_notices IS 'What was told of rounds: that they opened, and to those who have not applied that they close soon; each once.';
