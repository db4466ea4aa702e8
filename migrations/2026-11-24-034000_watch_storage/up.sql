CREATE TABLE storage_watch (
    is_only boolean PRIMARY KEY DEFAULT true CONSTRAINT storage_watch_one CHECK (is_only),
    looked_on date,
    is_nearly_full boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE storage_watch IS 'When the worker last looked how full the database is, and what it found: admins are told once when it gets tight.';
INSERT INTO storage_watch DEFAULT VALUES;
