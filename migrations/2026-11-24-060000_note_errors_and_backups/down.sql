DROP TABLE backups;
DROP TABLE unexpected_errors;
