CREATE TABLE committees (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    call_id bigint NOT NULL CONSTRAINT committees_call_fk REFERENCES calls (id) ON DELETE RESTRICT,
    number smallint NOT NULL CONSTRAINT committees_number_positive CHECK (number > 0),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT committees_number_key UNIQUE (call_id, number),
    CONSTRAINT committees_id_call_key UNIQUE (id, call_id)
);
CREATE TRIGGER committees_touch BEFORE UPDATE ON committees FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE committees IS 'Published committees of a call.';

CREATE TABLE committee_seats (
    committee_id bigint NOT NULL CONSTRAINT committee_seats_committee_fk REFERENCES committees (id) ON DELETE CASCADE,
    seat text NOT NULL CONSTRAINT committee_seats_seat_known CHECK (seat ~ '^(president|member_[1-4]|substitute_[1-4])$'),
    professor_id bigint NOT NULL CONSTRAINT committee_seats_professor_fk REFERENCES professors (user_id) ON DELETE RESTRICT,
    acting_for text CONSTRAINT committee_seats_acting_for_known CHECK (acting_for ~ '^(president|member_[1-4])$'),
    called_in_at timestamptz,
    called_in_reason text,
    PRIMARY KEY (committee_id, seat),
    CONSTRAINT committee_seats_one_each UNIQUE (committee_id, professor_id),
    CONSTRAINT committee_seats_one_stand_in UNIQUE (committee_id, acting_for),
    CONSTRAINT committee_seats_called_in_whole CHECK (
        (acting_for IS NULL) = (called_in_at IS NULL) AND (acting_for IS NULL) = (called_in_reason IS NULL)
        AND (acting_for IS NULL OR seat LIKE 'substitute%'))
);
CREATE INDEX committee_seats_professor_idx ON committee_seats (professor_id);
COMMENT ON TABLE committee_seats IS 'Who sits in a committee: five different professors, usually.';
COMMENT ON COLUMN committee_seats.acting_for IS 'The full seat this substitute was called in for.';

CREATE TABLE defences (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    evaluation_request_id bigint NOT NULL CONSTRAINT defences_request_fk REFERENCES evaluation_requests (id) ON DELETE RESTRICT,
    student_id bigint NOT NULL CONSTRAINT defences_student_fk REFERENCES students (user_id) ON DELETE RESTRICT,
    committee_id bigint NOT NULL CONSTRAINT defences_committee_fk REFERENCES committees (id) ON DELETE RESTRICT,
    room_id bigint CONSTRAINT defences_room_fk REFERENCES rooms (id) ON DELETE RESTRICT,
    starts_at timestamptz,
    ends_at timestamptz,
    remarks text NOT NULL DEFAULT '' CONSTRAINT defences_remarks_length CHECK (char_length(remarks) <= 2000),
    state text NOT NULL DEFAULT 'planned' CONSTRAINT defences_state_known
        CHECK (state IN ('planned', 'held', 'not_presented', 'cancelled')),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT defences_one_each_key UNIQUE (evaluation_request_id, student_id),
    CONSTRAINT defences_timed_whole CHECK (
        (starts_at IS NULL) = (ends_at IS NULL) AND (starts_at IS NULL) = (room_id IS NULL) AND starts_at < ends_at),
    -- At commit, so that a timetable can be turned round in one transaction.
    CONSTRAINT defences_room_taken EXCLUDE USING gist (room_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (state IN ('planned', 'held') AND room_id IS NOT NULL) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX defences_student_idx ON defences (student_id);
CREATE INDEX defences_committee_idx ON defences (committee_id);
CREATE INDEX defences_room_idx ON defences (room_id);
CREATE INDEX defences_time_idx ON defences (starts_at, id);
CREATE TRIGGER defences_touch BEFORE UPDATE ON defences FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE defences IS 'Published defences, one for each student of an assignment entered in a call.';

-- Who judges at a committee's defences: its full seats, with substitutes in the place of those they were called in for.
CREATE VIEW committee_sitters AS
SELECT s.committee_id, s.professor_id FROM committee_seats s
WHERE s.acting_for IS NOT NULL
   OR (s.seat NOT LIKE 'substitute%' AND NOT EXISTS (
       SELECT 1 FROM committee_seats t WHERE t.committee_id = s.committee_id AND t.acting_for = s.seat));
COMMENT ON VIEW committee_sitters IS 'Who judges at the defences of a committee.';

CREATE FUNCTION check_defence(checked bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    d defences%ROWTYPE;
BEGIN
    SELECT * INTO d FROM defences WHERE id = checked;
    IF NOT FOUND OR d.state NOT IN ('planned', 'held') THEN RETURN; END IF;
    IF EXISTS (
        SELECT 1 FROM evaluation_requests r JOIN projects p ON p.id = r.project_id
        JOIN committee_seats s ON s.committee_id = d.committee_id AND s.professor_id IN (p.tutor_id, p.cotutor_id)
        WHERE r.id = d.evaluation_request_id
    ) THEN
        RAISE EXCEPTION 'a tutor sits in the committee of defence %', checked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'defences_no_tutor_judges';
    END IF;
    IF d.starts_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM defences o JOIN committee_sitters a ON a.committee_id = d.committee_id
        JOIN committee_sitters b ON b.committee_id = o.committee_id AND b.professor_id = a.professor_id
        WHERE o.id <> d.id AND o.state IN ('planned', 'held')
          AND o.starts_at < d.ends_at AND d.starts_at < o.ends_at
    ) THEN
        RAISE EXCEPTION 'somebody of the committee of defence % is elsewhere', checked
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'defences_nobody_twice';
    END IF;
    IF d.starts_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM defences o WHERE o.student_id = d.student_id AND o.id <> d.id AND o.state IN ('planned', 'held')
          AND o.starts_at < d.ends_at AND d.starts_at < o.ends_at
    ) THEN
        RAISE EXCEPTION 'the student of defence % is elsewhere', checked
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'defences_nobody_twice';
    END IF;
END
$$;
COMMENT ON FUNCTION check_defence(bigint) IS 'No tutor judges, and nobody is in two places at once.';

-- The lock makes two transactions that plan the same hour for the same person see each other.
CREATE FUNCTION check_defence_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7205759403793);
    PERFORM check_defence(NEW.id);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION check_defence_at_commit() IS 'Checks a defence that was written, when everything else is in place.';
CREATE CONSTRAINT TRIGGER defences_are_sound AFTER INSERT OR UPDATE OF committee_id, starts_at, ends_at, state ON defences
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_defence_at_commit();

CREATE FUNCTION check_seat_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7205759403793);
    PERFORM check_defence(id) FROM defences WHERE committee_id = NEW.committee_id;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION check_seat_at_commit() IS 'Checks the defences of a committee that got another person.';
CREATE CONSTRAINT TRIGGER committee_seats_are_sound AFTER INSERT OR UPDATE ON committee_seats
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_seat_at_commit();
