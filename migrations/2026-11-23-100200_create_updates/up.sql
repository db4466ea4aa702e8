CREATE TABLE updates (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    seq bigint,
    topic text NOT NULL,
    subject_id bigint,
    user_ids bigint[] NOT NULL DEFAULT '{}',
    degree_id bigint,
    department_id bigint,
    is_for_all boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX updates_seq_key ON updates (seq);
CREATE INDEX updates_age_idx ON updates (created_at);
COMMENT ON TABLE updates IS 'What changed lately and who may care: a hint to read again, never the thing itself.';
COMMENT ON COLUMN updates.seq IS 'Place in the order of commits; given at commit, so that no smaller one ever appears later.';
COMMENT ON COLUMN updates.degree_id IS 'For the coordinators of this degree.';
COMMENT ON COLUMN updates.department_id IS 'For the head of this department.';
COMMENT ON COLUMN updates.is_for_all IS 'For everybody who is signed in.';

CREATE SEQUENCE updates_seq_seq AS bigint OWNED BY updates.seq;
COMMENT ON SEQUENCE updates_seq_seq IS 'Numbers of updates in the order of their commits.';

-- Deferred to the commit, when every other lock is held already: the advisory
-- lock then only orders commits among each other and cannot close a circle.
CREATE FUNCTION number_update() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7205759403792);
    place := nextval('updates_seq_seq');
    UPDATE updates SET seq = place WHERE id = NEW.id;
    PERFORM pg_notify('gestfg_updates', place::text);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION number_update() IS 'At commit, numbers an update in the order of commits and wakes the servers.';
CREATE CONSTRAINT TRIGGER updates_numbered AFTER INSERT ON updates
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION number_update();
