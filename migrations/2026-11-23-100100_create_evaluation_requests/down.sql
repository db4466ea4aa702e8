DROP TABLE evaluation_requests;
ALTER TABLE assignments DROP CONSTRAINT assignments_id_project_key;
ALTER TABLE projects DROP CONSTRAINT projects_id_degree_key;
