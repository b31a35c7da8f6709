-- Statements on the hot path name the space with `tenant` and `space`, so that a sharded database runs each on one node.

-- name: state
-- The state of a space.
SELECT version, key_id, phase, created_at FROM satchel.spaces WHERE tenant = %(tenant)s AND space = %(space)s

-- name: hold
-- The state of a space, which no other transaction can change until this one ends.
SELECT version, key_id, phase, created_at FROM satchel.spaces
WHERE tenant = %(tenant)s AND space = %(space)s FOR UPDATE

-- name: begin_space
-- A line to hold for a space that was never written; it is gone again when nothing is.
INSERT INTO satchel.spaces (tenant, space, version, created_at, key_id, phase)
VALUES (%(tenant)s, %(space)s, 0, 0, '', 'erased') ON CONFLICT DO NOTHING

-- name: keep_state
-- The state of a space after a change.
UPDATE satchel.spaces SET version = %(version)s, key_id = %(key_id)s, phase = %(phase)s, created_at = %(created_at)s
WHERE tenant = %(tenant)s AND space = %(space)s

-- name: rows
-- Rows of a kind other than messages, written after a version.
SELECT kind, id, at, body, version FROM satchel.rows
WHERE tenant = %(tenant)s AND space = %(space)s AND kind = %(kind)s AND kind <> 'message' AND version > %(since)s
ORDER BY version, number

-- name: messages
-- Messages, written after a version.
SELECT kind, id, at, body, version FROM satchel.rows
WHERE tenant = %(tenant)s AND space = %(space)s AND kind = 'message' AND version > %(since)s
ORDER BY version, number

-- name: ids
-- Ids of the rows of a kind other than messages.
SELECT id FROM satchel.rows
WHERE tenant = %(tenant)s AND space = %(space)s AND kind = %(kind)s AND kind <> 'message' ORDER BY version, number

-- name: message_ids
-- Ids of the messages.
SELECT id FROM satchel.rows
WHERE tenant = %(tenant)s AND space = %(space)s AND kind = 'message' ORDER BY version, number

-- name: get
-- Rows by their ids.
SELECT kind, id, at, body, version FROM satchel.rows
WHERE tenant = %(tenant)s AND space = %(space)s AND kind = %(kind)s AND id = ANY(%(ids)s)

-- name: marked
-- The rows behind marks.
SELECT mark, id FROM satchel.marks WHERE tenant = %(tenant)s AND space = %(space)s AND mark = ANY(%(marks)s)

-- name: marks
-- Every mark of a space.
SELECT mark, id FROM satchel.marks WHERE tenant = %(tenant)s AND space = %(space)s ORDER BY mark

-- name: count
-- How many rows of a kind there are.
SELECT count(*) FROM satchel.rows WHERE tenant = %(tenant)s AND space = %(space)s AND kind = %(kind)s

-- name: put
-- A new row.
INSERT INTO satchel.rows (tenant, space, kind, id, version, number, at, body)
VALUES (%(tenant)s, %(space)s, %(kind)s, %(id)s, %(version)s, %(number)s, %(at)s, %(body)s)

-- name: remove
-- Rows that are gone.
DELETE FROM satchel.rows
WHERE tenant = %(tenant)s AND space = %(space)s AND kind = %(kind)s AND id = ANY(%(ids)s)

-- name: remove_all
-- Every row of a space.
DELETE FROM satchel.rows WHERE tenant = %(tenant)s AND space = %(space)s

-- name: mark
-- A new mark.
INSERT INTO satchel.marks (tenant, space, mark, id) VALUES (%(tenant)s, %(space)s, %(mark)s, %(id)s)

-- name: unmark
-- Marks of rows that are gone, unless another row has their id.
DELETE FROM satchel.marks WHERE tenant = %(tenant)s AND space = %(space)s AND id = ANY(%(ids)s) AND NOT EXISTS (
  SELECT 1 FROM satchel.rows
  WHERE rows.tenant = %(tenant)s AND rows.space = %(space)s
  AND rows.kind IN ('message', 'call') AND rows.id = marks.id
)

-- name: unmark_all
-- Every mark of a space.
DELETE FROM satchel.marks WHERE tenant = %(tenant)s AND space = %(space)s
