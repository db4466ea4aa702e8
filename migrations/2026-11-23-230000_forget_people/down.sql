DROP TRIGGER documents_are_kept ON documents;
CREATE TRIGGER documents_are_kept BEFORE UPDATE ON documents FOR EACH ROW EXECUTE FUNCTION keep_documents();
DROP FUNCTION neutral_file_name(text, integer, text);
DROP FUNCTION forget_in_audit_log(bigint, text[], text);
DROP FUNCTION without_mentions(jsonb, text[], text);
DROP FUNCTION without_mentions(text, text[], text);
DROP FUNCTION mentions_any(text, text[]);
DROP TRIGGER audit_log_is_kept ON audit_log;
DROP FUNCTION keep_audit_log();
