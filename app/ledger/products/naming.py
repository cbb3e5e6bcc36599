"""Which product a row of a workbook means: by code, else by name, else a new one of that name."""

from app.base.i18n import N_
from app.ledger.command import Command
from app.ledger.parties.register import folded
from app.ledger.products.commands import AddProduct
from app.ledger.products.register import Item, Products
from app.ledger.products.stock import stock_of
from app.ledger.sheet import CellKind, Column, Fault, Line, Remark, SheetDocument, remark, remarks_of
from app.ledger.transaction import Transaction

_WHICH = ("Kode Barang", "Nama Barang")


def product_columns(code: str, name: str, *, brings: bool) -> tuple[Column, Column]:
    """The two columns that name a product, with their examples. `brings`: the row adds to its stock."""
    return (
        Column(_WHICH[0], "product", CellKind.CODE, aliases=("Kode",), example=code, identity=brings),
        Column(_WHICH[1], "name", aliases=("Barang", "Nama"), example=name, width=28, identity=brings),
    )


def named_products(tx: Transaction, document: SheetDocument) -> tuple[list[str], list[Command]]:
    """For each line the words by which a command finds its product, and the commands that make new ones."""
    products = stock_of(tx).products
    made: dict[str, AddProduct] = {}
    words = [_word(tx, products, place, line, made) for place, line in enumerate(document.lines)]
    return words, list({id(command): command for command in made.values()}.values())


def _word(tx: Transaction, products: Products, place: int, line: Line, made: dict[str, AddProduct]) -> str:
    code, name = line.get("product", ""), line.get("name", "")
    if code and (found := products.code(code)):
        if name and folded(name) != folded(found.name):
            _compare_name(tx, products, place, found, name)
        return found.code
    if not name:
        if code in made:
            return str(code)
        raise Fault(
            "There is no product {code}." if code else "Which product it is can't be told.",
            line=place,
            column="product" if code else "name",
            advice="Give its name too and it will be added." if code else "Give its code or its name.",
            code=code,
        )
    alike = products.named(name)
    if len(alike) == 1:
        return alike[0].code
    if alike:
        raise Fault(
            "More than one product is called {name}: {codes}.",
            line=place,
            column="name",
            advice="Give the code.",
            name=name,
            codes=", ".join(item.code for item in alike),
        )
    key = code or folded(name)
    if key not in made:
        made[key] = made[folded(name)] = AddProduct(name=name, code=code, unit=line.get("unit", ""))
    return str(code or name)


def _compare_name(tx: Transaction, products: Products, place: int, item: Item, given: str) -> None:
    """Another product's name beside a code is a slip in the code; a name of one's own is only remarked."""
    others = products.named(given)
    if others:
        raise Fault(
            "{code} is {name} in this book; {given} has the code {other}.",
            line=place,
            column="product",
            advice="Correct the code or the name.",
            code=item.code,
            name=item.name,
            given=given,
            other=others[0].code,
        )
    template = N_("{code} is called {name} in this book, in the file {given}.")
    params = {"code": item.code, "name": item.name, "given": given}
    if Remark(template, params) not in remarks_of(tx):
        remark(tx, template, **params)
