"""Savings products: the standard set of a new book, and the commands that change them."""

from sqlalchemy import delete, update

from app.base.errors import Refused, UserError
from app.ledger.accounts.chart import AccountClass, AccountRow
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done, Kind
from app.ledger.savings.commands import (
    AddSavingsProduct,
    RemoveSavingsProduct,
    SavingsKind,
    SetSavingsProduct,
)
from app.ledger.savings.register import Product, savings_of
from app.ledger.savings.tables import savings_account, savings_product
from app.ledger.transaction import Transaction

_STANDARD = (
    ("share", "Simpanan Pokok", SavingsKind.SHARE),
    ("mandatory", "Simpanan Wajib", SavingsKind.MANDATORY),
    ("voluntary", "Simpanan Sukarela", SavingsKind.VOLUNTARY),
    ("term", "Simpanan Berjangka", SavingsKind.TERM),
    ("loan-required", "Simpanan Wajib Pinjam", SavingsKind.LOAN_REQUIRED),
)
_ROLES = {kind: f"savings_{kind.value}" for kind in SavingsKind}
# The accounting of each kind (UU 25/1992 ps. 41): None where both are found, by whether it can be taken out.
_CLASSES = {
    SavingsKind.SHARE: AccountClass.EQUITY,
    SavingsKind.MANDATORY: AccountClass.EQUITY,
    SavingsKind.VOLUNTARY: AccountClass.LIABILITY,
    SavingsKind.TERM: AccountClass.LIABILITY,
    SavingsKind.LOAN_REQUIRED: None,
}


def write_standard_products(tx: Transaction) -> None:
    """Give a new cooperative book the five usual products."""
    if tx.info.kind != "cooperative":
        return
    for code, name, kind in _STANDARD:
        tx.insert(
            savings_product,
            id=tx.next_id(savings_product),
            code=code,
            name=name,
            kind=kind.value,
            account_id=chart_of(tx).role(_ROLES[kind]).id,
            amount=0,
            active=1,
        )


def add_product(tx: Transaction, command: AddSavingsProduct) -> Done:
    """Add a product; its ledger account is the standard one of its kind unless another is named."""
    code, name = command.code.strip(), command.name.strip()
    _refuse_taken(tx, code, name)
    ledger = _ledger(tx, command.kind, command.account)
    key = tx.next_id(savings_product)
    tx.insert(
        savings_product,
        id=key,
        code=code,
        name=name,
        kind=command.kind.value,
        account_id=ledger.id,
        amount=command.amount,
        active=1,
    )
    tx.forget("savings")
    tx.changed(Kind.SAVINGS)
    return Done(number=code, value={"product": code}, undo=RemoveSavingsProduct(code=code))


def set_product(tx: Transaction, command: SetSavingsProduct) -> Done:
    """Change what is given; the ledger account only while no member has an account in the product."""
    product = _by_code(tx, command.code)
    values: dict[str, object] = {}
    chart = chart_of(tx)
    if command.name is not None:
        if command.name.strip() != product.name:
            _refuse_taken(tx, None, command.name.strip())
        values["name"] = command.name.strip()
    if command.account is not None:
        ledger = _ledger(tx, product.kind, command.account)
        if ledger.id != product.ledger and _is_used(tx, product):
            raise Refused(
                "{product} has members' accounts and stays in {code}.",
                advice="Add another product for the other account, and move the savings there.",
                field="account",
                product=product.name,
                code=chart.by_id[product.ledger].code,
            )
        values["account_id"] = ledger.id
    if command.amount is not None:
        values["amount"] = command.amount
    if command.active is not None:
        values["active"] = int(command.active)
    if not values:
        raise UserError("Nothing to change in {product}.", product=product.name)
    tx.execute(update(savings_product).where(savings_product.c.id == product.id).values(**values))
    tx.forget("savings")
    tx.changed(Kind.SAVINGS)
    undo = SetSavingsProduct(
        code=product.code,
        name=None if command.name is None else product.name,
        account=None if command.account is None else chart.by_id[product.ledger].code,
        amount=None if command.amount is None else product.amount,
        active=None if command.active is None else product.active,
    )
    return Done(number=product.code, undo=undo)


def remove_product(tx: Transaction, command: RemoveSavingsProduct) -> Done:
    """Undo of adding: only while no member has an account in it."""
    product = _by_code(tx, command.code)
    if _is_used(tx, product):
        raise Refused(
            "{product} has members' accounts and can't be removed.",
            advice="It can be taken out of use instead.",
            product=product.name,
        )
    tx.execute(delete(savings_product).where(savings_product.c.id == product.id))
    tx.forget("savings")
    tx.changed(Kind.SAVINGS)
    undo = AddSavingsProduct(
        code=product.code,
        name=product.name,
        kind=product.kind,
        account=chart_of(tx).by_id[product.ledger].code,
        amount=product.amount,
    )
    return Done(number=product.code, undo=undo)


def _by_code(tx: Transaction, code: str) -> Product:
    return savings_of(tx).product(code, "code")


def _is_used(tx: Transaction, product: Product) -> bool:
    return bool(
        tx.sql(f"SELECT 1 FROM {savings_account.name} WHERE product_id = ? LIMIT 1", (product.id,))  # noqa: S608
    )


def _refuse_taken(tx: Transaction, code: str | None, name: str) -> None:
    for item in savings_of(tx).products.values():
        if code is not None and item.code.casefold() == code.casefold():
            raise Refused(
                "There is a savings product {code} already: {name}.",
                advice="Choose another code.",
                field="code",
                code=item.code,
                name=item.name,
            )
        if item.name.casefold() == name.casefold():
            raise Refused(
                "There is a savings product called {name} already: {code}.",
                advice="Choose another name.",
                field="name",
                code=item.code,
                name=item.name,
            )


def _ledger(tx: Transaction, kind: SavingsKind, code: str) -> AccountRow:
    """The ledger account for a product of this kind; raises Refused for one that can't keep it."""
    chart = chart_of(tx)
    if not code.strip():
        return chart.role(_ROLES[kind])
    account = chart.code(code)
    wanted = _CLASSES[kind]
    fitting = [
        item
        for item in chart.accounts
        if item.control == "savings" and item.role != "savings_left" and wanted in (None, item.class_)
    ]
    if account not in fitting:
        raise Refused(
            "{code} {name} can't keep this kind of savings.",
            advice="Choose one of: {known}.",
            field="account",
            code=account.code,
            name=account.name,
            known=", ".join(f"{item.code} {item.name}" for item in fitting),
        )
    return account
