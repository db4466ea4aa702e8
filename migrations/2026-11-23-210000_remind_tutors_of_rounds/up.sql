ALTER TABLE round_notices DROP CONSTRAINT round_notices_moment_known;
ALTER TABLE round_notices ADD CONSTRAINT round_notices_moment_known
    CHECK (moment IN ('opens', 'closes_in_2', 'tutors_begin', 'tutors_end_in_2'));
COMMENT ON TABLE round_notices IS 'What was told of rounds, each once: to students that they opened and, who have not applied, that they close soon; to tutors that somebody applies whom they have not put in order.';
