-- Products, stock, sales, purchases, and what customers owe us and we owe suppliers.
-- Quantities are integers of a thousandth of the unit.

-- `stocked`: the person wants stock kept from the start. `incoming` counts the opening stocks and purchases
-- not taken back: from the first of them on the product keeps stock in any case.
CREATE TABLE product (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    unit TEXT NOT NULL DEFAULT '',
    buy_price INTEGER NOT NULL DEFAULT 0 CHECK (buy_price >= 0),
    sell_price INTEGER NOT NULL DEFAULT 0 CHECK (sell_price >= 0),
    barcode TEXT NOT NULL DEFAULT '',
    category TEXT NOT NULL DEFAULT '',
    minimum INTEGER NOT NULL DEFAULT 0 CHECK (minimum >= 0),
    big_unit TEXT NOT NULL DEFAULT '',
    big_size INTEGER NOT NULL DEFAULT 0 CHECK (big_size >= 0),
    stocked INTEGER NOT NULL CHECK (stocked IN (0, 1)),
    service INTEGER NOT NULL DEFAULT 0 CHECK (service IN (0, 1)),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    quantity INTEGER NOT NULL DEFAULT 0,
    value INTEGER NOT NULL DEFAULT 0,
    incoming INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX product_name ON product (name);
CREATE UNIQUE INDEX product_barcode ON product (barcode) WHERE barcode <> '';

-- `line` tells the movements of one entry apart. The detail rows of documents are kept in the order of their
-- entries and have no key or index besides: on an import each index costs a tenth of the speed.
CREATE TABLE stock_movement (
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    line INTEGER NOT NULL,
    product_id INTEGER NOT NULL REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    date TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('opening', 'purchase', 'sale', 'adjustment')),
    quantity INTEGER NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (entry_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_movement_product ON stock_movement (product_id, date);

-- A bon: what one document leaves open with a customer (receivable) or a supplier (payable).
CREATE TABLE bill (
    id INTEGER PRIMARY KEY,
    side TEXT NOT NULL CHECK (side IN ('receivable', 'payable')),
    party_id INTEGER NOT NULL REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    number TEXT NOT NULL,
    date TEXT NOT NULL,
    due TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0)
) STRICT;
CREATE INDEX bill_party ON bill (side, party_id, due, id);
CREATE INDEX bill_entry ON bill (entry_id);

-- Positive: paid. Negative: a payment taken back. A bill taken back is settled by its own reversal.
CREATE TABLE bill_payment (
    id INTEGER PRIMARY KEY,
    bill_id INTEGER NOT NULL REFERENCES bill (id) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    date TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount <> 0)
) STRICT;
CREATE INDEX bill_payment_bill ON bill_payment (bill_id);
CREATE INDEX bill_payment_entry ON bill_payment (entry_id);

-- Lines: `quantity` is in the product's own unit, `price` for one `unit` of `unit_size` thousandths of it,
-- `amount` what the line comes to after its discount; `cost` is NULL where it is not known.
-- A sale or purchase has the key of its entry. A reversed one has a second row with the opposite sign, under
-- the reversing entry.
CREATE TABLE sale (
    id INTEGER PRIMARY KEY REFERENCES entry (id),
    number TEXT NOT NULL,
    date TEXT NOT NULL,
    party_id INTEGER REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    method TEXT NOT NULL CHECK (method IN ('cash', 'qris', 'transfer', 'credit')),
    gross INTEGER NOT NULL,
    discount INTEGER NOT NULL,
    paid INTEGER NOT NULL
) STRICT;
CREATE INDEX sale_date ON sale (date, id);

CREATE TABLE sale_line (
    sale_id INTEGER NOT NULL REFERENCES sale (id) DEFERRABLE INITIALLY DEFERRED,
    line INTEGER NOT NULL,
    product_id INTEGER NOT NULL REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    quantity INTEGER NOT NULL,
    unit TEXT NOT NULL,
    unit_size INTEGER NOT NULL CHECK (unit_size > 0),
    price INTEGER NOT NULL,
    discount INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    cost INTEGER,
    PRIMARY KEY (sale_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE purchase (
    id INTEGER PRIMARY KEY REFERENCES entry (id),
    number TEXT NOT NULL,
    date TEXT NOT NULL,
    party_id INTEGER REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    method TEXT NOT NULL CHECK (method IN ('cash', 'transfer', 'credit')),
    amount INTEGER NOT NULL,
    freight INTEGER NOT NULL,
    paid INTEGER NOT NULL
) STRICT;
CREATE INDEX purchase_date ON purchase (date, id);

CREATE TABLE purchase_line (
    purchase_id INTEGER NOT NULL REFERENCES purchase (id) DEFERRABLE INITIALLY DEFERRED,
    line INTEGER NOT NULL,
    product_id INTEGER NOT NULL REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    quantity INTEGER NOT NULL,
    unit TEXT NOT NULL,
    unit_size INTEGER NOT NULL CHECK (unit_size > 0),
    price INTEGER NOT NULL,
    discount INTEGER NOT NULL,
    freight INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (purchase_id, line)
) STRICT, WITHOUT ROWID;
