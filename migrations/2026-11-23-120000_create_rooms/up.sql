CREATE TABLE rooms (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CONSTRAINT rooms_name_not_blank CHECK (btrim(name) <> ''),
    building text NOT NULL DEFAULT '' CONSTRAINT rooms_building_length CHECK (char_length(building) <= 200),
    capacity smallint CONSTRAINT rooms_capacity_positive CHECK (capacity > 0),
    notes text NOT NULL DEFAULT '' CONSTRAINT rooms_notes_length CHECK (char_length(notes) <= 2000),
    is_active boolean NOT NULL DEFAULT true,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX rooms_name_key ON rooms (fold_text(name));
CREATE TRIGGER rooms_touch BEFORE UPDATE ON rooms FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE rooms IS 'Where defences are held.';
COMMENT ON COLUMN rooms.capacity IS 'How many people fit in; null: nobody counted.';
COMMENT ON COLUMN rooms.notes IS 'For those who plan: projector, key, how to get there.';

CREATE TABLE room_closures (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    room_id bigint NOT NULL CONSTRAINT room_closures_room_fk REFERENCES rooms (id) ON DELETE CASCADE,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    reason text NOT NULL DEFAULT '' CONSTRAINT room_closures_reason_length CHECK (char_length(reason) <= 500),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT room_closures_not_empty CHECK (starts_at < ends_at)
);
CREATE INDEX room_closures_room_idx ON room_closures (room_id, starts_at, id);
COMMENT ON TABLE room_closures IS 'When a room cannot be used; they may overlap, each for a reason of its own.';
