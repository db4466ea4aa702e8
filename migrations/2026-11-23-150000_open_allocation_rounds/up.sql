ALTER TABLE students ADD COLUMN record numeric(4, 2) CONSTRAINT students_record_range CHECK (record BETWEEN 0 AND 10);
COMMENT ON COLUMN students.record IS 'Average mark so far (0 to 10), by which allocation orders students; seen by themselves and those who keep their degree.';

CREATE TABLE allocation_rounds (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    call_id bigint NOT NULL,
    degree_id bigint NOT NULL,
    number smallint NOT NULL CONSTRAINT allocation_rounds_number_positive CHECK (number > 0),
    opens_at timestamptz NOT NULL,
    closes_at timestamptz NOT NULL,
    tutors_close_at timestamptz NOT NULL,
    max_preferences smallint NOT NULL DEFAULT 5 CONSTRAINT allocation_rounds_max_preferences_range CHECK (max_preferences BETWEEN 1 AND 20),
    ties_allowed boolean NOT NULL DEFAULT false,
    tutor_view text NOT NULL DEFAULT 'ranking' CONSTRAINT allocation_rounds_tutor_view_known
        CHECK (tutor_view IN ('ranking', 'shortlist', 'none')),
    show_counts boolean NOT NULL DEFAULT false,
    team_max smallint NOT NULL DEFAULT 1 CONSTRAINT allocation_rounds_team_max_range CHECK (team_max BETWEEN 1 AND 3),
    tutor_limit smallint CONSTRAINT allocation_rounds_tutor_limit_range CHECK (tutor_limit BETWEEN 1 AND 100),
    state text NOT NULL DEFAULT 'live' CONSTRAINT allocation_rounds_state_known CHECK (state IN ('live', 'published', 'cancelled')),
    created_by bigint CONSTRAINT allocation_rounds_created_by_fk REFERENCES users (id) ON DELETE SET NULL,
    settled_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT allocation_rounds_call_fk FOREIGN KEY (call_id, degree_id) REFERENCES calls (id, degree_id) ON DELETE RESTRICT,
    CONSTRAINT allocation_rounds_number_key UNIQUE (call_id, number),
    CONSTRAINT allocation_rounds_id_degree_key UNIQUE (id, degree_id),
    CONSTRAINT allocation_rounds_in_order CHECK (opens_at < closes_at AND closes_at <= tutors_close_at),
    CONSTRAINT allocation_rounds_settled_when CHECK ((state = 'live') = (settled_at IS NULL))
);
CREATE UNIQUE INDEX allocation_rounds_one_live_key ON allocation_rounds (call_id) WHERE state = 'live';
CREATE INDEX allocation_rounds_call_idx ON allocation_rounds (call_id, degree_id);
CREATE INDEX allocation_rounds_created_by_idx ON allocation_rounds (created_by);
CREATE TRIGGER allocation_rounds_touch BEFORE UPDATE ON allocation_rounds FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE allocation_rounds IS 'Windows of a call in which students apply for projects, each settled by one published allocation.';
COMMENT ON COLUMN allocation_rounds.degree_id IS 'The degree of the call, kept equal by the foreign key.';
COMMENT ON COLUMN allocation_rounds.closes_at IS 'From here on applications stay as they are.';
COMMENT ON COLUMN allocation_rounds.tutors_close_at IS 'Until when tutors may rank or shortlist those who applied.';
COMMENT ON COLUMN allocation_rounds.tutor_limit IS 'The most projects of one tutor that are given away in the round; null: all of them.';
COMMENT ON COLUMN allocation_rounds.version IS 'Grows with every edit; the ETag of the round.';

CREATE TABLE applications (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    round_id bigint NOT NULL,
    degree_id bigint NOT NULL,
    statement text NOT NULL DEFAULT '' CONSTRAINT applications_statement_length CHECK (char_length(statement) <= 4000),
    state text NOT NULL DEFAULT 'live' CONSTRAINT applications_state_known CHECK (state IN ('live', 'withdrawn')),
    is_live boolean NOT NULL DEFAULT true,
    entered_by bigint CONSTRAINT applications_entered_by_fk REFERENCES users (id) ON DELETE SET NULL,
    withdrawn_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT applications_round_fk FOREIGN KEY (round_id, degree_id) REFERENCES allocation_rounds (id, degree_id) ON DELETE RESTRICT,
    CONSTRAINT applications_liveness_follows_state CHECK (is_live = (state = 'live')),
    CONSTRAINT applications_withdrawn_when CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL)),
    CONSTRAINT applications_copied_key UNIQUE (id, round_id, is_live),
    CONSTRAINT applications_id_degree_key UNIQUE (id, degree_id),
    CONSTRAINT applications_id_round_key UNIQUE (id, round_id)
);
CREATE INDEX applications_round_idx ON applications (round_id, degree_id);
CREATE INDEX applications_entered_by_idx ON applications (entered_by);
CREATE TRIGGER applications_touch BEFORE UPDATE ON applications FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE applications IS 'What one student, or a team, applies for in a round; a withdrawn one stays on record.';
COMMENT ON COLUMN applications.entered_by IS 'Who wrote it: its author, or a coordinator on their behalf.';

