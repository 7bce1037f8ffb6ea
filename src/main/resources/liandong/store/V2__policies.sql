-- Times are milliseconds since 1970-01-01T00:00Z. Nothing here is ever changed or removed: rows are only added.

-- What is in a file of a policy, whichever policies it belongs to.
CREATE TABLE policy_blob (
    hash  TEXT     NOT NULL PRIMARY KEY, -- SHA-256 of the bytes, in hexadecimal
    bytes ${bytes} NOT NULL
);

-- A whole policy: all its files, scenarios included.
CREATE TABLE policy_content (
    hash    TEXT   NOT NULL PRIMARY KEY, -- SHA-256 of all paths and contents
    version TEXT   NOT NULL,             -- the same without scenarios: what decisions name
    kept_at BIGINT NOT NULL
);

CREATE TABLE policy_file (
    content TEXT NOT NULL,
    path    TEXT NOT NULL,
    blob    TEXT NOT NULL,
    PRIMARY KEY (content, path)
) ${clustered};

-- A version that decisions were made by, and the label they carry. It stays as it was first, so that a decision can be
-- made again to the byte.
CREATE TABLE policy_version (
    version TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL,
    label   TEXT NOT NULL
);

-- What was made live. Which policy is live follows from these rows and the time alone.
CREATE TABLE publication (
    no           BIGINT NOT NULL PRIMARY KEY, -- one more than the one before: of two at once, one is too late
    policy       BIGINT NOT NULL,
    content      TEXT   NOT NULL,
    version      TEXT   NOT NULL,
    effective_at BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    person       TEXT   NOT NULL,
    kind         TEXT   NOT NULL,
    restores     BIGINT                       -- the publication that a rollback went back to
);

CREATE INDEX publication_by_time ON publication (effective_at, no);
CREATE INDEX publication_by_policy ON publication (policy, no);

-- What became of a publication: it came into force, or was called off before. Whichever is written first counts, and a
-- clock that is set back later does not undo it.
CREATE TABLE publication_fate (
    no     BIGINT NOT NULL PRIMARY KEY,
    fate   TEXT   NOT NULL,
    at     BIGINT NOT NULL,
    person TEXT   NOT NULL
);

-- What happened to a policy on its way, from which its state follows.
CREATE TABLE policy_event (
    policy  BIGINT NOT NULL,
    seq     BIGINT NOT NULL, -- from 1, without gaps: of two at once, one is too late
    at      BIGINT NOT NULL,
    person  TEXT   NOT NULL,
    what    TEXT   NOT NULL,
    content TEXT   NOT NULL,
    label   TEXT   NOT NULL,
    seen    BIGINT NOT NULL, -- the last publication there was
    note    TEXT   NOT NULL,
    PRIMARY KEY (policy, seq)
) ${clustered};
