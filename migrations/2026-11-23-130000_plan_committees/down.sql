DROP TABLE planning_jobs;
DROP TABLE committee_plans;
