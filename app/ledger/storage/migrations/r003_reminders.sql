-- Letters that remind a member of a late loan.

-- The rules: a letter is due when the loan is `overdue` days behind and `after` days went by since the letter before
-- it; it gives the member `pay_within` days. They are the cooperative's own.
CREATE TABLE reminder_step (
    step INTEGER PRIMARY KEY CHECK (step BETWEEN 1 AND 3),
    overdue INTEGER NOT NULL CHECK (overdue >= 1),
    after INTEGER NOT NULL CHECK (after >= 0),
    pay_within INTEGER NOT NULL CHECK (pay_within >= 1)
) STRICT;
INSERT INTO reminder_step (step, overdue, after, pay_within) VALUES (1, 7, 0, 7), (2, 21, 14, 7), (3, 35, 14, 7);

-- A letter that was sent. amount is what it asked for, rupiah: a memo, never posted.
CREATE TABLE reminder (
    id INTEGER PRIMARY KEY,
    loan_id INTEGER NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    number TEXT NOT NULL CHECK (number <> '') UNIQUE COLLATE NOCASE,
    date TEXT NOT NULL,
    step INTEGER NOT NULL CHECK (step BETWEEN 1 AND 3),
    channel TEXT NOT NULL CHECK (channel IN ('letter', 'whatsapp')),
    amount INTEGER NOT NULL CHECK (amount > 0),
    pay_by TEXT NOT NULL CHECK (pay_by > date)
) STRICT;
CREATE INDEX reminder_loan ON reminder (loan_id);