CREATE TABLE application_members (
    application_id bigint NOT NULL,
    round_id bigint NOT NULL,
    student_id bigint NOT NULL CONSTRAINT application_members_student_fk REFERENCES students (user_id) ON DELETE RESTRICT,
    position smallint NOT NULL CONSTRAINT application_members_position_range CHECK (position BETWEEN 1 AND 3),
    is_author boolean NOT NULL DEFAULT false,
    is_live boolean NOT NULL DEFAULT true,
    confirmed_at timestamptz,
    PRIMARY KEY (application_id, student_id),
    CONSTRAINT application_members_application_fk FOREIGN KEY (application_id, round_id, is_live)
        REFERENCES applications (id, round_id, is_live) ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT application_members_position_key UNIQUE (application_id, position),
    CONSTRAINT application_members_author_confirms CHECK (NOT is_author OR confirmed_at IS NOT NULL)
);
CREATE UNIQUE INDEX application_members_one_each_key ON application_members (round_id, student_id)
    WHERE is_live AND confirmed_at IS NOT NULL;
CREATE INDEX application_members_student_idx ON application_members (student_id);
CREATE INDEX application_members_application_idx ON application_members (application_id, round_id, is_live);
COMMENT ON TABLE application_members IS 'The students of an application: its author, and those who were invited to the team.';
COMMENT ON COLUMN application_members.confirmed_at IS 'When the student said yes; an invitation without an answer at the close is none.';

CREATE TABLE application_preferences (
    application_id bigint NOT NULL,
    degree_id bigint NOT NULL,
    project_id bigint NOT NULL,
    rank smallint NOT NULL CONSTRAINT application_preferences_rank_range CHECK (rank BETWEEN 1 AND 20),
    PRIMARY KEY (application_id, project_id),
    CONSTRAINT application_preferences_application_fk FOREIGN KEY (application_id, degree_id)
        REFERENCES applications (id, degree_id) ON DELETE CASCADE,
    CONSTRAINT application_preferences_project_fk FOREIGN KEY (project_id, degree_id)
        REFERENCES projects (id, degree_id) ON DELETE RESTRICT
);
CREATE INDEX application_preferences_application_idx ON application_preferences (application_id, degree_id);
CREATE INDEX application_preferences_project_idx ON application_preferences (project_id, degree_id);
COMMENT ON TABLE application_preferences IS 'Projects an application asks for, 1 the most wanted; the same rank twice is a tie.';
COMMENT ON COLUMN application_preferences.degree_id IS 'The degree of round and project, kept equal by the foreign keys.';

CREATE TABLE application_rankings (
    project_id bigint NOT NULL,
    application_id bigint NOT NULL,
    rank smallint NOT NULL CONSTRAINT application_rankings_rank_positive CHECK (rank > 0),
    PRIMARY KEY (project_id, application_id),
    CONSTRAINT application_rankings_preference_fk FOREIGN KEY (application_id, project_id)
        REFERENCES application_preferences (application_id, project_id) ON DELETE CASCADE
);
CREATE INDEX application_rankings_preference_idx ON application_rankings (application_id, project_id);
COMMENT ON TABLE application_rankings IS 'How the tutor of a project orders those who applied; who is on a short list has rank 1, who is left out comes last.';

CREATE TABLE application_ranking_versions (
    round_id bigint NOT NULL CONSTRAINT application_ranking_versions_round_fk REFERENCES allocation_rounds (id) ON DELETE CASCADE,
    project_id bigint NOT NULL CONSTRAINT application_ranking_versions_project_fk REFERENCES projects (id) ON DELETE CASCADE,
    version integer NOT NULL DEFAULT 1,
    ranked_by bigint CONSTRAINT application_ranking_versions_ranked_by_fk REFERENCES users (id) ON DELETE SET NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (round_id, project_id)
);
CREATE INDEX application_ranking_versions_project_idx ON application_ranking_versions (project_id);
CREATE INDEX application_ranking_versions_ranked_by_idx ON application_ranking_versions (ranked_by);
CREATE TRIGGER application_ranking_versions_touch BEFORE UPDATE ON application_ranking_versions FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE application_ranking_versions IS 'Counts the edits of the order of a project''s applicants, so that tutor and co-tutor do not overwrite each other.';
