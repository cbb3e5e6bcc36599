-- Savings products as data: interest, holds, dated tariffs of mandatory savings.

-- expense_id: the account that bears the interest, the standard one when NULL. pays_into: the product whose account
-- gets the interest, the own one when NULL. keep: what has to stay in an account while one is a member.
ALTER TABLE savings_product ADD COLUMN expense_id INTEGER REFERENCES account (id);
ALTER TABLE savings_product ADD COLUMN pays_into INTEGER REFERENCES savings_product (id);
ALTER TABLE savings_product ADD COLUMN keep INTEGER NOT NULL DEFAULT 0 CHECK (keep >= 0);

-- How a product earns from a month on. tiers is written as "0:3,5000000:5"; minimum is the balance from which
-- anything is earned.
CREATE TABLE savings_terms (
    id INTEGER PRIMARY KEY,
    product_id INTEGER NOT NULL REFERENCES savings_product (id),
    month TEXT NOT NULL,
    rate TEXT NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('lowest', 'average', 'daily')),
    basis INTEGER NOT NULL CHECK (basis IN (365, 360, 12)),
    tiers TEXT NOT NULL DEFAULT '',
    minimum INTEGER NOT NULL DEFAULT 0 CHECK (minimum >= 0),
    round_to INTEGER NOT NULL DEFAULT 1 CHECK (round_to > 0),
    rounding TEXT NOT NULL DEFAULT 'nearest' CHECK (rounding IN ('nearest', 'up', 'down')),
    UNIQUE (product_id, month)
) STRICT;

-- What is asked for each month from a month on; savings_product.amount is what was asked before the first row.
CREATE TABLE savings_tariff (
    id INTEGER PRIMARY KEY,
    product_id INTEGER NOT NULL REFERENCES savings_product (id),
    month TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    UNIQUE (product_id, month)
) STRICT;

-- An amount that has to stay in an account until it is released.
CREATE TABLE savings_hold (
    id INTEGER PRIMARY KEY,
    savings_account_id INTEGER NOT NULL REFERENCES savings_account (id) DEFERRABLE INITIALLY DEFERRED,
    placed_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL CHECK (reason <> ''),
    loan TEXT NOT NULL DEFAULT '',
    released_on TEXT
) STRICT;
CREATE INDEX savings_hold_open ON savings_hold (savings_account_id) WHERE released_on IS NULL;

-- For which account and month an entry credited interest: what was earned in a month may be paid in another one,
-- and into another account. Under a reversal the amount is negative.
CREATE TABLE savings_interest (
    id INTEGER PRIMARY KEY,
    savings_account_id INTEGER NOT NULL REFERENCES savings_account (id) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    month TEXT NOT NULL,
    gross INTEGER NOT NULL CHECK (gross <> 0)
) STRICT;
CREATE INDEX savings_interest_entry ON savings_interest (entry_id);
CREATE INDEX savings_interest_month ON savings_interest (month);
INSERT INTO savings_interest (savings_account_id, entry_id, month, gross)
    SELECT savings_account_id, entry_id, substr(date, 1, 7), amount FROM savings_movement WHERE kind = 'interest';
