CREATE TABLE committee_settings (
    degree_id bigint NOT NULL CONSTRAINT committee_settings_degree_fk REFERENCES degrees (id) ON DELETE CASCADE,
    academic_year smallint NOT NULL CONSTRAINT committee_settings_year_sane CHECK (academic_year BETWEEN 1990 AND 2200),
    members smallint NOT NULL DEFAULT 2 CONSTRAINT committee_settings_members_range CHECK (members BETWEEN 0 AND 4),
    substitutes smallint NOT NULL DEFAULT 2 CONSTRAINT committee_settings_substitutes_range CHECK (substitutes BETWEEN 0 AND 4),
    distinct_areas boolean NOT NULL DEFAULT true,
    one_seat_per_call boolean NOT NULL DEFAULT true,
    target_size smallint NOT NULL DEFAULT 5 CONSTRAINT committee_settings_target_size_range CHECK (target_size BETWEEN 1 AND 100),
    slot_minutes smallint NOT NULL DEFAULT 45 CONSTRAINT committee_settings_slot_minutes_range CHECK (slot_minutes BETWEEN 5 AND 240),
    break_minutes smallint NOT NULL DEFAULT 0 CONSTRAINT committee_settings_break_minutes_range CHECK (break_minutes BETWEEN 0 AND 120),
    day_starts time NOT NULL DEFAULT '09:00',
    day_ends time NOT NULL DEFAULT '20:00',
    pause_starts time,
    pause_ends time,
    mode text NOT NULL DEFAULT 'standing' CONSTRAINT committee_settings_mode_known CHECK (mode IN ('standing', 'fixed_panel', 'free_panel')),
    objectives jsonb NOT NULL DEFAULT '[]',
    presider_min_seniority smallint CONSTRAINT committee_settings_presider_min_seniority_range CHECK (presider_min_seniority BETWEEN 0 AND 60),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (degree_id, academic_year),
    CONSTRAINT committee_settings_day_not_empty CHECK (day_starts < day_ends),
    CONSTRAINT committee_settings_pause_within_day CHECK (
        (pause_starts IS NULL) = (pause_ends IS NULL)
        AND (pause_starts IS NULL OR (day_starts <= pause_starts AND pause_starts < pause_ends AND pause_ends <= day_ends)))
);
CREATE TRIGGER committee_settings_touch BEFORE UPDATE ON committee_settings FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE committee_settings IS 'How committees and timetables of a degree are made from an academic year on; a past year keeps those it ran under.';
COMMENT ON COLUMN committee_settings.members IS 'Full seats beside the president''s.';
COMMENT ON COLUMN committee_settings.objectives IS 'What matters in a timetable after the number of defences placed, most important first; empty: in the usual order.';
COMMENT ON COLUMN committee_settings.presider_min_seniority IS 'Years since becoming permanent that a president needs; null: none.';
COMMENT ON COLUMN committee_settings.day_starts IS 'By the clock of the institution.';

ALTER TABLE professors
    ADD COLUMN may_preside boolean NOT NULL DEFAULT true,
    ADD COLUMN seniority_year smallint CONSTRAINT professors_seniority_year_sane CHECK (seniority_year BETWEEN 1950 AND 2200),
    ADD COLUMN exempt_from_committees boolean NOT NULL DEFAULT false,
    ADD COLUMN version integer NOT NULL DEFAULT 1;
COMMENT ON COLUMN professors.seniority_year IS 'The year they became permanent; null: they are not, or nobody wrote it down.';
COMMENT ON COLUMN professors.version IS 'Grows with every edit of what they may do in committees.';

CREATE TABLE committee_service (
    professor_id bigint NOT NULL CONSTRAINT committee_service_professor_fk REFERENCES professors (user_id) ON DELETE RESTRICT,
    academic_year smallint NOT NULL CONSTRAINT committee_service_year_sane CHECK (academic_year BETWEEN 1990 AND 2200),
    seats smallint NOT NULL CONSTRAINT committee_service_seats_range CHECK (seats BETWEEN 1 AND 200),
    PRIMARY KEY (professor_id, academic_year)
);
COMMENT ON TABLE committee_service IS 'Seats held in committees that GesTFG did not form; those of its own it counts itself.';
