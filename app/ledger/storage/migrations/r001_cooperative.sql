-- Members, their savings and their loans.

-- left_on: the day the exit was accepted. Whether anything is still owed to a member who left, the savings say.
CREATE TABLE member (
    party_id INTEGER PRIMARY KEY REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    status TEXT NOT NULL CHECK (status IN ('prospective', 'active')),
    joined TEXT,
    left_on TEXT,
    leave_reason TEXT NOT NULL DEFAULT '' CHECK (leave_reason IN ('', 'resignation', 'death', 'dismissal')),
    leave_note TEXT NOT NULL DEFAULT '',
    body INTEGER NOT NULL DEFAULT 0 CHECK (body IN (0, 1)),
    nik TEXT NOT NULL DEFAULT '',
    sex TEXT NOT NULL DEFAULT '' CHECK (sex IN ('', 'male', 'female')),
    birth_place TEXT NOT NULL DEFAULT '',
    birth_date TEXT,
    occupation TEXT NOT NULL DEFAULT '',
    village TEXT NOT NULL DEFAULT '',
    team TEXT NOT NULL DEFAULT '',
    institution TEXT NOT NULL DEFAULT '',
    mandatory INTEGER NOT NULL DEFAULT 0 CHECK (mandatory >= 0),
    heir TEXT NOT NULL DEFAULT '',
    heir_relation TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE savings_product (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('share', 'mandatory', 'voluntary', 'term', 'loan_required')),
    account_id INTEGER NOT NULL REFERENCES account (id),
    amount INTEGER NOT NULL DEFAULT 0 CHECK (amount >= 0),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

-- One member's account in one product. held_in is the ledger account that carries its balance:
-- the product's own, or 2-1503 once the member's exit is accepted.
CREATE TABLE savings_account (
    id INTEGER PRIMARY KEY,
    party_id INTEGER NOT NULL REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    product_id INTEGER NOT NULL REFERENCES savings_product (id),
    number TEXT NOT NULL,
    held_in INTEGER NOT NULL REFERENCES account (id),
    balance INTEGER NOT NULL DEFAULT 0 CHECK (balance >= 0),
    paid_through TEXT,
    UNIQUE (product_id, party_id, number)
) STRICT;
CREATE INDEX savings_account_party ON savings_account (party_id);

-- Signed rupiah, what adds to the account positive. ledger_id is the ledger account that the amount moved:
-- an exit is a pair of rows, out of the product's account and into 2-1503.
CREATE TABLE savings_movement (
    id INTEGER PRIMARY KEY,
    savings_account_id INTEGER NOT NULL REFERENCES savings_account (id) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    ledger_id INTEGER NOT NULL REFERENCES account (id),
    date TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('opening', 'deposit', 'withdrawal', 'interest', 'tax',
        'transfer', 'instalment', 'exit')),
    amount INTEGER NOT NULL CHECK (amount <> 0)
) STRICT;
CREATE INDEX savings_movement_account ON savings_movement (savings_account_id, date, id, amount);
CREATE INDEX savings_movement_date ON savings_movement (date);
CREATE INDEX savings_movement_entry ON savings_movement (entry_id);
CREATE INDEX savings_movement_opening ON savings_movement (savings_account_id, amount) WHERE kind = 'opening';

-- A number is used once among the loans that stand; one taken back may leave its number to its correction.
CREATE TABLE loan (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL CHECK (number <> ''),
    party_id INTEGER NOT NULL REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    disbursed_on TEXT NOT NULL,
    principal INTEGER NOT NULL CHECK (principal > 0),
    rate TEXT NOT NULL,
    per TEXT NOT NULL CHECK (per IN ('year', 'month', 'term')),
    method TEXT NOT NULL CHECK (method IN ('flat', 'declining', 'annuity', 'bullet')),
    term INTEGER NOT NULL CHECK (term > 0),
    every TEXT NOT NULL CHECK (every IN ('month', 'week', 'day')),
    first_due TEXT,
    grace INTEGER NOT NULL CHECK (grace >= 0),
    basis TEXT NOT NULL CHECK (basis IN ('30/360', 'actual/365', 'actual/360')),
    round_to INTEGER NOT NULL CHECK (round_to > 0),
    rounding TEXT NOT NULL CHECK (rounding IN ('total', 'principal', 'each')),
    mode TEXT NOT NULL CHECK (mode IN ('nearest', 'up', 'down')),
    excess TEXT NOT NULL CHECK (excess IN ('hold', 'next', 'term', 'instalment')),
    provision INTEGER NOT NULL DEFAULT 0 CHECK (provision >= 0),
    administration INTEGER NOT NULL DEFAULT 0 CHECK (administration >= 0),
    purpose TEXT NOT NULL DEFAULT '',
    running_since TEXT
) STRICT;
CREATE INDEX loan_party ON loan (party_id);
CREATE INDEX loan_number ON loan (number COLLATE NOCASE);

-- The instalments of a schedule, all of them: version 1 is the agreement (of a loan taken over: what is
-- left of it), later versions are made by payments that lower the principal or settle the loan.
CREATE TABLE loan_instalment (
    id INTEGER PRIMARY KEY,
    loan_id INTEGER NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    version INTEGER NOT NULL,
    number INTEGER NOT NULL,
    due TEXT NOT NULL,
    principal INTEGER NOT NULL CHECK (principal >= 0),
    interest INTEGER NOT NULL CHECK (interest >= 0),
    UNIQUE (loan_id, version, number)
) STRICT;

-- Which version holds from an entry on; the newest row counts. Instalments before `first` are settled;
-- what was paid in all, less principal_before and interest_before, goes to those from `first` on.
-- Taking an entry back adds a row that names the version before it again.
CREATE TABLE loan_schedule (
    id INTEGER PRIMARY KEY,
    loan_id INTEGER NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    date TEXT NOT NULL,
    version INTEGER NOT NULL,
    first INTEGER NOT NULL CHECK (first > 0),
    principal_before INTEGER NOT NULL CHECK (principal_before >= 0),
    interest_before INTEGER NOT NULL CHECK (interest_before >= 0)
) STRICT;
CREATE INDEX loan_schedule_loan ON loan_schedule (loan_id, id);
CREATE INDEX loan_schedule_entry ON loan_schedule (entry_id);

-- What happened to a loan: signed so that a reversal is the opposite row under the reversing entry.
-- disbursed: lent, or outstanding when taken over. principal, interest, penalty: paid by the member;
-- held: put aside (+) in or used (-) from 2-1501. Kind held: money put aside meets its due date.
CREATE TABLE loan_transaction (
    id INTEGER PRIMARY KEY,
    loan_id INTEGER NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    date TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('opening', 'disbursement', 'instalment', 'held', 'payoff')),
    disbursed INTEGER NOT NULL DEFAULT 0,
    principal INTEGER NOT NULL DEFAULT 0,
    interest INTEGER NOT NULL DEFAULT 0,
    penalty INTEGER NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX loan_transaction_loan ON loan_transaction (loan_id, date, id);
CREATE INDEX loan_transaction_date ON loan_transaction (date);
CREATE INDEX loan_transaction_entry ON loan_transaction (entry_id);

-- Penalty a member owed when the loan was taken over from older books (a memo, never posted).
CREATE TABLE loan_opening_penalty (
    loan_id INTEGER PRIMARY KEY REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    amount INTEGER NOT NULL CHECK (amount >= 0)
) STRICT;
