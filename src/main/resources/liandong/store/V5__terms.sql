-- What a decision can be found by besides, one row for each term of each entry: 'row DUTY-0086', 'rule RTE-020', 'body …',
-- 'outcome …', … Entries no longer share rows (see docs/decisions/0020-journal-index.md).
CREATE TABLE decision_term (
    term    TEXT   NOT NULL,
    kept_at BIGINT NOT NULL,
    no      BIGINT NOT NULL,
    PRIMARY KEY (term, kept_at, no)
) ${clustered};

-- From what the decisions say themselves: a line of marks for each term.
INSERT INTO decision_term (term, kept_at, no)
WITH RECURSIVE part (term, kept_at, no, rest) AS (
    SELECT '', kept_at, no, marks || '
' FROM decision
    UNION ALL
    SELECT substr(rest, 1, ${find}(rest, '
') - 1), kept_at, no, substr(rest, ${find}(rest, '
') + 1) FROM part WHERE rest <> ''
)
SELECT term, kept_at, no FROM part WHERE term <> ''
ON CONFLICT DO NOTHING;

DROP TABLE decision_mark;
