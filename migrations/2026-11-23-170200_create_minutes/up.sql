CREATE TABLE minutes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    call_id bigint NOT NULL,
    degree_id bigint NOT NULL,
    academic_year smallint NOT NULL,
    edition integer NOT NULL CONSTRAINT minutes_edition_positive CHECK (edition > 0),
    state text NOT NULL DEFAULT 'provisional' CONSTRAINT minutes_state_known CHECK (state IN ('provisional', 'closed', 'reopened')),
    rules jsonb NOT NULL,
    published_at timestamptz NOT NULL,
    published_by bigint CONSTRAINT minutes_published_by_fk REFERENCES users (id) ON DELETE SET NULL,
    claims_until timestamptz NOT NULL,
    number integer CONSTRAINT minutes_number_positive CHECK (number > 0),
    closed_at timestamptz,
    closed_by bigint CONSTRAINT minutes_closed_by_fk REFERENCES users (id) ON DELETE SET NULL,
    content text,
    digest text,
    code text,
    reopened_at timestamptz,
    reopened_by bigint CONSTRAINT minutes_reopened_by_fk REFERENCES users (id) ON DELETE SET NULL,
    reopen_reason text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT minutes_call_fk FOREIGN KEY (call_id, degree_id) REFERENCES calls (id, degree_id) ON DELETE RESTRICT,
    CONSTRAINT minutes_edition_key UNIQUE (call_id, edition),
    CONSTRAINT minutes_number_key UNIQUE (degree_id, academic_year, number, edition),
    CONSTRAINT minutes_code_key UNIQUE (code),
    CONSTRAINT minutes_closed_whole CHECK (
        (closed_at IS NULL) = (number IS NULL) AND (closed_at IS NULL) = (content IS NULL)
        AND (closed_at IS NULL) = (digest IS NULL) AND (closed_at IS NULL) = (code IS NULL)
        AND (state <> 'closed' OR closed_at IS NOT NULL) AND (state <> 'provisional' OR closed_at IS NULL)),
    CONSTRAINT minutes_reopened_whole CHECK (
        (state = 'reopened') = (reopened_at IS NOT NULL) AND (state = 'reopened') = (reopen_reason IS NOT NULL))
);
CREATE UNIQUE INDEX minutes_one_live_key ON minutes (call_id) WHERE state IN ('provisional', 'closed');
CREATE INDEX minutes_call_idx ON minutes (call_id, degree_id);
CREATE INDEX minutes_published_by_idx ON minutes (published_by);
CREATE INDEX minutes_closed_by_idx ON minutes (closed_by);
CREATE INDEX minutes_reopened_by_idx ON minutes (reopened_by);
CREATE TRIGGER minutes_touch BEFORE UPDATE ON minutes FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE minutes IS 'Marks of a call from their provisional publication to the closed, numbered list; one edition for each time they were opened again.';
COMMENT ON COLUMN minutes.number IS 'Counts the minutes of a degree and year without gaps; later editions of a call keep theirs.';
COMMENT ON COLUMN minutes.rules IS 'The grading rules these marks were made under.';
COMMENT ON COLUMN minutes.content IS 'Everything that was closed, as it was hashed.';
COMMENT ON COLUMN minutes.code IS 'What a reader types to have the minutes verified; the beginning of the digest.';

