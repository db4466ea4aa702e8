CREATE INDEX users_name_order_idx ON users (last_name, first_name, id);
DROP INDEX users_folded_name_order_idx;
