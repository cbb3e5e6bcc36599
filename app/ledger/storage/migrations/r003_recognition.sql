-- Loan products with their own accounts, caps on penalties, required savings; when interest is recognised.

-- ledger_id keeps the principal and interest_id takes the interest of what is lent (NULL: the standard ones).
-- penalty_cap (rupiah) and penalty_cap_percent are the most that penalty comes to, 0 for no end: of each
-- instalment, the percentage of its amount; or of the whole loan, the percentage of its principal.
-- required_percent of the principal and required_amount (rupiah) are savings that a loan asks for: owned
-- before, or taken off at disbursement into Simpanan Wajib Pinjam.
ALTER TABLE loan_product ADD COLUMN ledger_id INTEGER REFERENCES account (id);
ALTER TABLE loan_product ADD COLUMN interest_id INTEGER REFERENCES account (id);
ALTER TABLE loan_product ADD COLUMN penalty_cap INTEGER NOT NULL DEFAULT 0 CHECK (penalty_cap >= 0);
ALTER TABLE loan_product ADD COLUMN penalty_cap_percent TEXT NOT NULL DEFAULT '0';
ALTER TABLE loan_product ADD COLUMN penalty_cap_per TEXT NOT NULL DEFAULT 'instalment'
    CHECK (penalty_cap_per IN ('instalment', 'loan'));
ALTER TABLE loan_product ADD COLUMN required_percent TEXT NOT NULL DEFAULT '0';
ALTER TABLE loan_product ADD COLUMN required_amount INTEGER NOT NULL DEFAULT 0 CHECK (required_amount >= 0);
ALTER TABLE loan_product ADD COLUMN required_from TEXT NOT NULL DEFAULT 'owned'
    CHECK (required_from IN ('owned', 'deducted'));

ALTER TABLE loan ADD COLUMN ledger_id INTEGER REFERENCES account (id);
ALTER TABLE loan ADD COLUMN interest_id INTEGER REFERENCES account (id);
ALTER TABLE loan ADD COLUMN penalty_cap INTEGER NOT NULL DEFAULT 0 CHECK (penalty_cap >= 0);
ALTER TABLE loan ADD COLUMN penalty_cap_percent TEXT NOT NULL DEFAULT '0';
ALTER TABLE loan ADD COLUMN penalty_cap_per TEXT NOT NULL DEFAULT 'instalment'
    CHECK (penalty_cap_per IN ('instalment', 'loan'));

-- From which month on interest is income when it is received (cash) or when it is earned (accrual), and the
-- class from which on a loan earns no more until it is better.
CREATE TABLE loan_recognition (
    month TEXT PRIMARY KEY,
    method TEXT NOT NULL CHECK (method IN ('cash', 'accrual')),
    stops_at TEXT NOT NULL CHECK (stops_at IN ('special_mention', 'substandard', 'doubtful', 'loss'))
) STRICT;

-- Interest that stands on 1-1211 as earned and not received, signed rupiah: what adds to it positive.
CREATE TABLE loan_accrual (
    id INTEGER PRIMARY KEY,
    loan_id INTEGER NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    date TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('opening', 'run', 'received', 'ended')),
    amount INTEGER NOT NULL CHECK (amount <> 0)
) STRICT;
CREATE INDEX loan_accrual_loan ON loan_accrual (loan_id);
CREATE INDEX loan_accrual_entry ON loan_accrual (entry_id);

-- Books made before have the account and not what it is for.
UPDATE account SET role = 'loan_interest_receivable'
    WHERE code = '1-1211' AND role IS NULL AND heading = 0
    AND EXISTS (SELECT 1 FROM book WHERE kind = 'cooperative');
