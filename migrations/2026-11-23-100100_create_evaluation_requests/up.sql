-- Copied along foreign keys, so that a request is of the degree of its call whatever the code does.
ALTER TABLE projects ADD CONSTRAINT projects_id_degree_key UNIQUE (id, degree_id);
ALTER TABLE assignments ADD CONSTRAINT assignments_id_project_key UNIQUE (id, project_id);

CREATE TABLE evaluation_requests (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    call_id bigint NOT NULL,
    degree_id bigint NOT NULL,
    project_id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    state text NOT NULL DEFAULT 'requested' CONSTRAINT evaluation_requests_state_known CHECK (state IN ('requested', 'withdrawn')),
    requested_by bigint CONSTRAINT evaluation_requests_requested_by_fk REFERENCES users (id) ON DELETE SET NULL,
    withdrawn_by bigint CONSTRAINT evaluation_requests_withdrawn_by_fk REFERENCES users (id) ON DELETE SET NULL,
    withdrawn_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT evaluation_requests_call_fk FOREIGN KEY (call_id, degree_id)
        REFERENCES calls (id, degree_id) ON DELETE RESTRICT,
    CONSTRAINT evaluation_requests_project_fk FOREIGN KEY (project_id, degree_id)
        REFERENCES projects (id, degree_id) ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT evaluation_requests_assignment_fk FOREIGN KEY (assignment_id, project_id)
        REFERENCES assignments (id, project_id) ON DELETE RESTRICT,
    CONSTRAINT evaluation_requests_withdrawn_when CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL))
);
CREATE UNIQUE INDEX evaluation_requests_one_live_key ON evaluation_requests (assignment_id) WHERE state = 'requested';
CREATE INDEX evaluation_requests_call_idx ON evaluation_requests (call_id, degree_id);
CREATE INDEX evaluation_requests_project_idx ON evaluation_requests (project_id, degree_id);
CREATE INDEX evaluation_requests_assignment_idx ON evaluation_requests (assignment_id, project_id);
CREATE INDEX evaluation_requests_requested_by_idx ON evaluation_requests (requested_by);
CREATE INDEX evaluation_requests_withdrawn_by_idx ON evaluation_requests (withdrawn_by);
CREATE TRIGGER evaluation_requests_touch BEFORE UPDATE ON evaluation_requests FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE evaluation_requests IS 'Assignments entered for evaluation in a call; a withdrawn one stays on record.';
COMMENT ON COLUMN evaluation_requests.degree_id IS 'The degree of the call and of the project, kept equal by the foreign keys.';
