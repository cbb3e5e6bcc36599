-- Members in depth: what the register and its papers need.

ALTER TABLE member ADD COLUMN category TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN admitted TEXT;
ALTER TABLE member ADD COLUMN exit_requested TEXT;

-- Several heirs, each with a share in percent, or none of them with one.
CREATE TABLE member_heir (
    party_id INTEGER NOT NULL REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    line INTEGER NOT NULL CHECK (line >= 1),
    name TEXT NOT NULL,
    relation TEXT NOT NULL DEFAULT '',
    share TEXT,
    PRIMARY KEY (party_id, line)
) STRICT;
INSERT INTO member_heir (party_id, line, name, relation)
    SELECT party_id, 1, heir, heir_relation FROM member WHERE heir <> '' OR heir_relation <> '';
ALTER TABLE member DROP COLUMN heir;
ALTER TABLE member DROP COLUMN heir_relation;

-- Pictures stand apart: the register is read often and without them.
CREATE TABLE member_photo (
    party_id INTEGER PRIMARY KEY REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    image BLOB NOT NULL
) STRICT;

-- An earlier membership of someone who left and came back.
CREATE TABLE member_spell (
    id INTEGER PRIMARY KEY,
    party_id INTEGER NOT NULL REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    status TEXT NOT NULL CHECK (status IN ('prospective', 'active')),
    joined TEXT,
    admitted TEXT,
    exit_requested TEXT,
    left_on TEXT NOT NULL,
    leave_reason TEXT NOT NULL,
    leave_note TEXT NOT NULL DEFAULT ''
) STRICT;

-- Pengurus and pengawas: a member by the party, anyone else by the name.
CREATE TABLE office_term (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL CHECK (body IN ('board', 'supervisors')),
    office TEXT NOT NULL,
    party_id INTEGER REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL DEFAULT '',
    started TEXT NOT NULL,
    until TEXT,
    ended TEXT,
    reason TEXT NOT NULL DEFAULT '',
    CHECK ((party_id IS NULL) <> (name = '')),
    CHECK (ended IS NULL OR ended >= started)
) STRICT;

-- Closing balances of years before the book began: beside the ledger, never posted.
CREATE TABLE comparative (
    year INTEGER NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    amount INTEGER NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (year, account_id)
) STRICT;
