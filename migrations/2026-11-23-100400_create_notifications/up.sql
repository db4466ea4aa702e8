CREATE TABLE notifications (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL CONSTRAINT notifications_user_fk REFERENCES users (id) ON DELETE CASCADE,
    kind text NOT NULL,
    letter jsonb NOT NULL,
    is_in_app boolean NOT NULL,
    is_for_digest boolean NOT NULL,
    created_at timestamptz NOT NULL,
    read_at timestamptz,
    digested_at timestamptz
);
CREATE INDEX notifications_user_idx ON notifications (user_id, id DESC);
CREATE INDEX notifications_unread_idx ON notifications (user_id) WHERE is_in_app AND read_at IS NULL;
CREATE INDEX notifications_digest_idx ON notifications (user_id) WHERE is_for_digest AND digested_at IS NULL;
CREATE INDEX notifications_age_idx ON notifications (created_at);
COMMENT ON TABLE notifications IS 'What each person was told: shown in the inbox, or kept for the mail of the day, or both.';
COMMENT ON COLUMN notifications.letter IS 'What happened, as data; the words are found when it is read, in the reader''s language.';

CREATE TABLE notification_preferences (
    user_id bigint NOT NULL CONSTRAINT notification_preferences_user_fk REFERENCES users (id) ON DELETE CASCADE,
    kind text NOT NULL,
    in_app boolean NOT NULL,
    mail text NOT NULL CONSTRAINT notification_preferences_mail_known CHECK (mail IN ('now', 'digest', 'never')),
    PRIMARY KEY (user_id, kind)
);
COMMENT ON TABLE notification_preferences IS 'How a person wants to be told of a kind of thing, where it is not as usual.';
