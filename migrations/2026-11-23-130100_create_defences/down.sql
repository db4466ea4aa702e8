DROP TRIGGER committee_seats_are_sound ON committee_seats;
DROP TRIGGER defences_are_sound ON defences;
DROP FUNCTION check_seat_at_commit();
DROP FUNCTION check_defence_at_commit();
DROP FUNCTION check_defence(bigint);
DROP VIEW committee_sitters;
DROP TABLE defences;
DROP TABLE committee_seats;
DROP TABLE committees;
