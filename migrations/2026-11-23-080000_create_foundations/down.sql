DROP TEXT SEARCH CONFIGURATION gestfg_en;
DROP TEXT SEARCH CONFIGURATION gestfg_es;
DROP FUNCTION touch_updated_at();
DROP FUNCTION join_words(text[]);
DROP FUNCTION fold_text(text);
DROP FUNCTION immutable_unaccent(text);
DROP EXTENSION pg_trgm;
DROP EXTENSION unaccent;
