CREATE TABLE imports (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CONSTRAINT imports_kind_known CHECK (kind IN
        ('projects', 'preassigned_projects', 'departments', 'degrees', 'professors', 'students')),
    state text NOT NULL DEFAULT 'previewed' CONSTRAINT imports_state_known CHECK (state IN ('previewed', 'committed', 'undone')),
    created_by bigint NOT NULL CONSTRAINT imports_created_by_fk REFERENCES users (id) ON DELETE RESTRICT,
    file_name text NOT NULL,
    file_hash bytea NOT NULL,
    file bytea NOT NULL,
    options jsonb NOT NULL,
    layout jsonb NOT NULL,
    summary jsonb NOT NULL,
    mode text CONSTRAINT imports_mode_known CHECK (mode IN ('all', 'valid')),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    committed_at timestamptz,
    undone_at timestamptz
);
CREATE INDEX imports_created_by_idx ON imports (created_by, id DESC);
CREATE TRIGGER imports_touch BEFORE UPDATE ON imports FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMENT ON TABLE imports IS 'Spreadsheets given to the server: previewed, then committed, perhaps undone.';
COMMENT ON COLUMN imports.options IS 'What the caller asked for: sheet, rows, mapping, degree.';
COMMENT ON COLUMN imports.layout IS 'What was understood: sheets, header row, columns and the field taken from each.';
COMMENT ON COLUMN imports.summary IS 'How many rows would be (or were) created, updated, left as they are, or have errors.';

CREATE TABLE import_rows (
    import_id bigint NOT NULL CONSTRAINT import_rows_import_fk REFERENCES imports (id) ON DELETE CASCADE,
    row_number integer NOT NULL,
    outcome text NOT NULL CONSTRAINT import_rows_outcome_known CHECK (outcome IN ('create', 'update', 'unchanged', 'error')),
    cells jsonb NOT NULL,
    problems jsonb NOT NULL,
    target_id bigint,
    extra_ids bigint[] NOT NULL DEFAULT '{}',
    before jsonb,
    PRIMARY KEY (import_id, row_number)
);
CREATE INDEX import_rows_outcome_idx ON import_rows (import_id, outcome, row_number);
COMMENT ON TABLE import_rows IS 'Each row of an import under the number it has in the sheet.';
COMMENT ON COLUMN import_rows.target_id IS 'After the commit: the row of the target table created or updated.';
COMMENT ON COLUMN import_rows.extra_ids IS 'After the commit: what came along (assignment, accounts), for the undo.';
COMMENT ON COLUMN import_rows.before IS 'After the commit: the values an update replaced, for the undo.';

CREATE TABLE import_mappings (
    kind text NOT NULL,
    header_hash bytea NOT NULL,
    mapping jsonb NOT NULL,
    updated_by bigint CONSTRAINT import_mappings_updated_by_fk REFERENCES users (id) ON DELETE SET NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, header_hash)
);
CREATE INDEX import_mappings_updated_by_idx ON import_mappings (updated_by);
COMMENT ON TABLE import_mappings IS 'Columns a person corrected by hand, remembered per kind and header.';
