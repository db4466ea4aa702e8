CREATE TABLE conflicts_of_interest (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    professor_id bigint NOT NULL CONSTRAINT conflicts_of_interest_professor_fk REFERENCES professors (user_id) ON DELETE RESTRICT,
    project_id bigint CONSTRAINT conflicts_of_interest_project_fk REFERENCES projects (id) ON DELETE RESTRICT,
    student_id bigint CONSTRAINT conflicts_of_interest_student_fk REFERENCES students (user_id) ON DELETE RESTRICT,
    other_professor_id bigint CONSTRAINT conflicts_of_interest_other_professor_fk REFERENCES professors (user_id) ON DELETE RESTRICT,
    reason text NOT NULL DEFAULT '' CONSTRAINT conflicts_of_interest_reason_length CHECK (char_length(reason) <= 500),
    declared_by bigint CONSTRAINT conflicts_of_interest_declared_by_fk REFERENCES users (id) ON DELETE SET NULL,
    declared_at timestamptz NOT NULL,
    CONSTRAINT conflicts_of_interest_one_target CHECK (num_nonnulls(project_id, student_id, other_professor_id) = 1),
    CONSTRAINT conflicts_of_interest_two_people CHECK (professor_id <> other_professor_id AND professor_id <> student_id)
);
CREATE UNIQUE INDEX conflicts_of_interest_target_key
    ON conflicts_of_interest (professor_id, coalesce(project_id, 0), coalesce(student_id, 0), coalesce(other_professor_id, 0));
CREATE INDEX conflicts_of_interest_project_idx ON conflicts_of_interest (project_id);
CREATE INDEX conflicts_of_interest_student_idx ON conflicts_of_interest (student_id);
CREATE INDEX conflicts_of_interest_other_professor_idx ON conflicts_of_interest (other_professor_id);
CREATE INDEX conflicts_of_interest_declared_by_idx ON conflicts_of_interest (declared_by);
COMMENT ON TABLE conflicts_of_interest IS 'A professor who may not judge a project, any project of a student, or sit beside another professor.';
