-- The audit log only grows: what was done, when and to what never changes. Who did it may be
-- forgotten, and values that name somebody, by the one function that does nothing else.
CREATE FUNCTION keep_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    people text[] := ARRAY['actor_id', 'degree_id', 'address'];
    said text[] := ARRAY['actor_name', 'reason', 'before', 'after'];
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(OLD) - people - said = to_jsonb(NEW) - people - said
        AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id)
        AND (NEW.degree_id IS NULL OR NEW.degree_id = OLD.degree_id)
        AND (NEW.address IS NULL OR NEW.address = OLD.address)
        AND (to_jsonb(OLD) - people = to_jsonb(NEW) - people OR current_setting('gestfg.forgetting', true) = 'on') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit log is never rewritten' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'audit_log_is_kept';
END
$$;
COMMENT ON FUNCTION keep_audit_log() IS 'Refuses to rewrite the audit log; people in it can be forgotten.';
CREATE TRIGGER audit_log_is_kept BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION keep_audit_log();

CREATE FUNCTION mentions_any(value text, mentions text[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN EXISTS (SELECT 1 FROM unnest(mentions) AS m (mention) WHERE strpos(value, mention) > 0);
COMMENT ON FUNCTION mentions_any(text, text[]) IS 'Whether a text holds one of these, letter by letter.';

CREATE FUNCTION without_mentions(value text, mentions text[], nobody text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
    mention text;
BEGIN
    FOREACH mention IN ARRAY mentions LOOP
        value := replace(value, mention, nobody);
    END LOOP;
    RETURN value;
END
$$;
COMMENT ON FUNCTION without_mentions(text, text[], text) IS 'A text with each of these replaced.';

CREATE FUNCTION without_mentions(value jsonb, mentions text[], nobody text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN public.without_mentions(value::text,
        ARRAY(SELECT substr(to_json(m.mention)::text, 2, length(to_json(m.mention)::text) - 2)
              FROM unnest(mentions) AS m (mention)), nobody)::jsonb;
COMMENT ON FUNCTION without_mentions(jsonb, text[], text) IS 'The same of the texts within a document.';

-- What a person wrote stands under these names in the entries of its writing.
CREATE FUNCTION forget_in_audit_log(person bigint, mentions text[], nobody text) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    words text[] := ARRAY['statement', 'body', 'text', 'reason', 'note', 'file_name'];
BEGIN
    -- Only superusers may give a function a setting of its own that PostgreSQL does not know.
    PERFORM set_config('gestfg.forgetting', 'on', true);
    UPDATE audit_log SET actor_name = nobody, address = NULL WHERE actor_id = person;
    UPDATE audit_log SET before = NULL, after = NULL
        WHERE (entity IN ('user', 'student', 'unavailability', 'calendar_feed', 'notification_preferences') AND entity_id = person)
           OR (entity = 'api_token' AND actor_id = person);
    UPDATE audit_log SET before = before - words, after = after - words
        WHERE (entity IN ('message', 'document', 'document_extension', 'mark_claim') AND actor_id = person)
           OR (entity = 'application' AND entity_id IN (
               SELECT application_id FROM application_members WHERE student_id = person AND is_author));
    UPDATE audit_log SET reason = without_mentions(reason, mentions, nobody),
            before = without_mentions(before, mentions, nobody), after = without_mentions(after, mentions, nobody)
        WHERE mentions_any(concat(reason, before, after), mentions);
    PERFORM set_config('gestfg.forgetting', 'off', true);
END
$$;
COMMENT ON FUNCTION forget_in_audit_log(bigint, text[], text) IS
    'Takes a person out of the audit log: their name, where they came from, and what names them; that it happened stays.';

-- A file is often named after its author. What was handed in keeps everything else.
CREATE FUNCTION neutral_file_name(kind text, version integer, media_type text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN kind || '-v' || version || CASE media_type WHEN 'application/zip' THEN '.zip' ELSE '.pdf' END;
COMMENT ON FUNCTION neutral_file_name(text, integer, text) IS 'A name for a document that names nobody.';
DROP TRIGGER documents_are_kept ON documents;
CREATE TRIGGER documents_are_kept BEFORE UPDATE ON documents FOR EACH ROW
    WHEN (to_jsonb(OLD) - 'file_name' <> to_jsonb(NEW) - 'file_name'
        OR NEW.file_name <> neutral_file_name(NEW.kind, NEW.version, NEW.media_type))
    EXECUTE FUNCTION keep_documents();
