-- A tick is of an account as a whole (part is empty) or of one product of it: the code of a savings or loan product,
-- '-' for the loans that follow none.
CREATE TABLE opening_tick_new (
    account_id INTEGER NOT NULL REFERENCES account (id),
    part TEXT NOT NULL,
    amount INTEGER NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (account_id, part)
) STRICT;
INSERT INTO opening_tick_new (account_id, part, amount, actor, at)
    SELECT account_id, '', amount, actor, at FROM opening_tick;
DROP TABLE opening_tick;
ALTER TABLE opening_tick_new RENAME TO opening_tick;
