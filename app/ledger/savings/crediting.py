"""Interest credited to savings accounts, and the tax that law has withheld from it."""

from datetime import date

from app.base.errors import Refused
from app.base.money import percent_of
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done
from app.ledger.entries.post import Posting, post
from app.ledger.parties.register import PartyRow
from app.ledger.rates.table import rate_on
from app.ledger.savings.commands import CreditSavingsInterest, SavingsKind
from app.ledger.savings.interest import withholding
from app.ledger.savings.register import Product, interest_of_month
from app.ledger.savings.service import (
    CONTROLS,
    SOURCE,
    Planned,
    deposit_for,
    done_with,
    refuse_below_zero,
    refuse_held,
    write,
    write_earned,
)
from app.ledger.transaction import Transaction


def credit_interest(
    tx: Transaction, party: PartyRow, product: Product, command: CreditSavingsInterest, *, body: bool
) -> Done:
    """Dr interest expense (gross), Cr savings (net) and 2-1301 (tax). `body`: the member is no person."""
    if not product.withdrawable:
        raise Refused(
            "{product} is equity and earns no interest.",
            advice="Its members get a share of the surplus (SHU) instead.",
            field="product",
            product=product.name,
        )
    gross, on = command.gross, command.on
    planned = deposit_for(tx, party, product, gross, savings_number=command.savings_number, kind="interest")
    tax = tax_to_withhold(tx, party.id, gross, on, body=body)
    account = planned.account
    if tax > gross:
        refuse_below_zero(tx, account, product, party.name, tax - gross, on)
        refuse_held(tx, account, product, party.name, tax - gross, on)
    chart = chart_of(tx)
    net = Posting(account.held_in, tax - gross, party.id)
    postings = (
        Posting(expense_of(tx, product), gross),
        net,
        Posting(chart.role("savings_tax").id, -tax, party.id),
    )
    posted = post(
        tx,
        on=on,
        memo=command.memo or f"Jasa {product.name}",
        postings=postings,
        source=SOURCE,
        series="JS",
        number=command.number,
        party=party.id,
        controls=CONTROLS,
    )
    write(tx, planned, posted.id, on)
    write_earned(tx, account.id, posted.id, on.isoformat()[:7], gross)
    if tax:
        write(tx, Planned(account, product, "tax", -tax), posted.id, on)
    done = done_with(posted, account)
    return Done(
        number=done.number,
        value={**done.value, "gross": gross, "tax": tax, "net": gross - tax},
        undo=done.undo,
    )


def expense_of(tx: Transaction, product: Product) -> int:
    """The account that bears a product's interest: its own, else 5-1001 or 5-1002 (term)."""
    if product.expense is not None:
        return product.expense
    role = "savings_interest_term" if product.kind is SavingsKind.TERM else "savings_interest"
    return chart_of(tx).role(role).id


def tax_to_withhold(tx: Transaction, party: int, gross: int, on: date, *, body: bool) -> int:
    """The tax on one payment of interest, in rupiah.

    Persons: PP 15/2009, judged on the interest of the whole month and of all accounts together: nothing
    up to the threshold, else the percentage of the whole, so that the payment that crosses it bears what
    earlier ones of the month did not. Bodies: UU PPh ps. 23, the percentage of each payment.
    """
    if body:
        return percent_of(gross, rate_on(tx, "savings_interest_tax_percent_body", on))
    before, withheld = interest_of_month(tx, party, on)
    threshold = int(rate_on(tx, "savings_interest_tax_threshold", on))
    percent = rate_on(tx, "savings_interest_tax_percent", on)
    return max(withholding(before + gross, threshold, percent) - withheld, 0)
