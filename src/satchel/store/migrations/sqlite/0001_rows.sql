-- Rows are only ever appended, and a deletion overwrites a row's content where it lies. A b-tree whose cells never
-- move leaves no stale copies of them in the free parts of its pages, which secure_delete would not reach.

CREATE TABLE spaces (
  tenant TEXT NOT NULL,
  space TEXT NOT NULL,
  version INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  phase TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, space)
);

CREATE TABLE rows (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  space TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  live INTEGER NOT NULL DEFAULT 1,
  body BLOB NOT NULL
);

CREATE UNIQUE INDEX rows_by_id ON rows (tenant, space, kind, id) WHERE live = 1;
CREATE INDEX rows_by_version ON rows (tenant, space, kind, version) WHERE live = 1;
CREATE INDEX rows_overwritten ON rows (number) WHERE live = 0;

CREATE TABLE marks (
  tenant TEXT NOT NULL,
  space TEXT NOT NULL,
  mark BLOB NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (tenant, space, mark)
);

CREATE INDEX marks_by_id ON marks (tenant, space, id);

-- Work that must be finished by whoever opens the store next, such as a rewrite of the file.
CREATE TABLE unfinished (task TEXT PRIMARY KEY);
