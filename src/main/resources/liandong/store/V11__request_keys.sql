-- Keys that callers send with requests, so that one that is sent again is not done again (docs/decisions/0032-idempotency-keys.md).
-- Rows are removed when they are old. Neither a key nor what was asked under it stands here.
CREATE TABLE request_key (
    id          TEXT   NOT NULL PRIMARY KEY, -- SHA-256 of the caller, the key and, of a stream, the line
    request     TEXT   NOT NULL,             -- SHA-256 of the key and of what was asked under it
    at          BIGINT NOT NULL,             -- when it was first sent
    decision    BIGINT,                      -- the decision that was kept together with this row; null: another request
    holder      TEXT,                        -- of another request: who is at it, and until when nobody else may be
    until       BIGINT,
    done        BIGINT,                      -- when it was done, written together with what it did
    status      INTEGER,                     -- what was answered; the body can be read with the key alone
    media_type  TEXT,
    disposition TEXT,
    answer      TEXT
);

CREATE INDEX request_key_by_time ON request_key (at);
