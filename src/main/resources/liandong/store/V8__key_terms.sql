-- Until when, and from where, a key counts. A table of its own: the audit log has hashed the rows of access_key as they are.
CREATE TABLE key_terms (
    id         TEXT NOT NULL PRIMARY KEY REFERENCES access_key (id),
    expires_at BIGINT,                      -- null: it does not expire
    addresses  TEXT NOT NULL                -- '10.2.0.0/16,10.3.0.7'; empty: from everywhere
);
