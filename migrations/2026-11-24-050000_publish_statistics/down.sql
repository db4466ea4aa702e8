ALTER TABLE statistics_refreshes DROP COLUMN audit_id;
DROP MATERIALIZED VIEW public_facts;
DROP TABLE statistics_seeds;
