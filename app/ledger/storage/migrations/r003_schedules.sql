-- Schedules made by hand, and loans restructured.

-- Kind restructuring: the old agreement ends and the new one begins; interest behind that became principal is lent
-- (disbursed) and settled (interest) in one.
CREATE TABLE loan_transaction_new (
    id INTEGER PRIMARY KEY,
    loan_id INTEGER NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    date TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('opening', 'disbursement', 'instalment', 'held', 'payoff', 'writeoff',
        'recovery', 'restructuring')),
    disbursed INTEGER NOT NULL DEFAULT 0,
    principal INTEGER NOT NULL DEFAULT 0,
    interest INTEGER NOT NULL DEFAULT 0,
    penalty INTEGER NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0,
    recovered INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO loan_transaction_new
    SELECT id, loan_id, entry_id, date, kind, disbursed, principal, interest, penalty, held, recovered
    FROM loan_transaction ORDER BY id;
DROP TABLE loan_transaction;
ALTER TABLE loan_transaction_new RENAME TO loan_transaction;
CREATE INDEX loan_transaction_loan ON loan_transaction (loan_id, date, id);
CREATE INDEX loan_transaction_date ON loan_transaction (date);
CREATE INDEX loan_transaction_entry ON loan_transaction (entry_id);

-- The agreed schedule of a loan, made by hand, with what older books had received on each instalment, rupiah. What
-- of it was left is version 1 of the loan's schedule.
CREATE TABLE loan_hand_instalment (
    loan_id INTEGER NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL CHECK (number > 0),
    due TEXT NOT NULL,
    principal INTEGER NOT NULL CHECK (principal >= 0),
    interest INTEGER NOT NULL CHECK (interest >= 0),
    principal_paid INTEGER NOT NULL CHECK (principal_paid BETWEEN 0 AND principal),
    interest_paid INTEGER NOT NULL CHECK (interest_paid BETWEEN 0 AND interest),
    PRIMARY KEY (loan_id, number)
) STRICT;

-- A restructuring made version `version` of the loan's schedule. It stands while that version is among those that
-- led to the one that holds. The terms are those of the new schedule, whose instalments have the numbers after
-- `base`; starts_on is the day from which they count. capitalised: interest behind that became principal; charged:
-- penalty that had come up till then (a memo). class is what the loan was in, and stays in until enough instalments
-- in a row are paid on time.
CREATE TABLE loan_restructuring (
    entry_id INTEGER PRIMARY KEY REFERENCES entry (id),
    loan_id INTEGER NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    date TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('rescheduling', 'reconditioning', 'restructuring')),
    base INTEGER NOT NULL CHECK (base >= 0),
    principal INTEGER NOT NULL CHECK (principal > 0),
    starts_on TEXT NOT NULL,
    rate TEXT NOT NULL,
    per TEXT NOT NULL CHECK (per IN ('year', 'month', 'term')),
    method TEXT NOT NULL CHECK (method IN ('flat', 'declining', 'annuity', 'bullet')),
    term INTEGER NOT NULL CHECK (term > 0),
    every TEXT NOT NULL CHECK (every IN ('month', 'week', 'day')),
    first_due TEXT NOT NULL,
    grace INTEGER NOT NULL CHECK (grace >= 0),
    capitalised INTEGER NOT NULL CHECK (capitalised >= 0),
    charged INTEGER NOT NULL CHECK (charged >= 0),
    class TEXT NOT NULL CHECK (class IN ('current', 'special_mention', 'substandard', 'doubtful', 'loss')),
    reason TEXT NOT NULL CHECK (reason <> ''),
    approved_by TEXT NOT NULL CHECK (approved_by <> ''),
    UNIQUE (loan_id, version)
) STRICT;

INSERT INTO rate (key, valid_from, value, basis)
    SELECT 'loan_restructured_on_time', '2000-01-01', '3',
        'Policy of the cooperative, to be changed by it: instalments in a row paid on time before the class of a restructured loan can improve'
    WHERE EXISTS (SELECT 1 FROM rate);
