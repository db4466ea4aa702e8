CREATE TABLE assignments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id bigint NOT NULL,
    level text NOT NULL,
    capacity smallint NOT NULL,
    state text NOT NULL DEFAULT 'active' CONSTRAINT assignments_state_known CHECK (state IN ('active', 'finished', 'cancelled')),
    is_active boolean NOT NULL DEFAULT true,
    assigned_by bigint CONSTRAINT assignments_assigned_by_fk REFERENCES users (id) ON DELETE SET NULL,
    cancel_reason text,
    cancelled_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT assignments_project_fk FOREIGN KEY (project_id, level, capacity)
        REFERENCES projects (id, level, student_count) ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT assignments_activity_follows_state CHECK (is_active = (state = 'active')),
    CONSTRAINT assignments_cancelled_with_reason CHECK (state <> 'cancelled' OR btrim(cancel_reason) <> ''),
    CONSTRAINT assignments_copied_key UNIQUE (id, level, capacity, is_active)
);
CREATE UNIQUE INDEX assignments_one_active_per_project_key ON assignments (project_id) WHERE is_active;
CREATE INDEX assignments_project_idx ON assignments (project_id, level, capacity);
CREATE INDEX assignments_assigned_by_idx ON assignments (assigned_by);
CREATE TRIGGER assignments_touch BEFORE UPDATE ON assignments FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE assignments IS 'A project given to its one to three students.';
COMMENT ON COLUMN assignments.capacity IS 'Copied from projects.student_count and kept equal by the foreign key.';

CREATE TABLE assignment_students (
    assignment_id bigint NOT NULL,
    student_id bigint NOT NULL CONSTRAINT assignment_students_student_fk REFERENCES students (user_id) ON DELETE RESTRICT,
    position smallint NOT NULL,
    level text NOT NULL,
    capacity smallint NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    PRIMARY KEY (assignment_id, student_id),
    CONSTRAINT assignment_students_assignment_fk FOREIGN KEY (assignment_id, level, capacity, is_active)
        REFERENCES assignments (id, level, capacity, is_active) ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT assignment_students_position_key UNIQUE (assignment_id, position),
    CONSTRAINT assignment_students_within_capacity CHECK (position >= 1 AND position <= 3 AND (NOT is_active OR position <= capacity))
);
CREATE UNIQUE INDEX assignment_students_one_active_per_level_key ON assignment_students (student_id, level) WHERE is_active;
CREATE INDEX assignment_students_student_idx ON assignment_students (student_id);
CREATE INDEX assignment_students_assignment_idx ON assignment_students (assignment_id, level, capacity, is_active);
COMMENT ON TABLE assignment_students IS 'The students of an assignment, in places 1 to the capacity of its project.';
COMMENT ON COLUMN assignment_students.level IS 'Copied along the foreign keys: a student has at most one active assignment per level.';

CREATE FUNCTION require_assignment_student() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM assignment_students WHERE assignment_id = NEW.id) THEN
        RAISE EXCEPTION 'assignment % has no student', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assignments_have_students';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION require_assignment_student() IS 'At commit, an assignment has at least one student.';
CREATE CONSTRAINT TRIGGER assignments_have_students AFTER INSERT ON assignments
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_assignment_student();
