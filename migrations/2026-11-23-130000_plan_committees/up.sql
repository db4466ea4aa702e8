CREATE TABLE committee_plans (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    call_id bigint NOT NULL CONSTRAINT committee_plans_call_fk REFERENCES calls (id) ON DELETE RESTRICT,
    number integer NOT NULL,
    name text CONSTRAINT committee_plans_name_length CHECK (char_length(name) BETWEEN 1 AND 100 AND btrim(name) <> ''),
    based_on bigint CONSTRAINT committee_plans_based_on_fk REFERENCES committee_plans (id) ON DELETE SET NULL,
    state text NOT NULL DEFAULT 'draft' CONSTRAINT committee_plans_state_known CHECK (state IN ('draft', 'published', 'superseded')),
    committees_instance jsonb NOT NULL,
    committees_solution jsonb NOT NULL,
    timetable_instance jsonb,
    timetable_solution jsonb,
    hours jsonb,
    created_by bigint CONSTRAINT committee_plans_created_by_fk REFERENCES users (id) ON DELETE SET NULL,
    published_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT committee_plans_number_key UNIQUE (call_id, number),
    CONSTRAINT committee_plans_timetable_whole CHECK (
        (timetable_instance IS NULL) = (timetable_solution IS NULL) AND (timetable_instance IS NULL) = (hours IS NULL)),
    CONSTRAINT committee_plans_published_when CHECK ((state = 'draft') = (published_at IS NULL))
);
CREATE UNIQUE INDEX committee_plans_one_published_key ON committee_plans (call_id) WHERE state = 'published';
CREATE INDEX committee_plans_based_on_idx ON committee_plans (based_on);
CREATE INDEX committee_plans_created_by_idx ON committee_plans (created_by);
CREATE TRIGGER committee_plans_touch BEFORE UPDATE ON committee_plans FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE committee_plans IS 'Versions of the committees and the timetable of a call; drafts until one is published.';
COMMENT ON COLUMN committee_plans.number IS 'Counts the versions of a call.';
COMMENT ON COLUMN committee_plans.based_on IS 'The version it was made from.';
COMMENT ON COLUMN committee_plans.committees_instance IS 'The question as the planner was asked it, in its own format.';
COMMENT ON COLUMN committee_plans.hours IS 'When each slot of the timetable is, which the planner does not know.';
COMMENT ON COLUMN committee_plans.version IS 'Grows with every edit; the ETag of the plan.';

CREATE TABLE planning_jobs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    call_id bigint NOT NULL CONSTRAINT planning_jobs_call_fk REFERENCES calls (id) ON DELETE CASCADE,
    kind text NOT NULL CONSTRAINT planning_jobs_kind_known CHECK (kind IN ('committees', 'timetable', 'repair')),
    plan_id bigint CONSTRAINT planning_jobs_plan_fk REFERENCES committee_plans (id) ON DELETE SET NULL,
    state text NOT NULL DEFAULT 'queued' CONSTRAINT planning_jobs_state_known
        CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    seed bigint NOT NULL,
    time_limit_seconds smallint NOT NULL CONSTRAINT planning_jobs_time_limit_range CHECK (time_limit_seconds BETWEEN 1 AND 300),
    progress jsonb,
    problem jsonb,
    result_plan_id bigint CONSTRAINT planning_jobs_result_plan_fk REFERENCES committee_plans (id) ON DELETE SET NULL,
    asked_by bigint CONSTRAINT planning_jobs_asked_by_fk REFERENCES users (id) ON DELETE SET NULL,
    attempts smallint NOT NULL DEFAULT 0,
    claimed_by uuid,
    heartbeat_at timestamptz,
    cancel_asked_at timestamptz,
    started_at timestamptz,
    ended_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT planning_jobs_ended_when CHECK ((state IN ('done', 'failed', 'cancelled')) = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX planning_jobs_one_live_key ON planning_jobs (call_id) WHERE state IN ('queued', 'running');
CREATE INDEX planning_jobs_call_idx ON planning_jobs (call_id, id DESC);
CREATE INDEX planning_jobs_waiting_idx ON planning_jobs (id) WHERE state IN ('queued', 'running');
CREATE INDEX planning_jobs_plan_idx ON planning_jobs (plan_id);
CREATE INDEX planning_jobs_result_plan_idx ON planning_jobs (result_plan_id);
CREATE INDEX planning_jobs_asked_by_idx ON planning_jobs (asked_by);
CREATE TRIGGER planning_jobs_touch BEFORE UPDATE ON planning_jobs FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER planning_jobs_wake AFTER INSERT ON planning_jobs FOR EACH STATEMENT EXECUTE FUNCTION wake_worker();
COMMENT ON TABLE planning_jobs IS 'Runs of the planner, done by the background worker; one at a time in a call.';
COMMENT ON COLUMN planning_jobs.claimed_by IS 'The run that has it; who finds another name here has lost it.';
COMMENT ON COLUMN planning_jobs.heartbeat_at IS 'When the worker that has it last said so; one that falls silent loses it.';
COMMENT ON COLUMN planning_jobs.problem IS 'Why there is no plan, in facts a person can act on.';
