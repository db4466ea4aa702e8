-- Álvarez belongs before Zamora whatever the collation of the database.
CREATE INDEX users_folded_name_order_idx ON users (fold_text(last_name), fold_text(first_name), id);
DROP INDEX users_name_order_idx;
