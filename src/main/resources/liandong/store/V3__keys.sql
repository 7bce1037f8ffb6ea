-- A key that opens the service. Rows are never removed: as long as there is one, nobody gets in without a key.
CREATE TABLE access_key (
    id         TEXT   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,             -- the person or system it was given to
    roles      TEXT   NOT NULL,             -- 'caller,editor'
    hash       TEXT   NOT NULL,             -- SHA-256 of the secret, in hexadecimal; the secret is kept nowhere
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);
