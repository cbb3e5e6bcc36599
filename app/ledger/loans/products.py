"""Loan products: what new loans of one kind begin with. A loan keeps its terms as its own."""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, update

from app.base.errors import Refused, UserError
from app.base.i18n import N_
from app.ledger.accounts.chart import AccountClass
from app.ledger.accounts.service import chart_of, keep_by_details
from app.ledger.changes import Done, Kind
from app.ledger.loans.commands import DisburseLoan
from app.ledger.loans.offered import Lending, LoanProduct, filled, loan_products
from app.ledger.loans.product_commands import AddLoanProduct, RemoveLoanProduct, SetLoanProduct
from app.ledger.loans.schedule import Every, RatePer
from app.ledger.loans.tables import loan_product
from app.ledger.rates.table import ceiling_on
from app.ledger.reader import is_referenced
from app.ledger.transaction import Transaction

ABOVE_CEILING = N_("The rate is {rate} % a year, above the {ceiling} % that the law sets.")
PERIODS_A_YEAR = {Every.MONTH: Decimal(12), Every.WEEK: Decimal(360) / 7, Every.DAY: Decimal(360)}


def find_product(tx: Transaction, text: str, field: str = "product") -> LoanProduct:
    """The product meant by a code or a name; raises UserError when there is none."""
    found: list[LoanProduct] = tx.memo("loan products", lambda: loan_products(tx))
    wanted = text.strip().casefold()
    for item in found:
        if item.code.casefold() == wanted:
            return item
    for item in found:
        if item.name.casefold() == wanted:
            return item
    raise UserError(
        "There is no loan product {product}.",
        advice="Known: {known}.",
        field=field,
        product=text.strip() or "-",
        known=", ".join(item.code for item in found) or "-",
    )


def with_product(tx: Transaction, command: Lending) -> tuple[Lending, LoanProduct | None]:
    """The command with what it left open taken from its product, and the product.

    Raises UserError for an unknown product, Refused for one that is offered no more.
    """
    if not command.product.strip():
        return command, None
    product = find_product(tx, command.product)
    if not product.active and isinstance(command, DisburseLoan):
        raise Refused(
            "{product} is not offered any more.",
            advice="Choose another product, or offer it again.",
            field="product",
            product=product.name,
        )
    return filled(command, product), product


def add_product(tx: Transaction, command: AddLoanProduct) -> Done:
    """Add a product. A rate above the law's ceiling is told as a warning."""
    code, name = command.code.strip(), command.name.strip()
    _refuse_taken(tx, code, name)
    values = _values(tx, command)
    tx.insert(loan_product, id=tx.next_id(loan_product), **{**values, "code": code, "name": name}, active=1)
    _changed(tx)
    return Done(
        number=code,
        value={"product": code, "warnings": _ceiling(tx, command.rate, command.per)},
        undo=RemoveLoanProduct(code=code),
    )


def set_product(tx: Transaction, command: SetLoanProduct) -> Done:
    """Change what is given; loans lent by it keep what was agreed."""
    product = find_product(tx, command.code, "code")
    values = _values(tx, command)
    values.pop("code")
    given = [
        item.name
        for item in fields(command)
        if item.name != "code" and getattr(command, item.name) is not None
    ]
    if not given:
        raise UserError("Nothing to change in {product}.", product=product.name)
    if "name" in values and values["name"].strip() != product.name:
        _refuse_taken(tx, None, values["name"].strip())
    tx.execute(update(loan_product).where(loan_product.c.id == product.id).values(**values))
    _changed(tx)
    after = find_product(tx, product.code)
    undo = SetLoanProduct(code=product.code, **{name: getattr(product, name) for name in given})
    return Done(number=product.code, value={"warnings": _ceiling(tx, after.rate, after.per)}, undo=undo)


def remove_product(tx: Transaction, command: RemoveLoanProduct) -> Done:
    """Undo of adding: only while no loan was lent by it."""
    product = find_product(tx, command.code, "code")
    if is_referenced(tx, "loan_product", product.id):
        raise Refused(
            "There are loans of {product} or applications for them; it can't be removed.",
            advice="It can be taken out of use instead.",
            product=product.name,
        )
    tx.execute(delete(loan_product).where(loan_product.c.id == product.id))
    _changed(tx)
    kept = {
        name: getattr(product, name)
        for name in LoanProduct._fields
        if name not in ("id", "active", "ledger", "income")
    }
    return Done(number=product.code, undo=AddLoanProduct(**kept))


