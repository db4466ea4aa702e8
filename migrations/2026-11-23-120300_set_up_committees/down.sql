DROP TABLE committee_service;
ALTER TABLE professors DROP COLUMN may_preside, DROP COLUMN seniority_year, DROP COLUMN exempt_from_committees, DROP COLUMN version;
DROP TABLE committee_settings;
