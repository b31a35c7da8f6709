-- Statements about the whole database, for opening it, looking after it and finding what waits to be done; none runs
-- while a space is used.

-- name: scopes
-- Every space that was ever written.
SELECT tenant, space, version, key_id, phase, created_at FROM satchel.spaces
WHERE %(tenant)s::uuid IS NULL OR tenant = %(tenant)s ORDER BY created_at, tenant, space

-- name: due
-- The jobs of active spaces whose time has come.
SELECT rows.tenant, rows.space, rows.id, rows.at FROM satchel.rows
JOIN satchel.spaces ON spaces.tenant = rows.tenant AND spaces.space = rows.space
WHERE rows.kind = 'job' AND rows.at <= %(by)s AND spaces.phase = 'active'
AND (%(ids)s::bytea[] IS NULL OR rows.id = ANY(%(ids)s)) ORDER BY rows.at LIMIT %(limit)s

-- name: lock_schema
-- One process at a time brings the schema up to date.
SELECT pg_advisory_xact_lock(7310576250013519)

-- name: begin_schema
-- The schema, and the table that says which version of it this is.
CREATE SCHEMA IF NOT EXISTS satchel

-- name: begin_versions
-- The table that says which version of the schema this is.
CREATE TABLE IF NOT EXISTS satchel.schema_version (version integer NOT NULL)

-- name: schema_exists
-- Whether the schema was ever made.
SELECT to_regclass('satchel.schema_version') IS NOT NULL

-- name: schema_version
-- The version of the schema.
SELECT coalesce(max(version), 0) FROM satchel.schema_version

-- name: keep_version
-- A migration was run.
INSERT INTO satchel.schema_version VALUES (%(version)s)

-- name: orphans
-- Rows and marks of spaces that have no state, or of a later version than their space.
SELECT count(*) FROM (
  SELECT tenant, space FROM satchel.rows WHERE NOT EXISTS (
    SELECT 1 FROM satchel.spaces
    WHERE spaces.tenant = rows.tenant AND spaces.space = rows.space AND spaces.version >= rows.version
  )
  UNION ALL
  SELECT tenant, space FROM satchel.marks WHERE NOT EXISTS (
    SELECT 1 FROM satchel.spaces WHERE spaces.tenant = marks.tenant AND spaces.space = marks.space
  )
) AS orphans

-- name: invalid_indexes
-- Indexes that cannot be trusted.
SELECT indexrelid::regclass::text FROM pg_index
WHERE NOT indisvalid AND indrelid IN ('satchel.rows'::regclass, 'satchel.marks'::regclass, 'satchel.spaces'::regclass)

-- name: sizes
-- Bytes of the tables with their indexes.
SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class
WHERE oid IN ('satchel.rows'::regclass, 'satchel.marks'::regclass, 'satchel.spaces'::regclass)

-- name: tally
-- How many rows of each kind there are, and the bytes of their contents.
SELECT kind, count(*), sum(length(body))::bigint FROM satchel.rows GROUP BY kind ORDER BY kind

-- name: is_cluster
-- Whether this is a Citus cluster.
SELECT count(*) > 0 FROM pg_extension WHERE extname = 'citus'

-- name: is_distributed
-- Whether the tables are spread over the cluster.
SELECT count(*) > 0 FROM pg_dist_partition WHERE logicalrelid = 'satchel.spaces'::regclass

-- name: distribute_spaces
-- Spread the spaces over the cluster.
SELECT create_distributed_table('satchel.spaces', 'space')

-- name: distribute_rows
-- Keep the rows of a space where its state is.
SELECT create_distributed_table('satchel.rows', 'space', colocate_with => 'satchel.spaces')

-- name: distribute_marks
-- Keep the marks of a space where its state is.
SELECT create_distributed_table('satchel.marks', 'space', colocate_with => 'satchel.spaces')
