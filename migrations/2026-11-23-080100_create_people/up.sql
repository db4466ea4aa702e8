CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text,
    dni text,
    first_name text NOT NULL,
    last_name text NOT NULL,
    password_hash text,
    is_admin boolean NOT NULL DEFAULT false,
    is_active boolean NOT NULL DEFAULT true,
    language text NOT NULL DEFAULT 'es' CONSTRAINT users_language_known CHECK (language IN ('es', 'en')),
    email_verified_at timestamptz,
    anonymised_at timestamptz,
    name_folded text NOT NULL GENERATED ALWAYS AS (fold_text(first_name || ' ' || last_name)) STORED,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT users_email_lowercase CHECK (email = lower(email)),
    CONSTRAINT users_dni_normalised CHECK (dni ~ '^[0-9XYZ][0-9]{7}[A-Z]$'),
    CONSTRAINT users_identifiable CHECK (email IS NOT NULL OR dni IS NOT NULL OR anonymised_at IS NOT NULL)
);
CREATE UNIQUE INDEX users_email_key ON users (email);
CREATE UNIQUE INDEX users_dni_key ON users (dni);
CREATE INDEX users_name_order_idx ON users (last_name, first_name, id);
CREATE INDEX users_name_folded_idx ON users USING gin (name_folded gin_trgm_ops);
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE users IS 'One account per person.';
COMMENT ON COLUMN users.dni IS 'DNI or NIE, upper case, no separators, control letter verified by the server.';
COMMENT ON COLUMN users.password_hash IS 'Argon2id PHC string; null until the one-time link is used.';
COMMENT ON COLUMN users.version IS 'Grows with every edit; the ETag of the person.';

