-- The catalogue is paged by this moment: without it a project would fall between two pages.
ALTER TABLE projects ADD CONSTRAINT projects_published_with_date CHECK (state <> 'published' OR published_at IS NOT NULL);
