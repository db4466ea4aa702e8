DELETE FROM round_notices WHERE moment IN ('tutors_begin', 'tutors_end_in_2');
ALTER TABLE round_notices DROP CONSTRAINT round_notices_moment_known;
ALTER TABLE round_notices ADD CONSTRAINT round_notices_moment_known CHECK (moment IN ('opens', 'closes_in_2'));
COMMENT ON TABLE round_notices IS 'What was told of rounds: that they opened, and to those who have not applied that they close soon; each once.';
