"""The rules of the chart of accounts."""

from sqlalchemy import delete, update

from app.base.errors import Refused, UserError
from app.ledger.accounts.chart import (
    BALANCE_CLASSES,
    CLASS_OF_DIGIT,
    AccountClass,
    AccountRow,
    Chart,
    read_chart,
    standard_chart,
)
from app.ledger.accounts.commands import (
    AccountType,
    AddAccount,
    MoneyKind,
    RemoveAccount,
    RenameAccount,
    SetAccountActive,
)
from app.ledger.accounts.tables import account
from app.ledger.changes import Done, Kind
from app.ledger.transaction import Transaction

_DEFAULT_CLASS = {
    AccountType.ASSET: AccountClass.ASSET,
    AccountType.LIABILITY: AccountClass.LIABILITY,
    AccountType.EQUITY: AccountClass.EQUITY,
    AccountType.REVENUE: AccountClass.REVENUE,
    AccountType.EXPENSE: AccountClass.EXPENSE,
}
_CLASSES_OF_TYPE = {
    AccountType.ASSET: {AccountClass.ASSET},
    AccountType.LIABILITY: {AccountClass.LIABILITY},
    AccountType.EQUITY: {AccountClass.EQUITY},
    AccountType.REVENUE: {AccountClass.REVENUE, AccountClass.OTHER_INCOME},
    AccountType.EXPENSE: {
        AccountClass.COST,
        AccountClass.EXPENSE,
        AccountClass.OTHER_EXPENSE,
        AccountClass.TAX,
    },
}


def chart_of(tx: Transaction) -> Chart:
    """The chart, remembered between commands."""
    chart: Chart = tx.memo("chart", lambda: read_chart(tx))
    return chart


def account_for(tx: Transaction, role: str) -> AccountRow:
    """The account that plays `role`; a book made before there was such an account gets it from the standard chart.

    An account with the standard code and name takes the role; where the code is used otherwise, the next free one
    is taken.
    """
    chart = chart_of(tx)
    if role in chart.by_role:
        return chart.by_role[role]
    line = next(item for item in standard_chart(tx.info.kind) if item.role == role)
    same = chart.by_code.get(line.code)
    if same is not None and same.role is None and same.name.casefold() == line.name.casefold():
        tx.execute(update(account).where(account.c.id == same.id).values(role=role, active=1))
    else:
        head, _, digits = line.code.partition("-")
        number = int(digits)
        while (code := f"{head}-{number:04d}") in chart.by_code:
            number += 1
        add_account(tx, AddAccount(code=code, name=line.name))
        tx.execute(update(account).where(account.c.code == code).values(role=role, flow=line.flow))
    tx.forget("chart")
    return chart_of(tx).role(role)


def keep_by_details(tx: Transaction, row: AccountRow, control: str) -> None:
    """Let a slice keep an account to which nothing was posted: from now on it takes no entries by hand."""
    tx.execute(update(account).where(account.c.id == row.id).values(control=control))
    tx.forget("chart")


def write_standard_chart(tx: Transaction) -> None:
    """Give a new book the standard chart of its kind."""
    heading: int | None = None
    for line in standard_chart(tx.info.kind):
        is_heading = line.code.endswith("000")
        key = tx.next_id(account)
        tx.insert(
            account,
            id=key,
            code=line.code,
            name=line.name,
            **{"class": CLASS_OF_DIGIT[line.code[0]].value},
            heading=int(is_heading),
            contra=int(line.contra),
            parent_id=None if is_heading else heading,
            role=line.role,
            control=line.control,
            money=line.money,
            flow=line.flow,
            active=1,
        )
        if is_heading:
            heading = key
    tx.forget("chart")


