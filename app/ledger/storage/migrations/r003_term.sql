-- Term deposits and their certificates.

-- What was agreed on one certificate. Its money stands on a savings account of its own that carries the
-- certificate's number. paid_from: the day from which the interest of the first term is still to be paid (its
-- start, or later when it was taken over). interest_into: the savings product that gets the interest, NULL for
-- cash. A number is used once among the certificates that stand.
CREATE TABLE term_deposit (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL CHECK (number <> ''),
    party_id INTEGER NOT NULL REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    savings_account_id INTEGER NOT NULL REFERENCES savings_account (id) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
    rate TEXT NOT NULL,
    term INTEGER NOT NULL CHECK (term > 0),
    interest TEXT NOT NULL CHECK (interest IN ('monthly', 'maturity')),
    interest_into INTEGER REFERENCES savings_product (id),
    interest_number TEXT NOT NULL DEFAULT '',
    roll_over TEXT NOT NULL CHECK (roll_over IN ('none', 'principal', 'all')),
    penalty_percent TEXT NOT NULL DEFAULT '0',
    paid_from TEXT NOT NULL,
    running_since TEXT
) STRICT;
CREATE INDEX term_deposit_account ON term_deposit (savings_account_id);

-- What an entry did to a deposit. standing: 1, or -1 for a row that takes an earlier one back, with every amount
-- negated. run counts the terms, 1 before the first roll-over. first and through: the days of the term (open, roll)
-- or those whose interest is paid (interest, close), through itself not among them. base: what a new term earns on.
CREATE TABLE term_deposit_movement (
    id INTEGER PRIMARY KEY,
    term_deposit_id INTEGER NOT NULL REFERENCES term_deposit (id) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
    date TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('open', 'interest', 'roll', 'close')),
    standing INTEGER NOT NULL CHECK (standing IN (-1, 1)),
    run INTEGER NOT NULL CHECK (run > 0),
    first TEXT NOT NULL,
    through TEXT NOT NULL CHECK (through >= first),
    base INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    interest INTEGER NOT NULL,
    tax INTEGER NOT NULL,
    penalty INTEGER NOT NULL
) STRICT;
CREATE INDEX term_deposit_movement_deposit ON term_deposit_movement (term_deposit_id);
CREATE INDEX term_deposit_movement_entry ON term_deposit_movement (entry_id);
