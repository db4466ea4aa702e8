DROP VIEW similarity_standings;
DROP TABLE similarity_reports;
DROP TABLE similarity_justifications;
DROP TABLE similarity_matches;
DROP TABLE deposit_bands;
DROP TABLE deposit_texts;
DROP TABLE similarity_checks;
DROP TABLE similarity_settings;
