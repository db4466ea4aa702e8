DROP TABLE assignment_students;
DROP TABLE assignments;
DROP FUNCTION require_assignment_student();
