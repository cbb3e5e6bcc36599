-- The bookkeeping core: what the book is, its accounts, parties, entries, balances, periods and audit.
-- Dates are ISO text, amounts whole rupiah with debit positive, instants ISO text in UTC.

CREATE TABLE book (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    uid TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('business', 'cooperative')),
    training INTEGER NOT NULL CHECK (training IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE profile (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE logo (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    image BLOB NOT NULL
) STRICT;

CREATE TABLE officer (
    id INTEGER PRIMARY KEY,
    office TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL DEFAULT '',
    signs INTEGER NOT NULL DEFAULT 1 CHECK (signs IN (0, 1))
) STRICT;

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    class TEXT NOT NULL CHECK (class IN ('asset', 'liability', 'equity', 'revenue', 'cost',
        'expense', 'other_income', 'other_expense', 'tax')),
    heading INTEGER NOT NULL DEFAULT 0 CHECK (heading IN (0, 1)),
    contra INTEGER NOT NULL DEFAULT 0 CHECK (contra IN (0, 1)),
    parent_id INTEGER REFERENCES account (id),
    role TEXT UNIQUE,
    control TEXT,
    money TEXT CHECK (money IN ('cash', 'bank', 'qris')),
    flow TEXT NOT NULL DEFAULT 'operating' CHECK (flow IN ('operating', 'investing', 'financing')),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE party (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('customer', 'supplier', 'member')),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    tax_id TEXT NOT NULL DEFAULT '',
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    UNIQUE (kind, code)
) STRICT;
CREATE INDEX party_name ON party (kind, name);

CREATE TABLE rate (
    key TEXT NOT NULL,
    valid_from TEXT NOT NULL CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    value TEXT NOT NULL,
    basis TEXT NOT NULL,
    PRIMARY KEY (key, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE series (
    prefix TEXT NOT NULL,
    period TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (prefix, period)
) STRICT, WITHOUT ROWID;

-- A posted entry is final. Postings go in first (their foreign key is deferred), the entry last:
-- the trigger on entry then sees the whole entry and refuses one that does not hold.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL CHECK (number <> ''),
    date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    kind TEXT NOT NULL CHECK (kind IN ('ordinary', 'opening', 'closing', 'carry')),
    source TEXT NOT NULL,
    memo TEXT NOT NULL,
    party_id INTEGER REFERENCES party (id),
    reverses INTEGER REFERENCES entry (id),
    replaces INTEGER REFERENCES entry (id)
) STRICT;
CREATE INDEX entry_date ON entry (date, id);
CREATE INDEX entry_number ON entry (number);
CREATE INDEX entry_special ON entry (kind) WHERE kind <> 'ordinary';
CREATE UNIQUE INDEX entry_reverses ON entry (reverses) WHERE reverses IS NOT NULL;

CREATE TABLE posting (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
    account_id INTEGER NOT NULL REFERENCES account (id),
    date TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount <> 0 AND amount BETWEEN -1000000000000000 AND 1000000000000000),
    party_id INTEGER REFERENCES party (id),
    memo TEXT
) STRICT;
CREATE INDEX posting_entry ON posting (entry_id);
CREATE INDEX posting_account ON posting (account_id, date, id, amount);
CREATE INDEX posting_party ON posting (party_id, account_id, date, amount) WHERE party_id IS NOT NULL;

-- Balances kept by entries.post in the same transaction as the postings; check recomputes them.
CREATE TABLE day_balance (
    account_id INTEGER NOT NULL REFERENCES account (id),
    date TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (account_id, date, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE party_balance (
    account_id INTEGER NOT NULL REFERENCES account (id),
    party_id INTEGER NOT NULL REFERENCES party (id),
    amount INTEGER NOT NULL,
    PRIMARY KEY (account_id, party_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE period_lock (
    month TEXT PRIMARY KEY CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
    locked_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE year_close (
    year INTEGER PRIMARY KEY,
    closing_entry INTEGER REFERENCES entry (id),
    carry_entry INTEGER REFERENCES entry (id),
    closed_at TEXT NOT NULL
) STRICT;

-- One row for each executed command, chained by hash. payload and salt may be dropped for privacy.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    command TEXT NOT NULL,
    payload TEXT,
    salt BLOB,
    commitment BLOB NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    zone TEXT NOT NULL,
    first_entry INTEGER,
    last_entry INTEGER,
    entries_digest BLOB NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL,
    undo TEXT,
    undoes INTEGER REFERENCES audit (id)
) STRICT;
CREATE UNIQUE INDEX audit_undoes ON audit (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE import_batch (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    digest TEXT NOT NULL,
    documents INTEGER NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    first_entry INTEGER REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
    last_entry INTEGER REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- How the same document is known again: the n-th equal one of a day is the n-th.
CREATE TABLE import_document (
    id INTEGER PRIMARY KEY,
    batch_id INTEGER NOT NULL REFERENCES import_batch (id),
    sheet TEXT NOT NULL,
    date TEXT NOT NULL,
    number TEXT NOT NULL,
    fingerprint BLOB NOT NULL
) STRICT;
CREATE INDEX import_document_date ON import_document (sheet, date);
