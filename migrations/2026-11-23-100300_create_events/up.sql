CREATE TABLE events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CONSTRAINT events_kind_known CHECK (kind IN ('announcement', 'entry')),
    title text NOT NULL CONSTRAINT events_title_length CHECK (char_length(title) BETWEEN 1 AND 200 AND btrim(title) <> ''),
    body text NOT NULL DEFAULT '' CONSTRAINT events_body_length CHECK (char_length(body) <= 20000),
    location text NOT NULL DEFAULT '' CONSTRAINT events_location_length CHECK (char_length(location) <= 200),
    audience text NOT NULL CONSTRAINT events_audience_known CHECK (audience IN ('public', 'students', 'professors', 'degree', 'department')),
    degree_id bigint CONSTRAINT events_degree_fk REFERENCES degrees (id) ON DELETE RESTRICT,
    department_id bigint CONSTRAINT events_department_fk REFERENCES departments (id) ON DELETE RESTRICT,
    starts_at timestamptz,
    ends_at timestamptz,
    is_all_day boolean NOT NULL DEFAULT false,
    publish_at timestamptz NOT NULL,
    expires_at timestamptz,
    is_pinned boolean NOT NULL DEFAULT false,
    told_at timestamptz,
    author_id bigint CONSTRAINT events_author_fk REFERENCES users (id) ON DELETE SET NULL,
    title_folded text NOT NULL GENERATED ALWAYS AS (public.fold_text(title)) STORED,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT events_audience_says_whose CHECK (
        (audience = 'degree') = (degree_id IS NOT NULL) AND (audience = 'department') = (department_id IS NOT NULL)),
    CONSTRAINT events_entry_has_dates CHECK ((kind = 'entry') = (starts_at IS NOT NULL) AND (starts_at IS NULL) = (ends_at IS NULL)),
    CONSTRAINT events_dates_in_order CHECK (starts_at < ends_at),
    CONSTRAINT events_expire_after_publishing CHECK (publish_at < expires_at)
);
CREATE INDEX events_degree_idx ON events (degree_id);
CREATE INDEX events_department_idx ON events (department_id);
CREATE INDEX events_author_idx ON events (author_id);
CREATE INDEX events_board_idx ON events (is_pinned DESC, publish_at DESC, id DESC);
CREATE INDEX events_dates_idx ON events (starts_at, ends_at) WHERE kind = 'entry';
CREATE TRIGGER events_touch BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE events IS 'Announcements for the front page, and dated entries of the calendar.';
COMMENT ON COLUMN events.told_at IS 'When its audience was notified; null while it waits for its publication.';
COMMENT ON COLUMN events.version IS 'Grows with every edit; the ETag of the event and the SEQUENCE of its calendar entry.';

CREATE TABLE calendar_feeds (
    user_id bigint PRIMARY KEY CONSTRAINT calendar_feeds_user_fk REFERENCES users (id) ON DELETE CASCADE,
    token_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_read_at timestamptz
);
CREATE UNIQUE INDEX calendar_feeds_token_key ON calendar_feeds (token_hash);
COMMENT ON TABLE calendar_feeds IS 'Private addresses of calendars, kept hashed; a person has one at most, making another revokes it.';
