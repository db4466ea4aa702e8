CREATE TABLE projects (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    degree_id bigint NOT NULL,
    level text NOT NULL,
    academic_year smallint NOT NULL CONSTRAINT projects_year_sane CHECK (academic_year BETWEEN 1990 AND 2200),
    title text NOT NULL CONSTRAINT projects_title_length CHECK (char_length(title) BETWEEN 1 AND 250 AND btrim(title) <> ''),
    title_key text NOT NULL GENERATED ALWAYS AS (lower(regexp_replace(title, '\s+', '', 'g'))) STORED,
    kind text NOT NULL DEFAULT '' CONSTRAINT projects_kind_length CHECK (char_length(kind) <= 100),
    student_count smallint NOT NULL DEFAULT 1 CONSTRAINT projects_student_count_range CHECK (student_count BETWEEN 1 AND 3),
    description text NOT NULL DEFAULT '',
    prior_knowledge text NOT NULL DEFAULT '',
    resources text NOT NULL DEFAULT '',
    keywords text[] NOT NULL DEFAULT '{}',
    tutor_id bigint NOT NULL CONSTRAINT projects_tutor_fk REFERENCES professors (user_id) ON DELETE RESTRICT,
    cotutor_id bigint CONSTRAINT projects_cotutor_fk REFERENCES professors (user_id) ON DELETE RESTRICT,
    state text NOT NULL DEFAULT 'draft' CONSTRAINT projects_state_known
        CHECK (state IN ('draft', 'submitted', 'validated', 'rejected', 'published', 'withdrawn')),
    rejection_reason text,
    withdrawal_reason text,
    validated_by bigint CONSTRAINT projects_validated_by_fk REFERENCES users (id) ON DELETE SET NULL,
    submitted_at timestamptz,
    validated_at timestamptz,
    published_at timestamptz,
    withdrawn_at timestamptz,
    duplicated_from bigint CONSTRAINT projects_duplicated_from_fk REFERENCES projects (id) ON DELETE SET NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    search tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('public.gestfg_es', title), 'A') ||
        setweight(to_tsvector('public.gestfg_en', title), 'A') ||
        setweight(to_tsvector('public.gestfg_es', public.join_words(keywords)), 'B') ||
        setweight(to_tsvector('public.gestfg_en', public.join_words(keywords)), 'B') ||
        setweight(to_tsvector('public.gestfg_es', description), 'C') ||
        setweight(to_tsvector('public.gestfg_en', description), 'C') ||
        setweight(to_tsvector('public.gestfg_es', prior_knowledge), 'D')
    ) STORED,
    title_folded text NOT NULL GENERATED ALWAYS AS (public.fold_text(title)) STORED,
    CONSTRAINT projects_degree_fk FOREIGN KEY (degree_id, level) REFERENCES degrees (id, level) ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT projects_two_tutors CHECK (tutor_id <> cotutor_id),
    CONSTRAINT projects_rejection_has_reason CHECK (state <> 'rejected' OR rejection_reason IS NOT NULL),
    CONSTRAINT projects_id_level_capacity_key UNIQUE (id, level, student_count)
);
CREATE UNIQUE INDEX projects_title_key ON projects (degree_id, academic_year, title_key) WHERE state <> 'withdrawn';
CREATE INDEX projects_degree_idx ON projects (degree_id, level);
CREATE INDEX projects_tutor_idx ON projects (tutor_id);
CREATE INDEX projects_cotutor_idx ON projects (cotutor_id);
CREATE INDEX projects_validated_by_idx ON projects (validated_by);
CREATE INDEX projects_duplicated_from_idx ON projects (duplicated_from);
CREATE INDEX projects_catalogue_idx ON projects (published_at DESC, id DESC) WHERE state = 'published';
CREATE INDEX projects_title_order_idx ON projects (title_folded, id);
CREATE INDEX projects_state_idx ON projects (state, id);
CREATE INDEX projects_search_idx ON projects USING gin (search);
CREATE INDEX projects_title_trgm_idx ON projects USING gin (title_folded gin_trgm_ops);
CREATE TRIGGER projects_touch BEFORE UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE projects IS 'Final-degree projects (TFG/TFM) offered by professors.';
COMMENT ON COLUMN projects.level IS 'Copied from the degree and kept equal by the foreign key, so that later constraints can lean on it.';
COMMENT ON COLUMN projects.title_key IS 'Title without case or spaces: unique per degree and year among projects not withdrawn.';
COMMENT ON COLUMN projects.academic_year IS 'Year in which the academic year starts: 2026 for 2026/27.';
COMMENT ON COLUMN projects.version IS 'Grows with every edit; the ETag of the project.';