def yearly(rate: Decimal, per: RatePer, every: Every = Every.MONTH, term: int = 0) -> Decimal | None:
    """The stated rate in percent a year; None for one of a whole loan of unknown length."""
    if per is RatePer.YEAR:
        return rate
    if per is RatePer.MONTH:
        return rate * 12
    return rate * PERIODS_A_YEAR[every] / term if term else None


def rate_warnings(ceiling: Decimal | None, stated: Decimal | None) -> list[tuple[str, Mapping[str, Any]]]:
    """What is to be said of a rate in percent a year beside the ceiling of its day: nothing, or that it is above."""
    if ceiling is None or stated is None or stated <= ceiling:
        return []
    return [(ABOVE_CEILING, {"rate": stated.quantize(Decimal("0.01")), "ceiling": ceiling})]


def _ceiling(tx: Transaction, rate: Decimal, per: RatePer) -> list[tuple[str, Mapping[str, Any]]]:
    """The warning of a product whose stated rate is above the ceiling of today (Permenkop UKM 8/2023 ps. 27)."""
    return rate_warnings(ceiling_on(tx, "loan_rate_ceiling_percent", tx.today), yearly(rate, per))


def _values(tx: Transaction, command: AddLoanProduct | SetLoanProduct) -> dict[str, Any]:
    """The command's fields that are given, as the table keeps them."""
    values = {item.name: getattr(command, item.name) for item in fields(command)}
    kept = {
        name: str(value) if isinstance(value, Decimal) else int(value) if isinstance(value, bool) else value
        for name, value in values.items()
        if value is not None and name not in ("account", "interest_account")
    }
    if command.account is not None:
        kept["ledger_id"] = _ledger(tx, command.account)
    if command.interest_account is not None:
        kept["interest_id"] = _income(tx, command.interest_account)
    return kept


def _ledger(tx: Transaction, code: str) -> int | None:
    """The account for the principal of a product's loans; None for the standard one.

    An asset that nothing was posted to becomes an account kept by its loans. Raises Refused for one that can't.
    """
    if not code.strip():
        return None
    row = chart_of(tx).code(code)
    if row.role == "loans":
        return None
    if row.control == "loans" and row.class_ is AccountClass.ASSET:
        return row.id
    free = not (row.control or row.role or row.money or row.heading or row.contra)
    if row.class_ is not AccountClass.ASSET or not free or not row.active:
        raise Refused(
            "{code} {name} can't keep loans to members.",
            advice="Choose an asset account of its own for it, or add one: for example 1-1203.",
            field="account",
            code=row.code,
            name=row.name,
        )
    if tx.sql("SELECT 1 FROM posting WHERE account_id = ? LIMIT 1", (row.id,)):
        raise Refused(
            "{code} {name} has entries already; its balance would not be that of its loans.",
            advice="Add another account for these loans.",
            field="account",
            code=row.code,
            name=row.name,
        )
    keep_by_details(tx, row, "loans")
    return row.id


def _income(tx: Transaction, code: str) -> int | None:
    """The account for the interest of a product's loans; None for the standard one. Raises Refused for no income."""
    if not code.strip():
        return None
    row = chart_of(tx).code(code)
    if row.role == "loan_interest":
        return None
    if row.class_ is not AccountClass.REVENUE or row.role or row.control or row.heading or not row.active:
        raise Refused(
            "{code} {name} can't take the interest of loans.",
            advice="Choose an income account that nothing else uses, or leave it empty.",
            field="interest_account",
            code=row.code,
            name=row.name,
        )
    return row.id


def _refuse_taken(tx: Transaction, code: str | None, name: str) -> None:
    for item in loan_products(tx):
        if code is not None and item.code.casefold() == code.casefold():
            raise Refused(
                "There is a loan product {code} already: {name}.",
                advice="Choose another code.",
                field="code",
                code=item.code,
                name=item.name,
            )
        if item.name.casefold() == name.casefold():
            raise Refused(
                "There is a loan product called {name} already: {code}.",
                advice="Choose another name.",
                field="name",
                code=item.code,
                name=item.name,
            )


def _changed(tx: Transaction) -> None:
    tx.forget("loan products")
    tx.changed(Kind.LOAN)
