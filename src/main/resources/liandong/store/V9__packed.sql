-- The texts of a decision in few bytes (see docs/decisions/0027-packed-decisions.md). Decisions that were kept before stay
-- as they are.

-- What many decisions say in the same words: reasons, terms with their labels, marks. Kept once, for all of them. Rows are
-- only added; a text that two services meet at once may be there twice.
CREATE TABLE decision_text (
    no   ${key},
    text TEXT NOT NULL
);

-- Request, answer, marks and policy, packed; these columns are empty then. Null: they stand there.
ALTER TABLE decision ADD COLUMN packed ${bytes};
