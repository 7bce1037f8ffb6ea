-- Who changed what beside the decisions, each tied to the one before by its hash: steps of policies, publications, keys,
-- prunes. Rows are only added.
CREATE TABLE audit_entry (
    no       BIGINT NOT NULL PRIMARY KEY, -- from 1, without gaps
    at       BIGINT NOT NULL,
    person   TEXT   NOT NULL,
    what     TEXT   NOT NULL,             -- 'APPROVED', 'REVOKED', …
    subject  TEXT   NOT NULL,             -- the row it is about: 'policy 2 step 4', 'publication 3', 'key 3f0c9a1e', 'chain 2'
    row_hash TEXT   NOT NULL,             -- of that row as it was afterwards
    hash     TEXT   NOT NULL              -- of the entry before and of the fields above
);

-- The last entry: one that is taken away from the end leaves a gap too. One row.
CREATE TABLE audit_head (
    length BIGINT NOT NULL,
    head   TEXT   NOT NULL
);

INSERT INTO audit_head (length, head) VALUES (0, '');
