CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- `unaccent` is only STABLE, because its dictionary may change; an index and a
-- generated column need IMMUTABLE. Naming the dictionary makes that honest.
CREATE FUNCTION immutable_unaccent(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN public.unaccent('public.unaccent'::regdictionary, value);
COMMENT ON FUNCTION immutable_unaccent(text) IS 'Text without diacritics, usable in indexes.';

CREATE FUNCTION fold_text(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN lower(public.immutable_unaccent(regexp_replace(btrim(value), '\s+', ' ', 'g')));
COMMENT ON FUNCTION fold_text(text) IS 'What two texts have in common when case, accents and runs of spaces do not count.';

CREATE FUNCTION join_words(words text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN array_to_string(words, ' ');
COMMENT ON FUNCTION join_words(text[]) IS 'array_to_string declared immutable for text, where it is.';

CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := clock_timestamp();
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION touch_updated_at() IS 'Keeps updated_at true whoever writes the row.';

-- Spanish and English at once: a title in either language is found by a word of
-- either, stemmed, accents ignored.
CREATE TEXT SEARCH CONFIGURATION gestfg_es (COPY = spanish);
ALTER TEXT SEARCH CONFIGURATION gestfg_es
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, spanish_stem;
CREATE TEXT SEARCH CONFIGURATION gestfg_en (COPY = english);
ALTER TEXT SEARCH CONFIGURATION gestfg_en
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
