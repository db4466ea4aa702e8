ALTER TABLE projects DROP CONSTRAINT projects_published_with_date;
