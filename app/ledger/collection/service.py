"""Recording a collection sheet: an entry for each member's savings and for each instalment, one for the cash."""

from app.base.errors import Bug, LumbungError, Refused
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done
from app.ledger.collection.commands import CollectionLine, RecordCollection
from app.ledger.command import Command
from app.ledger.entries.commands import ReverseEntries, ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.loans.commands import ReceiveInstalment
from app.ledger.loans.reading import read_loans
from app.ledger.members.register import find_member
from app.ledger.savings.commands import RecordSavings, SavingsLine
from app.ledger.transaction import Transaction

# Where cash that is over or short goes: income with a plus, a cost with a minus, on one account.
CASH_DIFFERENCE = "8-1002"
_STEP = 20


def record_collection(tx: Transaction, command: RecordCollection) -> Done:
    """Record every line, then what the cash counted is over or short.

    A refusal bears the place of its line, so that the sheet can show it where it is.
    """
    number = command.number.strip() or tx.number("LP", command.on)
    memo = f"Lembar penagihan {number}"
    entries: list[int] = []
    paid = [(place, line) for place, line in enumerate(command.lines) if line.total]
    for done, (place, line) in enumerate(paid):
        if done % _STEP == 0:
            tx.progress.step(done, len(paid), memo)
        try:
            for part in _commands(tx, command, line):
                entries += _entries_of(tx.run(part).undo)
        except LumbungError as error:
            error.line = place
            raise
    total = sum(line.total for line in command.lines)
    difference = 0 if command.counted is None else command.counted - total
    if difference:
        chart = chart_of(tx)
        money = chart.money_account(command.account)
        over = "lebih" if difference > 0 else "kurang"
        posted = post(
            tx,
            on=command.on,
            memo=f"Selisih kas, uang {over}: {' '.join(filter(None, (memo, command.group.strip())))}",
            postings=[
                Posting(money.id, difference),
                Posting(chart.code(CASH_DIFFERENCE).id, -difference),
            ],
            source="collection",
            series="LP",
            number=number,
        )
        entries.append(posted.id)
    return Done(
        number=number,
        value={
            "members": len({line.member for _, line in paid}),
            "total": total,
            "difference": difference,
            "entries": entries,
        },
        undo=ReverseEntries(entries=tuple(reversed(entries))),
    )


def _commands(tx: Transaction, command: RecordCollection, line: CollectionLine) -> list[Command]:
    """What a line asks of savings and loans."""
    made: list[Command] = []
    savings = tuple(
        SavingsLine(member=line.member, product=kind, deposit=amount)
        for kind, amount in (("mandatory", line.mandatory), ("voluntary", line.voluntary))
        if amount
    )
    if savings:
        made.append(RecordSavings(on=command.on, lines=savings, account=command.account))
    if line.instalment or line.penalty:
        made.append(
            ReceiveInstalment(
                loan=_loan_of(tx, command, line),
                amount=line.instalment + line.penalty,
                penalty=line.penalty,
                on=command.on,
                account=command.account,
            )
        )
    return made


def _loan_of(tx: Transaction, command: RecordCollection, line: CollectionLine) -> str:
    """The loan that is paid: the one named, which must be this member's, or the only one still owed."""
    party, _ = find_member(tx, line.member)
    named = line.loan.strip().casefold()
    loans = [
        item
        for item in read_loans(tx, command.on, party=party.id)
        if (item.number.casefold() == named if named else item.standing.open() or item.standing.penalty_due)
    ]
    if len(loans) == 1:
        return loans[0].number
    if loans:
        raise Refused(
            "{member} has several loans: {loans}.",
            advice="Say which one the instalment is for.",
            field="loan",
            member=party.name,
            loans=", ".join(item.number for item in loans),
        )
    raise Refused(
        "{member} has no loan {loan}.",
        advice="Leave the instalment empty, or check the member.",
        field="instalment",
        member=party.name,
        loan=line.loan.strip(),
    )


def _entries_of(undo: Command | None) -> list[int]:
    """The entries that a command made, in the order in which they were made."""
    if isinstance(undo, ReverseEntry):
        return [undo.entry]
    if isinstance(undo, ReverseEntries):
        return list(reversed(undo.entries))
    raise Bug("a part of a collection sheet can't be taken back")
