"""Invariants of stock, recomputed from its movements."""

from app.ledger.products.quantities import to_quantity
from app.ledger.reader import Reader
from app.ledger.slice import Finding, broken, notice


def balances_hold(reader: Reader) -> list[Finding]:
    """The kept quantity, value and count of incoming documents equal the sums of the movements."""
    rows = reader.sql(
        "SELECT p.name, p.quantity, coalesce(m.quantity, 0), p.value, coalesce(m.value, 0),"
        " p.incoming, coalesce(m.incoming, 0) FROM product AS p LEFT JOIN ("
        "  SELECT product_id, sum(quantity) AS quantity, sum(value) AS value,"
        "  sum(CASE WHEN kind NOT IN ('opening', 'purchase') THEN 0 WHEN quantity > 0 THEN 1 ELSE -1 END)"
        "  AS incoming FROM stock_movement GROUP BY product_id) AS m ON m.product_id = p.id"
        " WHERE p.quantity <> coalesce(m.quantity, 0) OR p.value <> coalesce(m.value, 0)"
        " OR p.incoming <> coalesce(m.incoming, 0)"
    )
    return [
        broken(
            "stock-balance",
            "The stock kept of {product} is {kept:qty} worth {worth:rp}, its movements add up to"
            " {counted:qty} worth {sum:rp}.",
            product=name,
            kept=to_quantity(kept),
            worth=worth,
            counted=to_quantity(counted),
            sum=total,
        )
        for name, kept, counted, worth, total, _, _ in rows[:50]
    ]


def stock_is_not_negative(reader: Reader) -> list[Finding]:
    """No product has less than nothing in stock, and an empty stock is worth 0."""
    rows = reader.sql(
        "SELECT name, quantity, value FROM product"
        " WHERE quantity < 0 OR value < 0 OR (quantity = 0 AND value <> 0)"
    )
    return [
        broken(
            "stock-negative",
            "The stock of {product} is {quantity:qty} worth {value:rp}.",
            product=name,
            quantity=to_quantity(quantity),
            value=value,
        )
        for name, quantity, value in rows[:50]
    ]


def stock_equals_its_account(reader: Reader) -> list[Finding]:
    """The products' values add up to the control account, at the end and entry by entry."""
    accounts = reader.sql("SELECT id, code, name FROM account WHERE control = 'products'")
    if not accounts:
        return []
    keys = ", ".join(str(row[0]) for row in accounts)
    balance = reader.sql(
        f"SELECT coalesce(sum(amount), 0) FROM day_balance WHERE account_id IN ({keys})"  # noqa: S608
    )[0][0]
    worth = reader.sql("SELECT coalesce(sum(value), 0) FROM product")[0][0]
    found: list[Finding] = []
    if balance != worth:
        found.append(
            broken(
                "stock-account",
                "The stock is worth {worth:rp}, but account {code} {name} holds {balance:rp}.",
                code=accounts[0][1],
                name=accounts[0][2],
                worth=worth,
                balance=balance,
            )
        )
    rows = reader.sql(
        "SELECT e.number, e.date FROM ("  # noqa: S608
        f"  SELECT entry_id, amount AS value FROM posting WHERE account_id IN ({keys})"
        "  UNION ALL SELECT entry_id, -value FROM stock_movement"
        ") AS t LEFT JOIN entry AS e ON e.id = t.entry_id GROUP BY t.entry_id HAVING sum(t.value) <> 0"
    )
    found += [
        broken(
            "stock-entry",
            "Entry {number} of {date} moves the stock account by another amount than the stock.",
            number=number or "?",
            date=on or "?",
        )
        for number, on in rows[:50]
    ]
    return found


def stock_was_not_negative(reader: Reader) -> list[Finding]:
    """Less than nothing in stock on some day: a purchase was probably recorded with too late a date."""
    rows = reader.sql(
        "SELECT name, min(date) FROM ("
        "  SELECT p.name, d.product_id, d.date,"
        "  sum(d.quantity) OVER (PARTITION BY d.product_id ORDER BY d.date) AS balance FROM ("
        "    SELECT product_id, date, sum(quantity) AS quantity FROM stock_movement"
        "    GROUP BY product_id, date) AS d JOIN product AS p ON p.id = d.product_id"
        ") WHERE balance < 0 GROUP BY product_id ORDER BY name"
    )
    return [
        notice(
            "stock-late",
            "By its documents' dates {product} was below 0 in stock on {date}.",
            product=name,
            date=on,
        )
        for name, on in rows[:50]
    ]


CHECKS = (balances_hold, stock_is_not_negative, stock_equals_its_account, stock_was_not_negative)
