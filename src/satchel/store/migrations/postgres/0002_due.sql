-- Workers find the jobs that are due in all spaces by their time, which is in clear, without a key. On a cluster each
-- shard has its part of this index.

CREATE INDEX rows_due ON satchel.rows (at) WHERE kind = 'job';
