-- Every table is keyed by tenant and space first, so that a sharded database can keep all of a space on one node
-- (`satchel store distribute`). Content is sealed before it comes here: compressing it would be in vain.

CREATE TABLE satchel.spaces (
  tenant uuid NOT NULL,
  space uuid NOT NULL,
  version bigint NOT NULL,
  created_at bigint NOT NULL,
  key_id text NOT NULL,
  phase text NOT NULL,
  PRIMARY KEY (tenant, space)
);

CREATE TABLE satchel.rows (
  version bigint NOT NULL,
  at bigint NOT NULL,
  number integer NOT NULL,
  tenant uuid NOT NULL,
  space uuid NOT NULL,
  kind text NOT NULL,
  id bytea NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (tenant, space, kind, id)
);

ALTER TABLE satchel.rows ALTER COLUMN body SET STORAGE EXTERNAL;

-- Messages are read by their ids; what is derived from them is read by what is new.
CREATE INDEX rows_by_version ON satchel.rows (tenant, space, kind, version, number) WHERE kind <> 'message';

CREATE TABLE satchel.marks (
  tenant uuid NOT NULL,
  space uuid NOT NULL,
  mark bytea NOT NULL,
  id bytea NOT NULL,
  PRIMARY KEY (tenant, space, mark)
);
