DROP TABLE round_notices;
DROP TABLE allocation_grants;
