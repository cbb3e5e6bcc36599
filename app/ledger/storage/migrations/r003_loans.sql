-- Loan products, quality classes, allowance, write-off.

-- What loans of one kind have in common. A new loan takes its terms from here and keeps them as its own.
-- provision and penalty_percent are percentages, administration and penalty rupiah.
CREATE TABLE loan_product (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    rate TEXT NOT NULL,
    per TEXT NOT NULL CHECK (per IN ('year', 'month', 'term')),
    method TEXT NOT NULL CHECK (method IN ('flat', 'declining', 'annuity', 'bullet')),
    every TEXT NOT NULL CHECK (every IN ('month', 'week', 'day')),
    grace INTEGER NOT NULL CHECK (grace >= 0),
    basis TEXT NOT NULL CHECK (basis IN ('30/360', 'actual/365', 'actual/360')),
    round_to INTEGER NOT NULL CHECK (round_to > 0),
    rounding TEXT NOT NULL CHECK (rounding IN ('total', 'principal', 'each')),
    mode TEXT NOT NULL CHECK (mode IN ('nearest', 'up', 'down')),
    excess TEXT NOT NULL CHECK (excess IN ('hold', 'next', 'term', 'instalment')),
    provision TEXT NOT NULL,
    administration INTEGER NOT NULL CHECK (administration >= 0),
    penalty INTEGER NOT NULL CHECK (penalty >= 0),
    penalty_percent TEXT NOT NULL,
    penalty_per TEXT NOT NULL CHECK (penalty_per IN ('day', 'month')),
    allocation TEXT NOT NULL CHECK (allocation IN ('interest-first', 'principal-first', 'penalty-first')),
    active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

ALTER TABLE loan ADD COLUMN product_id INTEGER REFERENCES loan_product (id);
ALTER TABLE loan ADD COLUMN penalty INTEGER NOT NULL DEFAULT 0 CHECK (penalty >= 0);
ALTER TABLE loan ADD COLUMN penalty_percent TEXT NOT NULL DEFAULT '0';
ALTER TABLE loan ADD COLUMN penalty_per TEXT NOT NULL DEFAULT 'day' CHECK (penalty_per IN ('day', 'month'));
ALTER TABLE loan ADD COLUMN allocation TEXT NOT NULL DEFAULT 'interest-first'
    CHECK (allocation IN ('interest-first', 'principal-first', 'penalty-first'));

-- Kinds writeoff (principal leaves the books; less what was kept aside it is the loss) and recovery
-- (money after that, income). Otherwise as before.
CREATE TABLE loan_transaction_new (
    id INTEGER PRIMARY KEY,
    loan_id INTEGER NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    date TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('opening', 'disbursement', 'instalment', 'held', 'payoff', 'writeoff',
        'recovery')),
    disbursed INTEGER NOT NULL DEFAULT 0,
    principal INTEGER NOT NULL DEFAULT 0,
    interest INTEGER NOT NULL DEFAULT 0,
    penalty INTEGER NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0,
    recovered INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO loan_transaction_new
    SELECT id, loan_id, entry_id, date, kind, disbursed, principal, interest, penalty, held, 0
    FROM loan_transaction ORDER BY id;
DROP TABLE loan_transaction;
ALTER TABLE loan_transaction_new RENAME TO loan_transaction;
CREATE INDEX loan_transaction_loan ON loan_transaction (loan_id, date, id);
CREATE INDEX loan_transaction_date ON loan_transaction (date);
CREATE INDEX loan_transaction_entry ON loan_transaction (entry_id);

-- Why a loan was written off, and what the member owed beside the principal (a memo, never posted).
CREATE TABLE loan_write_off (
    entry_id INTEGER PRIMARY KEY REFERENCES entry (id),
    loan_id INTEGER NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    reason TEXT NOT NULL CHECK (reason <> ''),
    interest INTEGER NOT NULL CHECK (interest >= 0),
    penalty INTEGER NOT NULL CHECK (penalty >= 0)
) STRICT;
CREATE INDEX loan_write_off_loan ON loan_write_off (loan_id);

-- Penalty let go, signed: taking a waiver back is a row of the opposite sign.
CREATE TABLE loan_waiver (
    id INTEGER PRIMARY KEY,
    loan_id INTEGER NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    date TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount <> 0),
    reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;
CREATE INDEX loan_waiver_loan ON loan_waiver (loan_id);

-- A person's judgement of a loan in place of the rule's, from a day on; class NULL ends it. ruled is what the
-- rule said then: where it says worse later, the worse one counts.
CREATE TABLE loan_judgement (
    id INTEGER PRIMARY KEY,
    loan_id INTEGER NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    date TEXT NOT NULL,
    class TEXT CHECK (class IN ('current', 'special_mention', 'substandard', 'doubtful', 'loss')),
    ruled TEXT NOT NULL CHECK (ruled IN ('current', 'special_mention', 'substandard', 'doubtful', 'loss')),
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX loan_judgement_loan ON loan_judgement (loan_id);

CREATE TABLE loan_collateral (
    id INTEGER PRIMARY KEY,
    loan_id INTEGER NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    value INTEGER NOT NULL CHECK (value >= 0),
    document TEXT NOT NULL
) STRICT;
CREATE INDEX loan_collateral_loan ON loan_collateral (loan_id);

CREATE TABLE loan_guarantor (
    id INTEGER PRIMARY KEY,
    loan_id INTEGER NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL CHECK (name <> '')
) STRICT;
CREATE INDEX loan_guarantor_loan ON loan_guarantor (loan_id);

-- The tables of rules by which loans are classed; the chosen one counts.
CREATE TABLE loan_ruleset (
    name TEXT PRIMARY KEY,
    chosen INTEGER NOT NULL CHECK (chosen IN (0, 1))
) STRICT;

-- How much of the principal left of a class should stand in the allowance, in percent.
CREATE TABLE loan_class (
    ruleset TEXT NOT NULL REFERENCES loan_ruleset (name),
    class TEXT NOT NULL CHECK (class IN ('current', 'special_mention', 'substandard', 'doubtful', 'loss')),
    percent TEXT NOT NULL,
    PRIMARY KEY (ruleset, class)
) STRICT;

-- One rule: the first in order of place that fits gives the class, none leaves the loan current. It fits where
-- principal or interest is behind for longer than principal_over or interest_over days or months (NULL: does
-- not matter), the loan is repaid so (short: by day or week, month, end: principal at the end), and the
-- collateral is worth at least so many percent of principal left and interest behind.
CREATE TABLE loan_class_rule (
    ruleset TEXT NOT NULL REFERENCES loan_ruleset (name),
    place INTEGER NOT NULL,
    class TEXT NOT NULL CHECK (class IN ('special_mention', 'substandard', 'doubtful', 'loss')),
    unit TEXT NOT NULL CHECK (unit IN ('days', 'months')),
    repaid TEXT NOT NULL CHECK (repaid IN ('any', 'short', 'month', 'end')),
    principal_over INTEGER CHECK (principal_over >= 0),
    interest_over INTEGER CHECK (interest_over >= 0),
    collateral INTEGER NOT NULL CHECK (collateral >= 0),
    PRIMARY KEY (ruleset, place)
) STRICT;

INSERT INTO loan_ruleset (name, chosen) VALUES ('days', 1), ('cooperative', 0);
INSERT INTO loan_class (ruleset, class, percent) VALUES
    ('days', 'current', '0.5'), ('days', 'special_mention', '3'), ('days', 'substandard', '10'),
    ('days', 'doubtful', '50'), ('days', 'loss', '100'),
    ('cooperative', 'current', '0'), ('cooperative', 'special_mention', '0'),
    ('cooperative', 'substandard', '50'), ('cooperative', 'doubtful', '75'), ('cooperative', 'loss', '100');
INSERT INTO loan_class_rule
    (ruleset, place, class, unit, repaid, principal_over, interest_over, collateral) VALUES
    ('days', 1, 'loss', 'days', 'any', 180, 180, 0),
    ('days', 2, 'doubtful', 'days', 'any', 120, 120, 0),
    ('days', 3, 'substandard', 'days', 'any', 90, 90, 0),
    ('days', 4, 'special_mention', 'days', 'any', 0, 0, 0),
    -- Doubtful for more than 21 months without a way out is a loss.
    ('cooperative', 1, 'loss', 'months', 'short', 23, 24, 0),
    ('cooperative', 2, 'doubtful', 'months', 'short', 2, 3, 75),
    ('cooperative', 3, 'loss', 'months', 'short', 2, 3, 0),
    ('cooperative', 4, 'substandard', 'months', 'short', 1, 1, 0),
    ('cooperative', 5, 'loss', 'months', 'month', 27, 27, 0),
    ('cooperative', 6, 'doubtful', 'months', 'month', 6, 6, 75),
    ('cooperative', 7, 'loss', 'months', 'month', 6, 6, 0),
    ('cooperative', 8, 'substandard', 'months', 'month', 3, 3, 0),
    ('cooperative', 9, 'loss', 'months', 'end', 24, 27, 0),
    ('cooperative', 10, 'doubtful', 'months', 'end', 3, 6, 75),
    ('cooperative', 11, 'loss', 'months', 'end', 3, 6, 0),
    ('cooperative', 12, 'substandard', 'months', 'end', 0, 3, 0);

-- Books made before have the accounts and not what they are for, and lack what law gave meanwhile; a new
-- book gets both from the standard chart and the shipped table.
UPDATE account SET role = 'loan_allowance'
    WHERE code = '1-1209' AND role IS NULL AND heading = 0
    AND EXISTS (SELECT 1 FROM book WHERE kind = 'cooperative');
UPDATE account SET role = 'loan_allowance_cost'
    WHERE code = '6-2006' AND role IS NULL AND heading = 0
    AND EXISTS (SELECT 1 FROM book WHERE kind = 'cooperative');
INSERT INTO rate (key, valid_from, value, basis)
    SELECT 'loan_limit_related_percent', '2023-08-01', '10',
        'Permenkop UKM 8/2023 ps. 44: percent of own capital, to officers and supervisors; warned about, not enforced'
    WHERE EXISTS (SELECT 1 FROM rate);
INSERT INTO rate (key, valid_from, value, basis)
    SELECT 'loan_limit_other_percent', '2023-08-01', '15',
        'Permenkop UKM 8/2023 ps. 45: percent of own capital, to any other member; warned about, not enforced'
    WHERE EXISTS (SELECT 1 FROM rate);
