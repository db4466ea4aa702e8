DROP TABLE agreed_marks;
DROP TABLE sheet_marks;
DROP TABLE mark_sheets;
