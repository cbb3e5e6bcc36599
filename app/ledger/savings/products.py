"""Savings products: the standard set of a new book, and the commands that change them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Delete, Table, Update, delete, update

from app.base.dates import Month
from app.base.errors import Refused, UserError
from app.base.i18n import N_
from app.ledger.accounts.chart import AccountClass, AccountRow
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done, Kind
from app.ledger.command import Command
from app.ledger.entries.commands import RecordTogether
from app.ledger.rates.table import ceiling_on
from app.ledger.savings.commands import (
    AddSavingsProduct,
    ForgetSavingsMonth,
    RemoveSavingsProduct,
    SavingsKind,
    SetSavingsProduct,
)
from app.ledger.savings.register import Product, savings_of
from app.ledger.savings.tables import savings_account, savings_product, savings_tariff, savings_terms
from app.ledger.savings.terms import ALWAYS, Terms, check_terms, read_terms, terms_in
from app.ledger.transaction import Transaction

ABOVE_CEILING = N_("The rate is {rate} % a year, above the {ceiling} % that the law sets.")
Statement = TypeVar("Statement", Update, Delete)
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
            keep=0,
        )


def add_product(tx: Transaction, command: AddSavingsProduct) -> Done:
    """Add a product; its ledger account is the standard one of its kind unless another is named."""
    code, name = command.code.strip(), command.name.strip()
    _refuse_taken(tx, code, name)
    ledger = _ledger(tx, command.kind, command.account)
    terms = Terms(*(getattr(command, field) for field in Terms._fields))
    check_terms(terms)
    _refuse_earning(ledger, terms, name)
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
        expense_id=_expense(tx, command.expense),
        pays_into=_pays_into(tx, command.pays_into, code),
        keep=command.keep,
    )
    if terms != Terms():
        _write_terms(tx, key, ALWAYS, terms)
    tx.forget("savings")
    tx.changed(Kind.SAVINGS)
    value = {"product": code, "warnings": _warnings(tx, terms, tx.today)}
    return Done(number=code, value=value, undo=RemoveSavingsProduct(code=code))


def set_product(tx: Transaction, command: SetSavingsProduct) -> Done:
    """Change what is given; the ledger account only while no member has an account in the product."""
    product = _by_code(tx, command.code)
    values: dict[str, object] = {}
    before: dict[str, Any] = {}
    chart = chart_of(tx)
    ledger = chart.by_id[product.ledger]
    if command.name is not None:
        if command.name.strip() != product.name:
            _refuse_taken(tx, None, command.name.strip())
        values["name"], before["name"] = command.name.strip(), product.name
    if command.account is not None:
        other = _ledger(tx, product.kind, command.account)
        if other.id != ledger.id and _is_used(tx, product):
            raise Refused(
                "{product} has members' accounts and stays in {code}.",
                advice="Add another product for the other account, and move the savings there.",
                field="account",
                product=product.name,
                code=ledger.code,
            )
        values["account_id"], before["account"] = other.id, ledger.code
        ledger = other
        for _month, held in _terms_of(tx, product.id):
            _refuse_earning(ledger, held, product.name)
    if command.active is not None:
        values["active"], before["active"] = int(command.active), product.active
    if command.expense is not None:
        values["expense_id"] = _expense(tx, command.expense)
        before["expense"] = "" if product.expense is None else chart.by_id[product.expense].code
    if command.pays_into is not None:
        values["pays_into"] = _pays_into(tx, command.pays_into, product.code)
        old = savings_of(tx).products.get(product.pays_into or 0)
        before["pays_into"] = old.code if old else ""
    if command.keep is not None:
        values["keep"], before["keep"] = command.keep, product.keep
    if command.amount is not None and command.from_month is None:
        _refuse_undated(tx, product)
        values["amount"], before["amount"] = command.amount, product.amount
    undo: list[Command] = []
    if values:
        undo.append(SetSavingsProduct(code=product.code, **before))
        tx.execute(update(savings_product).where(savings_product.c.id == product.id).values(**values))
    if command.amount is not None and command.from_month is not None:
        undo.append(_set_tariff(tx, product, command.from_month, command.amount))
    warned: list[tuple[str, dict[str, Any]]] = []
    terms = {field: getattr(command, field) for field in Terms._fields if getattr(command, field) is not None}
    if terms:
        undo.append(_set_terms(tx, product, ledger, command.from_month, terms))
        warned = _warnings(tx, _terms_of(tx, product.id)[-1][1], tx.today)
    if not undo:
        raise UserError("Nothing to change in {product}.", product=product.name)
    tx.forget("savings")
    tx.changed(Kind.SAVINGS)
    value = {"warnings": warned} if warned else {}
    undone = undo[0] if len(undo) == 1 else RecordTogether(commands=tuple(reversed(undo)))
    return Done(number=product.code, value=value, undo=undone)


def remove_product(tx: Transaction, command: RemoveSavingsProduct) -> Done:
    """Undo of adding: only while no member has an account in it."""
    product = _by_code(tx, command.code)
    if _is_used(tx, product):
        raise Refused(
            "{product} has members' accounts and can't be removed.",
            advice="It can be taken out of use instead.",
            product=product.name,
        )
    paying = [item for item in savings_of(tx).products.values() if item.pays_into == product.id]
    if paying:
        raise Refused(
            "The interest of {other} is paid into {product}.",
            advice="Let it be paid elsewhere first.",
            other=paying[0].name,
            product=product.name,
        )
    rows = _terms_of(tx, product.id)
    for table in (savings_terms, savings_tariff):
        tx.execute(delete(table).where(table.c.product_id == product.id))
    tx.execute(delete(savings_product).where(savings_product.c.id == product.id))
    tx.forget("savings")
    tx.changed(Kind.SAVINGS)
    chart, target = chart_of(tx), savings_of(tx).products.get(product.pays_into or 0)
    undo = AddSavingsProduct(
        code=product.code,
        name=product.name,
        kind=product.kind,
        account=chart.by_id[product.ledger].code,
        amount=product.amount,
        pays_into=target.code if target else "",
        expense="" if product.expense is None else chart.by_id[product.expense].code,
        keep=product.keep,
        **(rows[-1][1]._asdict() if rows else {}),
    )
    return Done(number=product.code, undo=undo)


def forget_month(tx: Transaction, command: ForgetSavingsMonth) -> Done:
    """Undo of terms or of a tariff from a month on: what held before holds again."""
    product = _by_code(tx, command.code)
    undo: dict[str, Any] = {}
    month = str(command.month)
    if command.terms:
        held = [terms for since, terms in _terms_of(tx, product.id) if since == command.month]
        undo |= held[0]._asdict() if held else {}
        tx.execute(_of_month(delete(savings_terms), savings_terms, product.id, month))
    if command.tariff:
        rows = _tariff_row(tx, product.id, month)
        undo |= {"amount": rows[0][0]} if rows else {}
        tx.execute(_of_month(delete(savings_tariff), savings_tariff, product.id, month))
    tx.changed(Kind.SAVINGS)
    done = SetSavingsProduct(code=product.code, from_month=command.month, **undo) if undo else None
    return Done(number=product.code, undo=done)


def _set_tariff(tx: Transaction, product: Product, month: Month, amount: int) -> Command:
    """Write what is asked for from a month on; returns what undoes it."""
    if product.kind is not SavingsKind.MANDATORY:
        raise Refused(
            "Only mandatory savings are asked for by the month, not {product}.",
            advice="Leave the month out.",
            field="from_month",
            product=product.name,
        )
    text = str(month)
    before = _tariff_row(tx, product.id, text)
    if before:
        tx.execute(_of_month(update(savings_tariff), savings_tariff, product.id, text).values(amount=amount))
        return SetSavingsProduct(code=product.code, amount=before[0][0], from_month=month)
    tx.insert(savings_tariff, id=tx.next_id(savings_tariff), product_id=product.id, month=text, amount=amount)
    return ForgetSavingsMonth(code=product.code, month=month, tariff=True)


def _refuse_undated(tx: Transaction, product: Product) -> None:
    if tx.sql("SELECT 1 FROM savings_tariff WHERE product_id = ? LIMIT 1", (product.id,)):
        raise Refused(
            "{product} has amounts that changed with a month: say from which month this one holds.",
            advice="Give from_month.",
            field="from_month",
            product=product.name,
        )


def _set_terms(
    tx: Transaction, product: Product, ledger: AccountRow, given: Month | None, changes: dict[str, Any]
) -> Command:
    """Write what a product earns from a month on; returns what undoes it. The first terms hold from ever."""
    rows = _terms_of(tx, product.id)
    month = given or (Month.of(tx.today) if rows else ALWAYS)
    terms = (terms_in(rows, month) or Terms())._replace(**changes)
    check_terms(terms)
    _refuse_earning(ledger, terms, product.name)
    before = [held for since, held in rows if since == month]
    if before:
        tx.execute(_of_month(delete(savings_terms), savings_terms, product.id, str(month)))
    _write_terms(tx, product.id, month, terms)
    if before:
        return SetSavingsProduct(code=product.code, from_month=month, **before[0]._asdict())
    return ForgetSavingsMonth(code=product.code, month=month, terms=True)


def _terms_of(tx: Transaction, product: int) -> list[tuple[Month, Terms]]:
    return read_terms(tx).get(product, [])


def _tariff_row(tx: Transaction, product: int, month: str) -> Sequence[Any]:
    return tx.sql("SELECT amount FROM savings_tariff WHERE product_id = ? AND month = ?", (product, month))


def _of_month(statement: Statement, table: Table, product: int, month: str) -> Statement:
    return statement.where(table.c.product_id == product, table.c.month == month)


def _write_terms(tx: Transaction, product: int, month: Month, terms: Terms) -> None:
    tx.insert(
        savings_terms,
        id=tx.next_id(savings_terms),
        product_id=product,
        month=str(month),
        **{**terms._asdict(), "rate": str(terms.rate), "method": terms.method.value},
    )


def _refuse_earning(ledger: AccountRow, terms: Terms, name: str) -> None:
    """Raise Refused for equity that earns: its members get a share of the surplus (UU 25/1992 ps. 45)."""
    if terms.earns and ledger.class_ is AccountClass.EQUITY:
        raise Refused(
            "{product} is equity and earns no interest.",
            advice="Its members get a share of the surplus (SHU) instead.",
            field="rate",
            product=name,
        )


def _expense(tx: Transaction, code: str) -> int | None:
    """The account that bears the interest; raises Refused for one that is no expense."""
    if not code.strip():
        return None
    account = chart_of(tx).code(code)
    if account.class_ not in (AccountClass.COST, AccountClass.EXPENSE, AccountClass.OTHER_EXPENSE):
        raise Refused(
            "{code} {name} is no expense and can't bear interest.",
            advice="Choose an account that begins with 5, 6 or 8.",
            field="expense",
            code=account.code,
            name=account.name,
        )
    return account.id


def _pays_into(tx: Transaction, text: str, code: str) -> int | None:
    """The product whose account gets the interest; raises Refused for one that can't take it."""
    if not text.strip():
        return None
    target = savings_of(tx).product(text, "pays_into")
    if target.code == code:
        return None
    if not target.withdrawable or target.kind is SavingsKind.TERM:
        raise Refused(
            "Interest can't be paid into {product}.",
            advice="Choose voluntary savings.",
            field="pays_into",
            product=target.name,
        )
    return target.id


def _warnings(tx: Transaction, terms: Terms, on: date) -> list[tuple[str, dict[str, Any]]]:
    """A rate above the ceiling of the day is said, not refused (Permenkop UKM 8/2023 ps. 26)."""
    highest, ceiling = terms.highest, ceiling_on(tx, "savings_rate_ceiling_percent", on)
    if ceiling is None or highest <= ceiling:
        return []
    return [(ABOVE_CEILING, {"rate": highest, "ceiling": ceiling})]


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
