-- Entries written together share one row for each mark. It stands under the last of them that has the mark, and says
-- which ones have it as their distances back from that one, the last first: '0,3,17'.
ALTER TABLE decision_mark ADD COLUMN entries TEXT NOT NULL DEFAULT '0';
