CREATE FUNCTION tell_of_ended_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('gestfg_access', '');
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_of_ended_access() IS 'At commit, has the servers look again whose streams of updates may go on.';
CREATE TRIGGER sessions_ended AFTER UPDATE OF ended_at ON sessions FOR EACH ROW
    WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION tell_of_ended_access();
CREATE TRIGGER api_tokens_revoked AFTER UPDATE OF revoked_at ON api_tokens FOR EACH ROW
    WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION tell_of_ended_access();
CREATE TRIGGER users_deactivated AFTER UPDATE OF is_active ON users FOR EACH ROW
    WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION tell_of_ended_access();
