-- What the window's lists ask for, the ticks beside opening balances, and what people are called.

-- Kinds of which a book of a million entries has a few hundred: a list of only these must not read the million.
-- What is recorded all day is not in it, and pays nothing for it.
CREATE INDEX entry_rare ON entry (source, date, id) WHERE source = 'opening' OR source = 'closing'
    OR source = 'products' OR source = 'debts' OR source = 'exit' OR source = 'exit-payment';
CREATE INDEX entry_replaces ON entry (replaces) WHERE replaces IS NOT NULL;

-- What is still owed on a bill, on any day, without reading the payments themselves.
DROP INDEX bill_payment_bill;
CREATE INDEX bill_payment_bill ON bill_payment (bill_id, date, amount);

-- An opening balance that a person has found right, as it stood then: with another amount the tick means nothing.
CREATE TABLE opening_tick (
    account_id INTEGER PRIMARY KEY REFERENCES account (id),
    amount INTEGER NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

-- What someone is called day by day: in a village hardly anybody is looked for by the name on the identity card.
ALTER TABLE party ADD COLUMN nickname TEXT NOT NULL DEFAULT '';