CREATE TABLE areas (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CONSTRAINT areas_name_not_blank CHECK (btrim(name) <> ''),
    is_active boolean NOT NULL DEFAULT true,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX areas_name_key ON areas (fold_text(name));
CREATE TRIGGER areas_touch BEFORE UPDATE ON areas FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE areas IS 'Groups of departments that count as one when the seats of a committee are spread.';

CREATE TABLE departments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL CONSTRAINT departments_code_not_blank CHECK (btrim(code) <> ''),
    name text NOT NULL CONSTRAINT departments_name_not_blank CHECK (btrim(name) <> ''),
    area_id bigint NOT NULL CONSTRAINT departments_area_fk REFERENCES areas (id) ON DELETE RESTRICT,
    is_active boolean NOT NULL DEFAULT true,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX departments_code_key ON departments (fold_text(code));
CREATE INDEX departments_area_idx ON departments (area_id);
CREATE TRIGGER departments_touch BEFORE UPDATE ON departments FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE departments IS 'University departments; each belongs to one area.';

CREATE TABLE professors (
    user_id bigint PRIMARY KEY CONSTRAINT professors_user_fk REFERENCES users (id) ON DELETE RESTRICT,
    department_id bigint NOT NULL CONSTRAINT professors_department_fk REFERENCES departments (id) ON DELETE RESTRICT,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT professors_user_department_key UNIQUE (user_id, department_id)
);
CREATE INDEX professors_department_idx ON professors (department_id);
COMMENT ON TABLE professors IS 'People who teach: may tutor projects and sit in committees.';

ALTER TABLE departments ADD COLUMN head_id bigint
    CONSTRAINT departments_head_fk REFERENCES professors (user_id) ON DELETE RESTRICT;
CREATE UNIQUE INDEX departments_head_key ON departments (head_id);
COMMENT ON COLUMN departments.head_id IS 'The professor with duties over the department; heads one department at most.';

CREATE TABLE degrees (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL CONSTRAINT degrees_code_not_blank CHECK (btrim(code) <> ''),
    name text NOT NULL CONSTRAINT degrees_name_not_blank CHECK (btrim(name) <> ''),
    level text NOT NULL CONSTRAINT degrees_level_known CHECK (level IN ('bachelor', 'master')),
    is_active boolean NOT NULL DEFAULT true,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT degrees_id_level_key UNIQUE (id, level)
);
CREATE UNIQUE INDEX degrees_code_key ON degrees (fold_text(code));
CREATE TRIGGER degrees_touch BEFORE UPDATE ON degrees FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE degrees IS 'Bachelor and master degrees the faculty teaches.';

CREATE TABLE degree_rules (
    degree_id bigint NOT NULL CONSTRAINT degree_rules_degree_fk REFERENCES degrees (id) ON DELETE CASCADE,
    academic_year smallint NOT NULL CONSTRAINT degree_rules_year_sane CHECK (academic_year BETWEEN 1990 AND 2200),
    rules jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (degree_id, academic_year)
);
CREATE TRIGGER degree_rules_touch BEFORE UPDATE ON degree_rules FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE degree_rules IS 'Rule set of a degree from an academic year on; a past year keeps the rules it ran under.';
COMMENT ON COLUMN degree_rules.academic_year IS 'Year in which the academic year starts: 2026 for 2026/27.';

CREATE TABLE degree_coordinators (
    degree_id bigint NOT NULL CONSTRAINT degree_coordinators_degree_fk REFERENCES degrees (id) ON DELETE CASCADE,
    professor_id bigint NOT NULL CONSTRAINT degree_coordinators_professor_fk REFERENCES professors (user_id) ON DELETE RESTRICT,
    PRIMARY KEY (degree_id, professor_id)
);
CREATE INDEX degree_coordinators_professor_idx ON degree_coordinators (professor_id);
COMMENT ON TABLE degree_coordinators IS 'Professors with duties over a degree.';

CREATE TABLE students (
    user_id bigint PRIMARY KEY CONSTRAINT students_user_fk REFERENCES users (id) ON DELETE RESTRICT,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE students IS 'People who study.';

CREATE TABLE student_degrees (
    student_id bigint NOT NULL CONSTRAINT student_degrees_student_fk REFERENCES students (user_id) ON DELETE RESTRICT,
    degree_id bigint NOT NULL CONSTRAINT student_degrees_degree_fk REFERENCES degrees (id) ON DELETE RESTRICT,
    PRIMARY KEY (student_id, degree_id)
);
CREATE INDEX student_degrees_degree_idx ON student_degrees (degree_id);
COMMENT ON TABLE student_degrees IS 'Degrees a student is enrolled in.';

CREATE TABLE sittings (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL CONSTRAINT sittings_code_not_blank CHECK (btrim(code) <> ''),
    name text NOT NULL CONSTRAINT sittings_name_not_blank CHECK (btrim(name) <> ''),
    position smallint NOT NULL DEFAULT 0,
    is_active boolean NOT NULL DEFAULT true,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX sittings_code_key ON sittings (fold_text(code));
CREATE TRIGGER sittings_touch BEFORE UPDATE ON sittings FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE sittings IS 'Ordinary and extraordinary sittings of the year (JUN, SEPT, DEC).';

CREATE TABLE one_time_links (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL CONSTRAINT one_time_links_user_fk REFERENCES users (id) ON DELETE CASCADE,
    purpose text NOT NULL CONSTRAINT one_time_links_purpose_known CHECK (purpose IN ('set_password', 'reset_password')),
    token_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE UNIQUE INDEX one_time_links_token_key ON one_time_links (token_hash);
CREATE INDEX one_time_links_user_idx ON one_time_links (user_id);
COMMENT ON TABLE one_time_links IS 'Links that set a password once; only their SHA-256 is kept.';

CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    user_id bigint NOT NULL CONSTRAINT sessions_user_fk REFERENCES users (id) ON DELETE CASCADE,
    address text NOT NULL,
    user_agent text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX sessions_user_idx ON sessions (user_id);
COMMENT ON TABLE sessions IS 'Log-ins; every access token names one and dies with it.';

CREATE TABLE refresh_tokens (
    token_hash bytea PRIMARY KEY,
    session_id uuid NOT NULL CONSTRAINT refresh_tokens_session_fk REFERENCES sessions (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at timestamptz
);
CREATE INDEX refresh_tokens_session_idx ON refresh_tokens (session_id);
COMMENT ON TABLE refresh_tokens IS 'Rotating refresh tokens (SHA-256); a used one seen again ends its session.';

CREATE TABLE api_tokens (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL CONSTRAINT api_tokens_user_fk REFERENCES users (id) ON DELETE CASCADE,
    name text NOT NULL,
    scope text NOT NULL CONSTRAINT api_tokens_scope_known CHECK (scope IN ('read', 'write')),
    token_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz
);
CREATE UNIQUE INDEX api_tokens_token_key ON api_tokens (token_hash);
CREATE INDEX api_tokens_user_idx ON api_tokens (user_id);
COMMENT ON TABLE api_tokens IS 'Personal tokens of third-party clients; shown once, kept hashed.';

CREATE TABLE identity_claims (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    claimant_id bigint NOT NULL CONSTRAINT identity_claims_claimant_fk REFERENCES users (id) ON DELETE CASCADE,
    preloaded_id bigint NOT NULL CONSTRAINT identity_claims_preloaded_fk REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT identity_claims_two_people CHECK (claimant_id <> preloaded_id)
);
CREATE UNIQUE INDEX identity_claims_pair_key ON identity_claims (claimant_id, preloaded_id);
CREATE INDEX identity_claims_preloaded_idx ON identity_claims (preloaded_id);
COMMENT ON TABLE identity_claims IS 'Registrations that say to be a pre-loaded student (same DNI), waiting for a coordinator; a decided one is removed and lives on in the audit log.';

CREATE TABLE throttle_counters (
    bucket bytea NOT NULL,
    window_start timestamptz NOT NULL,
    hits integer NOT NULL DEFAULT 1,
    PRIMARY KEY (bucket, window_start)
);
COMMENT ON TABLE throttle_counters IS 'Attempts per hashed account or address and time window, shared by all servers.';

CREATE TABLE outgoing_mails (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recipient text NOT NULL,
    kind text NOT NULL,
    language text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    next_attempt_at timestamptz DEFAULT now(),
    sent_at timestamptz,
    last_error text
);
CREATE INDEX outgoing_mails_due_idx ON outgoing_mails (next_attempt_at) WHERE sent_at IS NULL;
COMMENT ON TABLE outgoing_mails IS 'Transactional outbox: written with the change it tells of, sent after the commit.';
COMMENT ON COLUMN outgoing_mails.next_attempt_at IS 'When a worker may try; null when given up.';

CREATE TABLE audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    actor_id bigint CONSTRAINT audit_log_actor_fk REFERENCES users (id) ON DELETE SET NULL,
    actor_name text NOT NULL,
    address text,
    request_id text,
    action text NOT NULL,
    entity text NOT NULL,
    entity_id bigint,
    degree_id bigint CONSTRAINT audit_log_degree_fk REFERENCES degrees (id) ON DELETE SET NULL,
    reason text,
    before jsonb,
    after jsonb
);
CREATE INDEX audit_log_actor_idx ON audit_log (actor_id, id DESC);
CREATE INDEX audit_log_entity_idx ON audit_log (entity, entity_id, id DESC);
CREATE INDEX audit_log_degree_idx ON audit_log (degree_id, id DESC);
CREATE INDEX audit_log_at_idx ON audit_log (at DESC, id DESC);
COMMENT ON TABLE audit_log IS 'Who wrote what, when and from where, with the values before and after and no secrets.';

CREATE TABLE idempotency_keys (
    user_id bigint NOT NULL CONSTRAINT idempotency_keys_user_fk REFERENCES users (id) ON DELETE CASCADE,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    status smallint,
    location text,
    etag text,
    body jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_age_idx ON idempotency_keys (created_at);
COMMENT ON TABLE idempotency_keys IS 'Answers of creations, repeated for 24 hours to the same key; status is null while the first one runs.';
