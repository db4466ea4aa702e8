DROP TRIGGER degrees_begin_with_rubrics ON degrees;
DROP FUNCTION write_first_rubrics_of_degree();
DROP FUNCTION write_first_rubrics(bigint);
DROP TABLE call_rubrics;
DROP TABLE rubric_criteria;
DROP TABLE rubrics;
DROP FUNCTION refuse_change();
DROP FUNCTION check_rubric_weights();
DROP TABLE grading_settings;
