CREATE TABLE grading_settings (
    degree_id bigint NOT NULL CONSTRAINT grading_settings_degree_fk REFERENCES degrees (id) ON DELETE CASCADE,
    academic_year smallint NOT NULL CONSTRAINT grading_settings_year_sane CHECK (academic_year BETWEEN 1990 AND 2200),
    rules jsonb NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (degree_id, academic_year)
);
CREATE TRIGGER grading_settings_touch BEFORE UPDATE ON grading_settings FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE grading_settings IS 'How final marks of a degree are made from an academic year on; minutes keep those they were made under.';

CREATE TABLE rubrics (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    degree_id bigint NOT NULL CONSTRAINT rubrics_degree_fk REFERENCES degrees (id) ON DELETE CASCADE,
    role text NOT NULL CONSTRAINT rubrics_role_known CHECK (role IN ('tutor', 'committee')),
    version integer NOT NULL CONSTRAINT rubrics_version_positive CHECK (version > 0),
    name text NOT NULL CONSTRAINT rubrics_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT rubrics_version_key UNIQUE (degree_id, role, version)
);
COMMENT ON TABLE rubrics IS 'Weighted criteria a mark is made of; never changed, a new version takes the place of the last.';

CREATE TABLE rubric_criteria (
    rubric_id bigint NOT NULL CONSTRAINT rubric_criteria_rubric_fk REFERENCES rubrics (id) ON DELETE CASCADE,
    position smallint NOT NULL CONSTRAINT rubric_criteria_position_positive CHECK (position > 0),
    name text NOT NULL CONSTRAINT rubric_criteria_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
    description text NOT NULL DEFAULT '' CONSTRAINT rubric_criteria_description_length CHECK (char_length(description) <= 2000),
    weight smallint NOT NULL CONSTRAINT rubric_criteria_weight_range CHECK (weight BETWEEN 1 AND 100),
    levels jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (rubric_id, position)
);
COMMENT ON TABLE rubric_criteria IS 'Criteria of a rubric; their weights add to 100.';
COMMENT ON COLUMN rubric_criteria.levels IS 'What is meant from which mark on.';

CREATE FUNCTION check_rubric_weights() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint;
BEGIN
    checked := CASE TG_TABLE_NAME WHEN 'rubrics' THEN (to_jsonb(NEW) ->> 'id')::bigint ELSE (to_jsonb(NEW) ->> 'rubric_id')::bigint END;
    IF (SELECT coalesce(sum(weight), 0) FROM rubric_criteria WHERE rubric_id = checked) <> 100 THEN
        RAISE EXCEPTION 'the weights of rubric % do not add to 100', checked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rubric_criteria_weights_whole';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION check_rubric_weights() IS 'Weights of a rubric add to 100, when all of it is written.';
CREATE CONSTRAINT TRIGGER rubrics_are_whole AFTER INSERT ON rubrics
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_rubric_weights();
CREATE CONSTRAINT TRIGGER rubric_criteria_are_whole AFTER INSERT ON rubric_criteria
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_rubric_weights();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
COMMENT ON FUNCTION refuse_change() IS 'Keeps what past marks were made of as it was.';
CREATE TRIGGER rubrics_stay BEFORE UPDATE ON rubrics FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rubric_criteria_stay BEFORE UPDATE ON rubric_criteria FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE call_rubrics (
    call_id bigint NOT NULL CONSTRAINT call_rubrics_call_fk REFERENCES calls (id) ON DELETE CASCADE,
    role text NOT NULL CONSTRAINT call_rubrics_role_known CHECK (role IN ('tutor', 'committee')),
    rubric_id bigint NOT NULL CONSTRAINT call_rubrics_rubric_fk REFERENCES rubrics (id) ON DELETE RESTRICT,
    PRIMARY KEY (call_id, role)
);
CREATE INDEX call_rubrics_rubric_idx ON call_rubrics (rubric_id);
COMMENT ON TABLE call_rubrics IS 'The version of each rubric that a call is marked by: that of its first mark.';

-- So that no committee ever stands without a rubric: one criterion, the whole work.
CREATE FUNCTION write_first_rubrics(of_degree bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    whose text;
    made bigint;
BEGIN
    FOREACH whose IN ARRAY ARRAY['tutor', 'committee'] LOOP
        INSERT INTO rubrics (degree_id, role, version, name) VALUES (of_degree, whose, 1, 'Valoración global') RETURNING id INTO made;
        INSERT INTO rubric_criteria (rubric_id, position, name, weight) VALUES (made, 1, 'Valoración global del trabajo', 100);
    END LOOP;
END
$$;
COMMENT ON FUNCTION write_first_rubrics(bigint) IS 'The rubrics a degree begins with.';
CREATE FUNCTION write_first_rubrics_of_degree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM write_first_rubrics(NEW.id);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION write_first_rubrics_of_degree() IS 'Gives a new degree its first rubrics.';
CREATE TRIGGER degrees_begin_with_rubrics AFTER INSERT ON degrees FOR EACH ROW EXECUTE FUNCTION write_first_rubrics_of_degree();
SELECT write_first_rubrics(id) FROM degrees;
-- The checks of what was just written, so that later steps may change these tables.
SET CONSTRAINTS ALL IMMEDIATE;
