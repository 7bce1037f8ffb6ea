-- What decisions can be found by is written behind them, by numbers (see docs/decisions/0020-journal-index.md).

-- The texts that decisions can be found by: 'row DUTY-0086', 'rule RTE-020', 'body …', 'outcome …', … Rows are only added.
CREATE TABLE term (
    no   ${key},
    name TEXT NOT NULL UNIQUE
);

-- How far each chain can be found by its terms: entries behind that place are still to be put into the index, from what they
-- say themselves, before anything is looked for in it.
CREATE TABLE indexed (
    chain BIGINT NOT NULL PRIMARY KEY,
    place BIGINT NOT NULL
);

INSERT INTO indexed (chain, place) SELECT no, length FROM chain;

ALTER TABLE decision_term RENAME TO decision_term_by_name;

CREATE TABLE decision_term (
    term    BIGINT NOT NULL, -- its number
    kept_at BIGINT NOT NULL,
    no      BIGINT NOT NULL,
    CONSTRAINT decision_term_key PRIMARY KEY (term, kept_at, no)
) ${clustered};

INSERT INTO term (name) SELECT DISTINCT term FROM decision_term_by_name WHERE term <> '' ORDER BY term;

INSERT INTO decision_term (term, kept_at, no)
SELECT t.no, d.kept_at, d.no FROM decision_term_by_name d JOIN term t ON t.name = d.term ORDER BY t.no, d.kept_at, d.no;

DROP TABLE decision_term_by_name;
