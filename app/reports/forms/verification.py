"""The code under a member's statement, by which the office recognises it, and the QR code.

The code is BLAKE2b over the figures of the statement in one canonical form, so that a figure changed
by hand, or a statement made from other books, has another code. Words don't count: the code is
the same in every language, and after a corrected spelling of a name. It is a check, not a
signature: whoever has the figures can compute it, the office compares it with what its own book gives.
"""

import json
from collections.abc import Iterable
from hashlib import blake2b

from app.reports.account_statement import AccountStatement, Cover
from app.reports.forms import StatementHead

QR_MARK = "LUMBUNG1"  # first field of the QR code: what it is, and the version of its fields


def verification_code(statement: AccountStatement, book: str) -> str:
    """The code of a statement, 48 bits written like `CC64-3F12-EE06`.

    Canonical form: one JSON array in ASCII without spaces. In order: the mark, book, member's number, first and
    last day; each savings product [key, opening, closing, movements], a movement being [day, number,
    deposit, withdrawal, balance]; interest gross and tax; each loan [number, plafond, instalments,
    paid ones, begun, opening, outstanding, principal paid, arrears of principal, of interest,
    penalty due, held, movements], a movement being [day, number, disbursed, principal, interest,
    penalty, outstanding], and what was written off, if anything; the amounts due in their order; the day
    they are due by; what the cooperative owes to one who left. Days are ISO 8601, amounts whole rupiah.
    """
    savings = [
        [
            section.key,
            section.opening,
            section.closing,
            [
                [line.on.isoformat(), line.number, line.deposit, line.withdrawal, line.balance]
                for line in section.movements
            ],
        ]
        for section in statement.savings
    ]
    loans = [
        [
            loan.number,
            loan.plafond,
            loan.instalments,
            loan.instalments_paid,
            loan.instalment_begun,
            loan.opening,
            loan.outstanding,
            loan.principal_paid,
            loan.arrears_principal,
            loan.arrears_interest,
            loan.penalty_due,
            loan.held,
            [
                [
                    line.on.isoformat(),
                    line.number,
                    line.disbursed,
                    line.principal,
                    line.interest,
                    line.penalty,
                    line.outstanding,
                ]
                for line in loan.movements
            ],
            # Only of a loan that was written off, so that the codes on all other papers stay what they are.
            *([loan.written_off] if loan.written_off else []),
        ]
        for loan in statement.loans
    ]
    return _code(
        [
            QR_MARK,
            book,
            statement.number,
            statement.first_day.isoformat(),
            statement.last_day.isoformat(),
            savings,
            [statement.interest_gross, statement.interest_tax],
            loans,
            [line.amount for line in statement.due],
            statement.due_by.isoformat() if statement.due_by else "",
            statement.receivable_by_member,
        ]
    )


def file_code(codes: Iterable[str], cover: Cover) -> str:
    """The code of a whole printing: over all statements' codes in print order and the proof."""
    proof = [
        [line.code, line.opening, line.increase, line.decrease, line.closing, line.ledger]
        for line in cover.proof
    ]
    return _code([list(codes), proof])


def _code(canonical: list[object]) -> str:
    text = json.dumps(canonical, separators=(",", ":"))
    digest = blake2b(text.encode("ascii"), digest_size=6).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}-{digest[8:]}"


def qr_content(statement: AccountStatement, head: StatementHead, code: str) -> str:
    """What the QR code says: mark, book, member, month, savings, outstanding, due, code."""
    day = statement.last_day
    fields = (
        QR_MARK,
        head.book,
        statement.number,
        f"{day.year}-{day.month:02}",
        str(statement.savings_closing),
        str(statement.outstanding),
        str(statement.due_total),
        code,
    )
    return "|".join(field.replace("|", "/") for field in fields)


def qr_side(modules: int, wished: float) -> float:
    """Side of the printed code in mm: as wished, but no module under 0.5 mm."""
    return max(wished, modules * 0.5)
