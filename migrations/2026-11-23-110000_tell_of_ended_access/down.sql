DROP TRIGGER users_deactivated ON users;
DROP TRIGGER api_tokens_revoked ON api_tokens;
DROP TRIGGER sessions_ended ON sessions;
DROP FUNCTION tell_of_ended_access();
