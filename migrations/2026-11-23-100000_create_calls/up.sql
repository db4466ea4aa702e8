CREATE TABLE calls (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    degree_id bigint NOT NULL CONSTRAINT calls_degree_fk REFERENCES degrees (id) ON DELETE RESTRICT,
    academic_year smallint NOT NULL CONSTRAINT calls_year_sane CHECK (academic_year BETWEEN 1990 AND 2200),
    sitting_id bigint NOT NULL CONSTRAINT calls_sitting_fk REFERENCES sittings (id) ON DELETE RESTRICT,
    opened_at timestamptz,
    copied_from bigint CONSTRAINT calls_copied_from_fk REFERENCES calls (id) ON DELETE SET NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT calls_id_degree_key UNIQUE (id, degree_id)
);
CREATE UNIQUE INDEX calls_degree_year_sitting_key ON calls (degree_id, academic_year, sitting_id);
CREATE INDEX calls_sitting_idx ON calls (sitting_id);
CREATE INDEX calls_copied_from_idx ON calls (copied_from);
CREATE INDEX calls_year_idx ON calls (academic_year DESC, id DESC);
CREATE TRIGGER calls_touch BEFORE UPDATE ON calls FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE calls IS 'One sitting of one degree in one academic year.';
COMMENT ON COLUMN calls.opened_at IS 'Since when everybody sees it and its phases count; null: a draft of its coordinators.';
COMMENT ON COLUMN calls.version IS 'Grows with every edit, of phases too; the ETag of the call.';

CREATE TABLE call_phases (
    call_id bigint NOT NULL CONSTRAINT call_phases_call_fk REFERENCES calls (id) ON DELETE CASCADE,
    phase text NOT NULL CONSTRAINT call_phases_phase_known CHECK (phase IN (
        'project_assignment', 'evaluation_request', 'committee_formation', 'material_submission',
        'tutor_report', 'defence', 'grading')),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    PRIMARY KEY (call_id, phase),
    CONSTRAINT call_phases_not_empty CHECK (starts_at < ends_at)
);
CREATE INDEX call_phases_window_idx ON call_phases (ends_at, starts_at);
COMMENT ON TABLE call_phases IS 'When what may be done in a call: from starts_at on, and no longer at ends_at.';

CREATE TABLE phase_notices (
    call_id bigint NOT NULL CONSTRAINT phase_notices_call_fk REFERENCES calls (id) ON DELETE CASCADE,
    phase text NOT NULL,
    moment text NOT NULL CONSTRAINT phase_notices_moment_known CHECK (moment IN ('opens', 'closes_in_7', 'closes_in_2', 'closes_today')),
    due_at timestamptz NOT NULL,
    told_at timestamptz NOT NULL,
    PRIMARY KEY (call_id, phase, moment, due_at)
);
COMMENT ON TABLE phase_notices IS 'Reminders of phases that were told (or were too old to tell): each once, again only when its date was moved.';
