-- The same rows in half the room: a row names its space by a number, and pseudonyms and ids are the 16 bytes that they
-- stand for (`pseudonym_bytes` and `id_bytes` are lent by the store). Messages are read by their ids alone, so only what
-- is derived from them is indexed by version. The file is rewritten after this.

ALTER TABLE spaces RENAME TO old_spaces;
ALTER TABLE rows RENAME TO old_rows;
ALTER TABLE marks RENAME TO old_marks;
DROP INDEX rows_by_id;
DROP INDEX rows_by_version;
DROP INDEX rows_overwritten;
DROP INDEX marks_by_id;

CREATE TABLE spaces (
  number INTEGER PRIMARY KEY,
  tenant BLOB NOT NULL,
  space BLOB NOT NULL,
  version INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  phase TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (tenant, space)
);

CREATE TABLE rows (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  space INTEGER NOT NULL,
  kind TEXT NOT NULL,
  id BLOB NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  live INTEGER NOT NULL DEFAULT 1,
  body BLOB NOT NULL
);

CREATE UNIQUE INDEX rows_by_id ON rows (space, kind, id) WHERE live = 1;
CREATE INDEX rows_by_version ON rows (space, kind, version) WHERE live = 1 AND kind <> 'message';
CREATE INDEX rows_overwritten ON rows (number) WHERE live = 0;

CREATE TABLE marks (
  space INTEGER NOT NULL,
  mark BLOB NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (space, mark)
) WITHOUT ROWID;

INSERT INTO spaces (tenant, space, version, key_id, phase, created_at)
SELECT pseudonym_bytes(tenant), pseudonym_bytes(space), version, key_id, phase, created_at
FROM old_spaces ORDER BY created_at, tenant, space;

INSERT INTO rows (number, space, kind, id, version, at, body)
SELECT old_rows.number, spaces.number, old_rows.kind, id_bytes(old_rows.id), old_rows.version, old_rows.at, old_rows.body
FROM old_rows JOIN spaces
ON spaces.tenant = pseudonym_bytes(old_rows.tenant) AND spaces.space = pseudonym_bytes(old_rows.space)
WHERE old_rows.live = 1 ORDER BY old_rows.number;

INSERT INTO marks (space, mark, id)
SELECT spaces.number, old_marks.mark, id_bytes(old_marks.id)
FROM old_marks JOIN spaces
ON spaces.tenant = pseudonym_bytes(old_marks.tenant) AND spaces.space = pseudonym_bytes(old_marks.space);

DROP TABLE old_rows;
DROP TABLE old_marks;
DROP TABLE old_spaces;

INSERT OR IGNORE INTO unfinished VALUES ('rewrite');
