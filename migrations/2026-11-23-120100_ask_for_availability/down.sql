DROP TABLE availability_answers;
DROP TABLE availability_polls;
DROP TABLE unavailability;
DROP EXTENSION btree_gist;
