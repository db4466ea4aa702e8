DROP TABLE application_ranking_versions;
DROP TABLE application_rankings;
DROP TABLE application_preferences;
DROP TABLE application_members;
DROP TABLE applications;
DROP TABLE allocation_rounds;
ALTER TABLE students DROP COLUMN record;
