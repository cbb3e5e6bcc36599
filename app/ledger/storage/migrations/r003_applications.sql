-- Applications for loans: what was asked, what was looked at, what was decided.

-- rate, per, method and every are NULL where the product says them. income, living_costs and other_instalments are
-- rupiah a month. A decision fills decided_on, an approval also approved and approved_term. Whether an approved one
-- was paid out is told by loan_application_loan.
CREATE TABLE loan_application (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE COLLATE NOCASE,
    party_id INTEGER NOT NULL REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    date TEXT NOT NULL,
    product_id INTEGER REFERENCES loan_product (id),
    principal INTEGER NOT NULL CHECK (principal > 0),
    term INTEGER NOT NULL CHECK (term > 0),
    rate TEXT,
    per TEXT CHECK (per IN ('year', 'month', 'term')),
    method TEXT CHECK (method IN ('flat', 'declining', 'annuity', 'bullet')),
    every TEXT CHECK (every IN ('month', 'week', 'day')),
    purpose TEXT NOT NULL,
    income INTEGER NOT NULL CHECK (income >= 0),
    living_costs INTEGER NOT NULL CHECK (living_costs >= 0),
    other_instalments INTEGER NOT NULL CHECK (other_instalments >= 0),
    spouse TEXT NOT NULL,
    memo TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'refused', 'withdrawn')),
    decided_on TEXT,
    decided_by TEXT NOT NULL,
    approved INTEGER CHECK (approved > 0 AND approved <= principal),
    approved_term INTEGER CHECK (approved_term > 0),
    note TEXT NOT NULL,
    CHECK ((state = 'open') = (decided_on IS NULL)),
    CHECK ((state = 'approved') = (approved IS NOT NULL)),
    CHECK ((approved IS NULL) = (approved_term IS NULL))
) STRICT;
CREATE INDEX loan_application_party ON loan_application (party_id);

CREATE TABLE loan_application_collateral (
    id INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES loan_application (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (kind <> ''),
    owner TEXT NOT NULL,
    value INTEGER NOT NULL CHECK (value >= 0),
    document TEXT NOT NULL
) STRICT;
CREATE INDEX loan_application_collateral_of ON loan_application_collateral (application_id);

CREATE TABLE loan_application_guarantor (
    id INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES loan_application (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL CHECK (name <> '')
) STRICT;
CREATE INDEX loan_application_guarantor_of ON loan_application_guarantor (application_id);

-- What is looked at before a decision, in order of place; one without a place is asked no more.
CREATE TABLE loan_check_item (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''),
    place INTEGER
) STRICT;
INSERT INTO loan_check_item (id, name, place) VALUES
    (1, 'KTP', 1), (2, 'KK', 2), (3, 'Slip gaji atau catatan usaha', 3), (4, 'Surat agunan', 4),
    (5, 'Persetujuan pasangan', 5), (6, 'Survei', 6);

-- What was looked at for an application: when and by whom.
CREATE TABLE loan_application_check (
    application_id INTEGER NOT NULL REFERENCES loan_application (id) DEFERRABLE INITIALLY DEFERRED,
    item_id INTEGER NOT NULL REFERENCES loan_check_item (id),
    date TEXT NOT NULL,
    checked_by TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (application_id, item_id)
) STRICT;

-- Which application a loan was paid out on. A loan whose disbursement was reversed stands no more, and its
-- application can be paid out again.
CREATE TABLE loan_application_loan (
    loan_id INTEGER PRIMARY KEY REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    application_id INTEGER NOT NULL REFERENCES loan_application (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX loan_application_loan_of ON loan_application_loan (application_id);

INSERT INTO rate (key, valid_from, value, basis)
    SELECT 'loan_ability_percent', '2000-01-01', '40',
        'Policy of the cooperative, to be changed by it: percent of a month''s free income; warned about, not enforced'
    WHERE EXISTS (SELECT 1 FROM rate);
