DROP TABLE phase_notices;
DROP TABLE call_phases;
DROP TABLE calls;