CREATE TABLE minutes_entries (
    minutes_id bigint NOT NULL CONSTRAINT minutes_entries_minutes_fk REFERENCES minutes (id) ON DELETE RESTRICT,
    position integer NOT NULL CONSTRAINT minutes_entries_position_positive CHECK (position > 0),
    defence_id bigint NOT NULL CONSTRAINT minutes_entries_defence_fk REFERENCES defences (id) ON DELETE RESTRICT,
    student_id bigint NOT NULL CONSTRAINT minutes_entries_student_fk REFERENCES students (user_id) ON DELETE RESTRICT,
    tutor_mark numeric(5, 3) CONSTRAINT minutes_entries_tutor_mark_range CHECK (tutor_mark BETWEEN 0 AND 10),
    committee_mark numeric(5, 3) CONSTRAINT minutes_entries_committee_mark_range CHECK (committee_mark BETWEEN 0 AND 10),
    mark numeric(3, 1) CONSTRAINT minutes_entries_mark_range CHECK (mark BETWEEN 0 AND 10),
    band text NOT NULL CONSTRAINT minutes_entries_band_known CHECK (band IN ('not_presented', 'fail', 'pass', 'good', 'excellent')),
    has_honours boolean NOT NULL DEFAULT false,
    PRIMARY KEY (minutes_id, position),
    CONSTRAINT minutes_entries_defence_key UNIQUE (minutes_id, defence_id),
    CONSTRAINT minutes_entries_presented CHECK ((band = 'not_presented') = (mark IS NULL)),
    CONSTRAINT minutes_entries_honours_marked CHECK (NOT has_honours OR mark IS NOT NULL)
);
CREATE INDEX minutes_entries_defence_idx ON minutes_entries (defence_id);
CREATE INDEX minutes_entries_student_idx ON minutes_entries (student_id);
COMMENT ON TABLE minutes_entries IS 'The final mark of each student of the minutes.';
COMMENT ON COLUMN minutes_entries.tutor_mark IS 'To be read; the final mark is made from the exact values.';

CREATE TABLE mark_claims (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    minutes_id bigint NOT NULL,
    defence_id bigint NOT NULL,
    text text NOT NULL CONSTRAINT mark_claims_text_length CHECK (char_length(text) BETWEEN 1 AND 5000),
    state text NOT NULL DEFAULT 'open' CONSTRAINT mark_claims_state_known CHECK (state IN ('open', 'upheld', 'rejected')),
    answer text CONSTRAINT mark_claims_answer_length CHECK (char_length(answer) BETWEEN 1 AND 5000),
    answered_by bigint CONSTRAINT mark_claims_answered_by_fk REFERENCES users (id) ON DELETE SET NULL,
    answered_at timestamptz,
    mark_before numeric(3, 1) NOT NULL,
    mark_after numeric(3, 1),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT mark_claims_entry_fk FOREIGN KEY (minutes_id, defence_id) REFERENCES minutes_entries (minutes_id, defence_id) ON DELETE RESTRICT,
    CONSTRAINT mark_claims_one_each_key UNIQUE (minutes_id, defence_id),
    CONSTRAINT mark_claims_answered_whole CHECK (
        (state = 'open') = (answer IS NULL) AND (state = 'open') = (answered_at IS NULL) AND (state = 'open') = (mark_after IS NULL))
);
CREATE INDEX mark_claims_answered_by_idx ON mark_claims (answered_by);
CREATE TRIGGER mark_claims_touch BEFORE UPDATE ON mark_claims FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE mark_claims IS 'What students claim against provisional marks, and what they were answered.';

