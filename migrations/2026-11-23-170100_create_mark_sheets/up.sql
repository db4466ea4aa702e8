CREATE TABLE mark_sheets (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    defence_id bigint NOT NULL CONSTRAINT mark_sheets_defence_fk REFERENCES defences (id) ON DELETE RESTRICT,
    role text NOT NULL CONSTRAINT mark_sheets_role_known CHECK (role IN ('tutor', 'committee')),
    author_id bigint NOT NULL CONSTRAINT mark_sheets_author_fk REFERENCES professors (user_id) ON DELETE RESTRICT,
    rubric_id bigint NOT NULL CONSTRAINT mark_sheets_rubric_fk REFERENCES rubrics (id) ON DELETE RESTRICT,
    remarks text NOT NULL DEFAULT '' CONSTRAINT mark_sheets_remarks_length CHECK (char_length(remarks) <= 10000),
    state text NOT NULL DEFAULT 'draft' CONSTRAINT mark_sheets_state_known CHECK (state IN ('draft', 'handed_in')),
    handed_in_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT mark_sheets_one_each_key UNIQUE (defence_id, role, author_id),
    CONSTRAINT mark_sheets_id_rubric_key UNIQUE (id, rubric_id),
    CONSTRAINT mark_sheets_handed_in_when CHECK ((state = 'handed_in') = (handed_in_at IS NOT NULL))
);
CREATE UNIQUE INDEX mark_sheets_one_report_key ON mark_sheets (defence_id) WHERE role = 'tutor';
CREATE INDEX mark_sheets_author_idx ON mark_sheets (author_id);
CREATE INDEX mark_sheets_rubric_idx ON mark_sheets (rubric_id);
CREATE TRIGGER mark_sheets_touch BEFORE UPDATE ON mark_sheets FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE mark_sheets IS 'Marks and words of one professor on one student: the tutor''s report, or those of somebody of the committee.';
COMMENT ON COLUMN mark_sheets.version IS 'Grows with every edit of the sheet or its marks.';

CREATE TABLE sheet_marks (
    sheet_id bigint NOT NULL,
    rubric_id bigint NOT NULL,
    position smallint NOT NULL,
    mark numeric(3, 1) CONSTRAINT sheet_marks_mark_range CHECK (mark BETWEEN 0 AND 10),
    remark text NOT NULL DEFAULT '' CONSTRAINT sheet_marks_remark_length CHECK (char_length(remark) <= 2000),
    PRIMARY KEY (sheet_id, rubric_id, position),
    CONSTRAINT sheet_marks_sheet_fk FOREIGN KEY (sheet_id, rubric_id) REFERENCES mark_sheets (id, rubric_id) ON DELETE RESTRICT,
    CONSTRAINT sheet_marks_criterion_fk FOREIGN KEY (rubric_id, position) REFERENCES rubric_criteria (rubric_id, position) ON DELETE RESTRICT
);
CREATE INDEX sheet_marks_criterion_idx ON sheet_marks (rubric_id, position);
COMMENT ON TABLE sheet_marks IS 'The mark of a sheet by one criterion of its rubric.';

CREATE TABLE agreed_marks (
    defence_id bigint PRIMARY KEY CONSTRAINT agreed_marks_defence_fk REFERENCES defences (id) ON DELETE RESTRICT,
    mark numeric(3, 1) NOT NULL CONSTRAINT agreed_marks_mark_range CHECK (mark BETWEEN 0 AND 10),
    remarks text NOT NULL DEFAULT '' CONSTRAINT agreed_marks_remarks_length CHECK (char_length(remarks) <= 2000),
    agreed_by bigint CONSTRAINT agreed_marks_agreed_by_fk REFERENCES users (id) ON DELETE SET NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX agreed_marks_agreed_by_idx ON agreed_marks (agreed_by);
CREATE TRIGGER agreed_marks_touch BEFORE UPDATE ON agreed_marks FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE agreed_marks IS 'The mark of a committee by its president''s word, where the degree has it so.';
