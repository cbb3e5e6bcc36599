"""The register of products in memory: found by code, barcode or name, with what is in stock of each."""

from collections.abc import Iterable
from decimal import Decimal

from app.base.errors import Refused, UserError
from app.ledger.parties.register import folded
from app.ledger.products.quantities import WHOLE, amount_of, to_quantity
from app.ledger.reader import Reader


class Item:
    """One product. Quantities are thousandths of its unit, money is rupiah."""

    __slots__ = (
        "active",
        "barcode",
        "big_size",
        "big_unit",
        "buy_price",
        "category",
        "code",
        "id",
        "incoming",
        "minimum",
        "name",
        "quantity",
        "sell_price",
        "service",
        "stocked",
        "unit",
        "value",
    )

    def __init__(
        self,
        id: int,  # noqa: A002 - the column's name
        code: str,
        name: str,
        unit: str = "",
        buy_price: int = 0,
        sell_price: int = 0,
        barcode: str = "",
        category: str = "",
        minimum: int = 0,
        big_unit: str = "",
        big_size: int = 0,
        stocked: bool | int = False,
        service: bool | int = False,
        active: bool | int = True,
        quantity: int = 0,
        value: int = 0,
        incoming: int = 0,
    ) -> None:
        self.id = id
        self.code = code
        self.name = name
        self.unit = unit
        self.buy_price = buy_price
        self.sell_price = sell_price
        self.barcode = barcode
        self.category = category
        self.minimum = minimum
        self.big_unit = big_unit
        self.big_size = big_size
        self.stocked = bool(stocked)
        self.service = bool(service)
        self.active = bool(active)
        self.quantity = quantity
        self.value = value
        self.incoming = incoming

    @property
    def keeps_stock(self) -> bool:
        """True once stock is kept of it: wanted so, or begun by an opening stock or a purchase."""
        return self.stocked or self.incoming > 0 or self.quantity != 0

    def row(self) -> tuple[object, ...]:
        """Its values in the order of the table's columns."""
        return (
            self.id,
            self.code,
            self.name,
            self.unit,
            self.buy_price,
            self.sell_price,
            self.barcode,
            self.category,
            self.minimum,
            self.big_unit,
            self.big_size,
            int(self.stocked),
            int(self.service),
            int(self.active),
            self.quantity,
            self.value,
            self.incoming,
        )

    def unit_size(self, unit: str, line: int = 0) -> int:
        """How many thousandths of the product's unit one `unit` is; raises UserError for an unknown unit."""
        if not unit:
            return WHOLE
        given = folded(unit)
        if self.big_unit and given == folded(self.big_unit):
            return self.big_size
        if not self.unit or given == folded(self.unit):
            return WHOLE
        raise UserError(
            "{product} is counted in {unit}, not in {given}.",
            advice="Use {unit}, or give the product {given} as its big unit.",
            field="unit",
            line=line,
            product=self.name,
            unit=f"{self.unit}/{self.big_unit}" if self.big_unit else self.unit,
            given=unit.strip(),
        )

    def in_unit(self, quantity: int, unit: str, unit_size: int) -> Decimal | None:
        """How many of a unit a document said, from the thousandths it came to; None where that unit holds another
        quantity by now."""
        try:
            as_then = self.unit_size(unit) == unit_size
        except UserError:
            as_then = False
        given, rest = divmod(quantity * WHOLE, unit_size)
        return to_quantity(given) if as_then and not rest else None

    def sell_price_of(self, unit_size: int) -> int:
        """The selling price of a unit of `unit_size` thousandths."""
        return self.sell_price if unit_size == WHOLE else amount_of(unit_size, self.sell_price)


class Products:
    """All products of a book, kept up to date by the commands that change them."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.by_id: dict[int, Item] = {}
        self._by_code: dict[str, Item] = {}
        self._by_barcode: dict[str, Item] = {}
        self._by_name: dict[str, list[Item]] = {}
        for item in items:
            self.put(item)

    def put(self, item: Item) -> None:
        """Take a product up."""
        self.by_id[item.id] = item
        self._by_code[item.code.casefold()] = item
        if item.barcode:
            self._by_barcode[item.barcode] = item
        self._by_name.setdefault(folded(item.name), []).append(item)

    def drop(self, item: Item) -> None:
        """Forget a product; also before its code, barcode or name changes."""
        del self.by_id[item.id]
        del self._by_code[item.code.casefold()]
        if item.barcode:
            del self._by_barcode[item.barcode]
        self._by_name[folded(item.name)].remove(item)

    def code(self, code: str) -> Item | None:
        """The product with this code, or with this barcode."""
        text = code.strip()
        return self._by_code.get(text.casefold()) or self._by_barcode.get(text)

    def has_code(self, code: str) -> bool:
        """True when the code itself is taken."""
        return code.strip().casefold() in self._by_code

    def barcode(self, barcode: str) -> Item | None:
        """The product with this barcode."""
        return self._by_barcode.get(barcode.strip())

    def named(self, name: str) -> list[Item]:
        """All products of this name, without regard to case and doubled spaces."""
        return self._by_name.get(folded(name), [])

    def find(self, text: str, line: int = 0) -> Item:
        """The product meant by a code, a barcode or a name; raises UserError at `product` of the line."""
        found = self._by_code.get(text) or self.code(text)
        if found is not None:
            return found
        alike = self.named(text)
        if len(alike) == 1:
            return alike[0]
        if alike:
            raise UserError(
                "More than one product is called {name}: {codes}.",
                advice="Give the code.",
                field="product",
                line=line,
                name=text,
                codes=", ".join(item.code for item in alike),
            )
        raise UserError("There is no product {name}.", field="product", line=line, name=text)

    def find_active(self, text: str, line: int = 0) -> Item:
        """As `find`, but raises Refused for a product out of use."""
        found = self.find(text, line)
        if not found.active:
            raise Refused(
                "{product} is out of use.",
                advice="Take it into use again first.",
                field="product",
                line=line,
                product=found.name,
            )
        return found


def read_products(reader: Reader, keys: Iterable[int] | None = None) -> Products:
    """Read products from the book: these, or all."""
    chosen = "" if keys is None else f" WHERE id IN ({', '.join(str(int(key)) for key in keys)})"
    return Products(
        Item(*row)
        for row in reader.sql(
            "SELECT id, code, name, unit, buy_price, sell_price, barcode, category, minimum, big_unit,"  # noqa: S608
            f" big_size, stocked, service, active, quantity, value, incoming FROM product{chosen} ORDER BY id"
        )
    )
