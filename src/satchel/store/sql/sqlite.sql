-- name: state
-- The state of a space, and the number that its rows name it by.
SELECT number, version, key_id, phase, created_at FROM spaces WHERE tenant = ? AND space = ?

-- name: scopes
-- Every space that was ever written.
SELECT tenant, space, version, key_id, phase, created_at FROM spaces
WHERE ?1 IS NULL OR tenant = ?1 ORDER BY created_at, tenant, space

-- name: due
-- The jobs of active spaces whose time has come.
SELECT spaces.tenant, spaces.space, rows.id, rows.at
FROM rows INDEXED BY rows_due JOIN spaces ON spaces.number = rows.space
WHERE rows.kind = 'job' AND rows.live = 1 AND rows.at <= ? AND spaces.phase = 'active' ORDER BY rows.at

-- name: keep_state
-- The state of a space after a change.
INSERT INTO spaces (tenant, space, version, key_id, phase, created_at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (tenant, space) DO UPDATE
SET version = excluded.version, key_id = excluded.key_id, phase = excluded.phase, created_at = excluded.created_at
RETURNING number

-- name: rows
-- Rows of a kind other than messages, written after a version.
SELECT kind, id, at, body, version FROM rows INDEXED BY rows_by_version
WHERE space = ? AND kind = ? AND kind <> 'message' AND version > ? AND live = 1 ORDER BY version, number

-- name: messages
-- Messages, written after a version.
SELECT kind, id, at, body, version FROM rows INDEXED BY rows_by_id
WHERE space = ?1 AND kind = ?2 AND version > ?3 AND live = 1 ORDER BY version, number

-- name: ids
-- Ids of the rows of a kind other than messages.
SELECT id FROM rows INDEXED BY rows_by_version
WHERE space = ? AND kind = ? AND kind <> 'message' AND live = 1 ORDER BY version, number

-- name: message_ids
-- Ids of the messages.
SELECT id FROM rows INDEXED BY rows_by_id WHERE space = ? AND kind = ? AND live = 1 ORDER BY version, number

-- name: get
-- One row by its id.
SELECT kind, id, at, body, version FROM rows INDEXED BY rows_by_id
WHERE space = ? AND kind = ? AND id = ? AND live = 1

-- name: marked
-- The row behind a mark.
SELECT id FROM marks WHERE space = ? AND mark = ?

-- name: marks
-- Every mark of a space.
SELECT mark, id FROM marks WHERE space = ? ORDER BY mark

-- name: count
-- How many rows of a kind there are.
SELECT count(*) FROM rows INDEXED BY rows_by_id WHERE space = ? AND kind = ? AND live = 1

-- name: put
-- A new row.
INSERT INTO rows (space, kind, id, version, at, body) VALUES (?, ?, ?, ?, ?, ?)

-- name: mark
-- A new mark.
INSERT INTO marks (space, mark, id) VALUES (?, ?, ?)

-- name: number
-- Where a live row lies, and how long its content is.
SELECT number, length(body) FROM rows INDEXED BY rows_by_id WHERE space = ? AND kind = ? AND id = ? AND live = 1

-- name: numbers
-- Where all live rows of a space lie, and how long their contents are.
SELECT number, length(body) FROM rows INDEXED BY rows_by_id WHERE space = ? AND live = 1

-- name: retire
-- A row whose content was overwritten.
UPDATE rows SET live = 0 WHERE number = ?

-- name: gone
-- Ids of rows that were just removed.
CREATE TEMP TABLE IF NOT EXISTS gone (id BLOB PRIMARY KEY) WITHOUT ROWID

-- name: add_gone
-- One of them.
INSERT OR IGNORE INTO gone VALUES (?)

-- name: clear_gone
-- None of them.
DELETE FROM gone

-- name: unmark
-- Marks of rows that are gone, unless another row has their id.
DELETE FROM marks WHERE space = ?1 AND id IN (SELECT id FROM gone) AND NOT EXISTS
(SELECT 1 FROM rows INDEXED BY rows_by_id
WHERE rows.space = ?1 AND rows.kind IN ('message', 'call') AND rows.id = marks.id AND live = 1)

-- name: unmark_all
-- Every mark of a space.
DELETE FROM marks WHERE space = ?

-- name: wasted
-- Bytes of overwritten rows.
SELECT coalesce(sum(length(body)), 0) FROM rows INDEXED BY rows_overwritten WHERE live = 0

-- name: drop_overwritten
-- Overwritten rows, just before the file is rewritten.
DELETE FROM rows WHERE live = 0

-- name: begin_task
-- Note work that a crash must not leave half done.
INSERT OR IGNORE INTO unfinished VALUES (?)

-- name: end_task
-- The work is done.
DELETE FROM unfinished WHERE task = ?

-- name: unfinished
-- Whether work is left over.
SELECT 1 FROM unfinished WHERE task = ?

-- name: tally
-- How many live rows of each kind there are, and the bytes of their contents.
SELECT kind, count(*), sum(length(body)) FROM rows WHERE live = 1 GROUP BY kind ORDER BY kind

-- name: orphans
-- Rows and marks of spaces that have no state, or of a later version than their space.
SELECT (SELECT count(*) FROM rows WHERE live = 1 AND NOT EXISTS
(SELECT 1 FROM spaces WHERE spaces.number = rows.space AND spaces.version >= rows.version))
+ (SELECT count(*) FROM marks WHERE NOT EXISTS (SELECT 1 FROM spaces WHERE spaces.number = marks.space))