-- Whoever marks and whoever closes see each other: the one shares the call, the other has it alone.
CREATE FUNCTION refuse_in_closed_call(of_call bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM calls WHERE id = of_call FOR SHARE;
    IF EXISTS (SELECT 1 FROM minutes WHERE call_id = of_call AND state = 'closed') THEN
        RAISE EXCEPTION 'the minutes of call % are closed', of_call
            USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_freeze_marks';
    END IF;
END
$$;
COMMENT ON FUNCTION refuse_in_closed_call(bigint) IS 'Closed minutes freeze everything they were made of.';

CREATE FUNCTION refuse_of_closed_defence(of_defence bigint) RETURNS void LANGUAGE sql AS $$
    SELECT refuse_in_closed_call(r.call_id) FROM defences d
    JOIN evaluation_requests r ON r.id = d.evaluation_request_id WHERE d.id = of_defence
$$;
COMMENT ON FUNCTION refuse_of_closed_defence(bigint) IS 'The same, of the call in which a defence is.';

CREATE FUNCTION freeze_of_defence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM refuse_of_closed_defence(OLD.defence_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM refuse_of_closed_defence(NEW.defence_id); RETURN NEW; END IF;
    RETURN OLD;
END
$$;
COMMENT ON FUNCTION freeze_of_defence() IS 'Freezes rows that hang on a defence.';
CREATE TRIGGER mark_sheets_freeze BEFORE INSERT OR UPDATE OR DELETE ON mark_sheets FOR EACH ROW EXECUTE FUNCTION freeze_of_defence();
CREATE TRIGGER agreed_marks_freeze BEFORE INSERT OR UPDATE OR DELETE ON agreed_marks FOR EACH ROW EXECUTE FUNCTION freeze_of_defence();
CREATE TRIGGER mark_claims_freeze BEFORE INSERT OR UPDATE OR DELETE ON mark_claims FOR EACH ROW EXECUTE FUNCTION freeze_of_defence();

CREATE FUNCTION freeze_of_sheet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM refuse_of_closed_defence(defence_id) FROM mark_sheets WHERE id = OLD.sheet_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM refuse_of_closed_defence(defence_id) FROM mark_sheets WHERE id = NEW.sheet_id;
        RETURN NEW;
    END IF;
    RETURN OLD;
END
$$;
COMMENT ON FUNCTION freeze_of_sheet() IS 'Freezes the marks of a sheet.';
CREATE TRIGGER sheet_marks_freeze BEFORE INSERT OR UPDATE OR DELETE ON sheet_marks FOR EACH ROW EXECUTE FUNCTION freeze_of_sheet();

CREATE FUNCTION freeze_of_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'evaluation_requests' THEN
        PERFORM refuse_in_closed_call((to_jsonb(NEW) ->> 'call_id')::bigint);
    ELSE
        PERFORM refuse_in_closed_call(r.call_id) FROM evaluation_requests r
        WHERE r.id = (to_jsonb(NEW) ->> 'evaluation_request_id')::bigint;
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION freeze_of_request() IS 'Freezes who is in a call and whether they came.';
CREATE TRIGGER evaluation_requests_freeze BEFORE INSERT OR UPDATE OF state, call_id ON evaluation_requests
    FOR EACH ROW EXECUTE FUNCTION freeze_of_request();
CREATE TRIGGER defences_freeze BEFORE INSERT OR UPDATE OF state, student_id, evaluation_request_id, committee_id ON defences
    FOR EACH ROW EXECUTE FUNCTION freeze_of_request();

CREATE FUNCTION freeze_minutes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    loose text[] := ARRAY['state', 'reopened_at', 'reopened_by', 'reopen_reason', 'version', 'updated_at'];
    people text[] := ARRAY['published_by', 'closed_by', 'reopened_by', 'updated_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'minutes are never removed' USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_freeze_marks';
    END IF;
    PERFORM 1 FROM calls WHERE id = NEW.call_id FOR NO KEY UPDATE;
    IF TG_OP = 'UPDATE' AND OLD.state <> 'provisional'
        AND NOT (OLD.state = 'closed' AND NEW.state = 'reopened' AND to_jsonb(OLD) - loose = to_jsonb(NEW) - loose)
        -- Whoever leaves the house is forgotten here too.
        AND to_jsonb(OLD) - people <> to_jsonb(NEW) - people THEN
        RAISE EXCEPTION 'minutes % are %', OLD.id, OLD.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_freeze_marks';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION freeze_minutes() IS 'Closed minutes can be opened again for a new edition, and nothing else.';
CREATE TRIGGER minutes_freeze BEFORE INSERT OR UPDATE OR DELETE ON minutes FOR EACH ROW EXECUTE FUNCTION freeze_minutes();

CREATE FUNCTION freeze_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whose bigint := (to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END) ->> 'minutes_id')::bigint;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.minutes_id <> OLD.minutes_id
        OR EXISTS (SELECT 1 FROM minutes WHERE id = whose AND state <> 'provisional') THEN
        RAISE EXCEPTION 'minutes % are closed', whose
            USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_freeze_marks';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
COMMENT ON FUNCTION freeze_entries() IS 'Entries are written while the marks are provisional.';
CREATE TRIGGER minutes_entries_freeze BEFORE INSERT OR UPDATE OR DELETE ON minutes_entries FOR EACH ROW EXECUTE FUNCTION freeze_entries();
