-- Who is sent what is decided, how far, and what they would not take (docs/decisions/0044-outbox.md).
CREATE TABLE webhook (
    name      TEXT   NOT NULL PRIMARY KEY,
    url       TEXT   NOT NULL,
    added_at  BIGINT NOT NULL,
    holder    TEXT   NOT NULL, -- which process sends, and until when no other does
    until     BIGINT NOT NULL,
    delivered BIGINT NOT NULL, -- how many it has taken
    failed    BIGINT NOT NULL, -- how often it did not
    fault     TEXT   NOT NULL, -- why it did not the last time, in a word; empty once it takes something again
    ended_at  BIGINT           -- when it said that it wants no more
);

-- Up to which place of each chain what is there was taken, or stands in webhook_event.
CREATE TABLE webhook_cursor (
    name  TEXT   NOT NULL,
    chain BIGINT NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (name, chain)
) ${clustered};

-- Decisions behind the cursors that were not taken: they wait for the next try, or behind another of their incident, or have
-- been given up.
CREATE TABLE webhook_event (
    name    TEXT   NOT NULL,
    no      BIGINT NOT NULL,   -- of the decision
    kept_at BIGINT NOT NULL,
    subject TEXT   NOT NULL,
    tries   BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    fault   TEXT   NOT NULL,
    dead_at BIGINT,            -- when it was given up
    PRIMARY KEY (name, no)
) ${clustered};

CREATE INDEX webhook_event_waiting ON webhook_event (name, next_at) WHERE dead_at IS NULL;
CREATE INDEX webhook_event_by_subject ON webhook_event (name, subject, kept_at, no);
