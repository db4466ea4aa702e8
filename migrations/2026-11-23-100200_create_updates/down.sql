DROP TABLE updates;
DROP FUNCTION number_update();
