"""The stock in the open transaction: every movement goes through here, and so do the kept balances."""

from datetime import date

from app.base.errors import Refused
from app.ledger.changes import Kind
from app.ledger.products.quantities import to_quantity
from app.ledger.products.register import Item, Products, read_products
from app.ledger.products.tables import product, stock_movement
from app.ledger.storage.tables import insert_text
from app.ledger.transaction import Transaction

_INCOMING = ("opening", "purchase")


class Stock:
    """The products and their balances. Balances change in memory and are written once a flush."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self.products: Products = tx.memo("products", lambda: read_products(tx))
        self._new: dict[int, Item] = {}
        self._moved: dict[int, Item] = {}
        self._entry = self._line = 0
        tx.on_flush(self.flush)

    def add(self, item: Item) -> None:
        """Take up a new product; it is written at the next flush with the balance it has then."""
        self.products.put(item)
        self._new[item.id] = item
        self._tx.changed(Kind.PRODUCT, item.id)

    def move(self, item: Item, entry: int, on: str, kind: str, quantity: int, value: int) -> None:
        """Record one movement of a document. The caller has checked that the stock suffices."""
        tx = self._tx
        item.quantity += quantity
        item.value += value
        if kind in _INCOMING:
            item.incoming += 1 if quantity > 0 else -1
        self._moved[item.id] = item
        self._line = self._line + 1 if entry == self._entry else 1
        self._entry = entry
        tx.insert_tuple(stock_movement, (entry, self._line, item.id, on, kind, quantity, value))
        tx.changed(Kind.PRODUCT, item.id)

    def flush(self) -> None:
        """Write new products and moved balances."""
        if self._new:
            self._tx.many(insert_text(product), [item.row() for item in self._new.values()])
        moved = [
            (item.quantity, item.value, item.incoming, item.id)
            for item in self._moved.values()
            if item.id not in self._new
        ]
        self._tx.many("UPDATE product SET quantity = ?, value = ?, incoming = ? WHERE id = ?", moved)
        self._new.clear()
        self._moved.clear()

    def take_back(self, entry: int, reversing: int, on: date) -> None:
        """Record the opposite of an entry's movements under its reversing entry.

        Raises Refused when what it brought in was sold meanwhile, or was mixed with goods of another
        cost, so that the rest would be worth less than nothing.
        """
        rows = self._tx.sql(
            "SELECT product_id, kind, quantity, value FROM stock_movement WHERE entry_id = ? ORDER BY line",
            (entry,),
        )
        after: dict[int, tuple[int, int]] = {}
        for key, _, quantity, value in rows:
            item = self.products.by_id[key]
            left, worth = after.get(key, (item.quantity, item.value))
            after[key] = (left - quantity, worth - value)
        for key, (left, worth) in after.items():
            item = self.products.by_id[key]
            if left < 0:
                raise Refused(
                    "This can't be taken back: of {product} only {stock:qty} are left in stock.",
                    advice="Take back first what was sold or written off since.",
                    product=item.name,
                    stock=to_quantity(item.quantity),
                )
            if worth < 0 or (left == 0 and worth != 0):
                raise Refused(
                    "This can't be taken back: {product} was sold since at another average cost.",
                    advice="Take back first what was sold or bought since, or correct the stock by a count.",
                    product=item.name,
                )
        for key, kind, quantity, value in rows:
            self.move(self.products.by_id[key], reversing, on.isoformat(), kind, -quantity, -value)


def stock_of(tx: Transaction) -> Stock:
    """The stock of the open transaction."""
    return tx.attached("stock", Stock)
