-- Keys that personal fields were encrypted with before, each encrypted with the present one, which is kept nowhere.
CREATE TABLE personal_key (
    id      TEXT NOT NULL PRIMARY KEY, -- what texts call it: 16 hexadecimal digits of its SHA-256
    wrapped TEXT NOT NULL
);
