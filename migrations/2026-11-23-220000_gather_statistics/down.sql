DROP TABLE statistics_refreshes;
DROP MATERIALIZED VIEW project_facts;
