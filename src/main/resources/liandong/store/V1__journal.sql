-- Times are milliseconds since 1970-01-01T00:00Z; hashes are SHA-256 in hexadecimal.

-- One run of one process. The entries it keeps follow each other by hashes, from its start on.
CREATE TABLE chain (
    no          ${key},
    follows     BIGINT NOT NULL,            -- the chain begun before it; 0 for the first
    host        TEXT   NOT NULL,
    program     TEXT   NOT NULL,
    started_at  BIGINT NOT NULL,
    -- of the start of the chain before and of the fields above: a chain that is taken away leaves a gap
    start_hash  TEXT   NOT NULL,
    -- the last entry: one that is taken away from the end leaves a gap too
    length      BIGINT NOT NULL,
    head        TEXT   NOT NULL,
    -- what retention has taken away from its beginning, and the hash of the last entry of that
    pruned      BIGINT NOT NULL,
    pruned_head TEXT   NOT NULL
);

-- One answer given.
CREATE TABLE decision (
    no         BIGINT NOT NULL PRIMARY KEY, -- its chain * 2^40 + its place in the chain, from 1
    id         TEXT   NOT NULL,
    kept_at    BIGINT NOT NULL,             -- when it was answered
    kind       TEXT   NOT NULL,
    subject    TEXT   NOT NULL,             -- the incident
    outcome    TEXT   NOT NULL,
    policy     TEXT   NOT NULL,
    caller     TEXT   NOT NULL,
    personal   TEXT   NOT NULL,             -- what was done to the personal fields of the request
    request    TEXT   NOT NULL,             -- the facts, with the moment decided for
    answer     TEXT   NOT NULL,
    marks      TEXT   NOT NULL,             -- a line each, see decision_mark
    hash       TEXT   NOT NULL            -- of the entry before and of the fields above
);

CREATE INDEX decision_by_id ON decision (id);
CREATE INDEX decision_by_subject ON decision (subject, kept_at, no);
CREATE INDEX decision_by_time ON decision (kept_at, no);

-- What a decision can be found by besides: 'row DUTY-0086', 'rule RTE-020', 'body …', 'outcome …', …
CREATE TABLE decision_mark (
    mark    TEXT   NOT NULL,
    kept_at BIGINT NOT NULL,
    no      BIGINT NOT NULL,
    PRIMARY KEY (mark, kept_at, no)
) ${clustered};