def add_account(tx: Transaction, command: AddAccount) -> Done:
    """Add an account below its parent, or below the heading its code belongs to."""
    chart = chart_of(tx)
    code, name = command.code.strip(), command.name.strip()
    if code in chart.by_code:
        raise Refused(
            "Account {code} exists already: {name}.",
            advice="Choose another code.",
            code=code,
            name=chart.by_code[code].name,
        )
    class_ = _class_of(code, command.type)
    parent = chart.code(command.parent) if command.parent else None
    if parent is None:
        candidates = [
            item for item in chart.accounts if item.heading and item.code[0] == code[0] and item.code < code
        ]
        parent = candidates[-1] if candidates else None
    if parent is not None and (parent.class_ in BALANCE_CLASSES) != (class_ in BALANCE_CLASSES):
        raise Refused(
            "Account {code} can't stand below {parent}: one is of the balance sheet, the other of the result.",
            code=code,
            parent=parent.code,
        )
    tx.insert(
        account,
        id=tx.next_id(account),
        code=code,
        name=name,
        **{"class": class_.value},
        heading=0,
        contra=0,
        parent_id=None if parent is None else (parent.id if parent.heading else parent.parent_id),
        role=None,
        control=None,
        money=_money(command, class_),
        flow=_flow(code, class_, chart),
        active=1,
    )
    tx.forget("chart")
    tx.changed(Kind.ACCOUNT)
    return Done(number=code, undo=RemoveAccount(code=code))


def rename_account(tx: Transaction, command: RenameAccount) -> Done:
    """Change the name; entries keep pointing at the same account."""
    row = chart_of(tx).code(command.code)
    tx.execute(update(account).where(account.c.id == row.id).values(name=command.name.strip()))
    tx.forget("chart")
    tx.changed(Kind.ACCOUNT, row.id)
    return Done(number=row.code, undo=RenameAccount(code=row.code, name=row.name))


def set_account_active(tx: Transaction, command: SetAccountActive) -> Done:
    """Close an account for new postings, or open it again. One the program needs stays open."""
    row = chart_of(tx).code(command.code)
    if not command.active and (row.role or row.control):
        raise Refused(
            "Account {code} {name} is used by the program itself and stays in use.",
            code=row.code,
            name=row.name,
        )
    tx.execute(update(account).where(account.c.id == row.id).values(active=int(command.active)))
    tx.forget("chart")
    tx.changed(Kind.ACCOUNT, row.id)
    return Done(number=row.code, undo=SetAccountActive(code=row.code, active=row.active))


def remove_account(tx: Transaction, command: RemoveAccount) -> Done:
    """Undo of adding: only while nothing was posted to it."""
    row = chart_of(tx).code(command.code)
    used = tx.sql("SELECT 1 FROM posting WHERE account_id = ? LIMIT 1", (row.id,))
    if used or row.role or row.control:
        raise Refused(
            "Account {code} {name} is in use and can't be removed.",
            advice="It can be taken out of use instead: its history stays.",
            code=row.code,
            name=row.name,
        )
    tx.execute(delete(account).where(account.c.id == row.id))
    tx.forget("chart")
    tx.changed(Kind.ACCOUNT, row.id)
    return Done(
        number=row.code,
        undo=AddAccount(
            code=row.code,
            name=row.name,
            type=next(kind for kind, classes in _CLASSES_OF_TYPE.items() if row.class_ in classes),
        ),
    )


def _class_of(code: str, kind: AccountType | None) -> AccountClass:
    """The class by the code's first digit, as the standard charts have it, else by the kind named."""
    by_digit = CLASS_OF_DIGIT.get(code[:1])
    if kind is None:
        if by_digit is None:
            raise UserError(
                "From the code {code} the kind of account can't be told.",
                advice="Begin it with 1 (asset) to 9 (tax), or name the type.",
                code=code,
            )
        return by_digit
    if by_digit is None:
        return _DEFAULT_CLASS[kind]
    if by_digit not in _CLASSES_OF_TYPE[kind]:
        raise UserError(
            "The code {code} does not fit the account's type.",
            advice="Codes: 1 asset, 2 liability, 3 equity, 4 and 7 revenue, 5, 6, 8 and 9 expense.",
            code=code,
        )
    return by_digit


def _money(command: AddAccount, class_: AccountClass) -> str | None:
    if command.money is not None:
        if class_ is not AccountClass.ASSET:
            raise UserError("Only an asset account can hold money.")
        return command.money.value
    if class_ is not AccountClass.ASSET:
        return None
    # The standard charts keep cash in 1-110x and banks in 1-111x; an account added there is one of them.
    if command.code.startswith("1-110"):
        return MoneyKind.CASH.value
    return MoneyKind.BANK.value if command.code.startswith("1-111") else None


def _flow(code: str, class_: AccountClass, chart: Chart) -> str:
    """The cash-flow section of a new account: as its neighbours in the standard chart."""
    if class_ is AccountClass.EQUITY:
        return "financing"
    alike = [item for item in chart.accounts if item.code[:4] == code[:4] and not item.heading]
    return alike[0].flow if alike else "operating"
