CREATE TABLE allocation_pins (
    application_id bigint PRIMARY KEY,
    round_id bigint NOT NULL,
    project_id bigint NOT NULL,
    reason text NOT NULL CONSTRAINT allocation_pins_reason_length CHECK (char_length(reason) BETWEEN 1 AND 2000 AND btrim(reason) <> ''),
    pinned_by bigint CONSTRAINT allocation_pins_pinned_by_fk REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT allocation_pins_application_fk FOREIGN KEY (application_id, round_id) REFERENCES applications (id, round_id) ON DELETE CASCADE,
    CONSTRAINT allocation_pins_project_fk FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE RESTRICT,
    CONSTRAINT allocation_pins_project_key UNIQUE (round_id, project_id)
);
CREATE INDEX allocation_pins_application_idx ON allocation_pins (application_id, round_id);
CREATE INDEX allocation_pins_project_idx ON allocation_pins (project_id);
CREATE INDEX allocation_pins_pinned_by_idx ON allocation_pins (pinned_by);
COMMENT ON TABLE allocation_pins IS 'Agreements made before a round is allocated: this application gets this project, with the reason.';

CREATE TABLE allocation_runs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    round_id bigint NOT NULL CONSTRAINT allocation_runs_round_fk REFERENCES allocation_rounds (id) ON DELETE RESTRICT,
    number integer NOT NULL,
    name text CONSTRAINT allocation_runs_name_length CHECK (char_length(name) BETWEEN 1 AND 100 AND btrim(name) <> ''),
    method text NOT NULL,
    seed bigint NOT NULL,
    instance jsonb NOT NULL,
    input_hash text NOT NULL,
    solution jsonb,
    algorithm_version text,
    applicant_count integer NOT NULL,
    state text NOT NULL DEFAULT 'draft' CONSTRAINT allocation_runs_state_known CHECK (state IN ('draft', 'published')),
    created_by bigint CONSTRAINT allocation_runs_created_by_fk REFERENCES users (id) ON DELETE SET NULL,
    published_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT allocation_runs_number_key UNIQUE (round_id, number),
    CONSTRAINT allocation_runs_published_when CHECK ((state = 'published') = (published_at IS NOT NULL)),
    CONSTRAINT allocation_runs_published_solved CHECK (state = 'draft' OR solution IS NOT NULL)
);
CREATE UNIQUE INDEX allocation_runs_one_published_key ON allocation_runs (round_id) WHERE state = 'published';
CREATE INDEX allocation_runs_created_by_idx ON allocation_runs (created_by);
CREATE TRIGGER allocation_runs_touch BEFORE UPDATE ON allocation_runs FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE allocation_runs IS 'Allocations of a round by one method over frozen inputs; drafts until one is published.';
COMMENT ON COLUMN allocation_runs.instance IS 'The question as the planner was asked it, in its own format; never changed.';
COMMENT ON COLUMN allocation_runs.input_hash IS 'SHA-256 of the frozen inputs without how they are decided, as the planner states it: equal for runs side by side.';
COMMENT ON COLUMN allocation_runs.solution IS 'The answer of the planner; null until it has been found.';

-- Allocations are worked out by the same worker as committees, several of a round side by side.
ALTER TABLE planning_jobs ADD COLUMN allocation_run_id bigint
    CONSTRAINT planning_jobs_allocation_run_fk REFERENCES allocation_runs (id) ON DELETE CASCADE;
CREATE UNIQUE INDEX planning_jobs_allocation_run_key ON planning_jobs (allocation_run_id);
COMMENT ON COLUMN planning_jobs.allocation_run_id IS 'The allocation that is worked out, for the kind `allocation`.';
ALTER TABLE planning_jobs DROP CONSTRAINT planning_jobs_kind_known;
ALTER TABLE planning_jobs ADD CONSTRAINT planning_jobs_kind_known
    CHECK (kind IN ('committees', 'timetable', 'repair', 'allocation') AND (kind = 'allocation') = (allocation_run_id IS NOT NULL));
DROP INDEX planning_jobs_one_live_key;
CREATE UNIQUE INDEX planning_jobs_one_live_key ON planning_jobs (call_id)
    WHERE state IN ('queued', 'running') AND kind <> 'allocation';
