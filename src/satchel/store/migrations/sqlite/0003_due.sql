-- Workers find the jobs that are due in all spaces by their time, which is in clear, without a key.

CREATE INDEX rows_due ON rows (at) WHERE live = 1 AND kind = 'job';
