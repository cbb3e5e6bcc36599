"""Random sessions at the shop and at the cooperative, with undo and reopening.

After each step every invariant of the book holds, and its balances and details equal those of a ledger of
dictionaries written independently.
"""

import copy
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.base.clock import FixedClock
from app.base.dates import add_months
from app.base.errors import Refused
from app.ledger import checks
from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut, TransferMoney
from app.ledger.command import Command
from app.ledger.debts.commands import PayBill, ReceiveBillPayment
from app.ledger.entries import queries
from app.ledger.entries.commands import EntryLine, PostEntry
from app.ledger.loans.commands import DisburseLoan, ReceiveInstalment
from app.ledger.members.commands import AddMember
from app.ledger.parties.commands import AddCustomer, AddSupplier
from app.ledger.products.commands import AddProduct
from app.ledger.purchases.commands import PurchaseLine, PurchaseMethod, RecordPurchase
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod
from app.ledger.savings.commands import DepositSavings, TransferSavings, WithdrawSavings
from app.ledger.savings.queries import balances as savings_balances
from tests.ledger.conftest import NOW
from tests.ledger.naive import Instalment, Naive

FIRST = date(2026, 7, 5)
AMOUNTS = st.integers(1, 900).map(lambda number: number * 137)
UNITS = st.integers(1, 40)


class Session(RuleBasedStateMachine):
    """What both kinds of session share: the book, the second opinion, undo and reopening."""

    kind = ""
    template: Path
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.path = self.folder / f"{self.kind}-{id(self)}.lumbung"
        shutil.copyfile(self.template, self.path)
        self.book = Book.open(self.path, clock=FixedClock(NOW), actor="uji")
        self.naive = Naive()
        self.past: list[Naive] = []
        self.day = FIRST
        self.asked = True  # something was asked of the book since it was last compared

    def teardown(self) -> None:
        self.book.close()
        for leftover in self.folder.glob(self.path.name + "*"):
            leftover.unlink()

    def do(self, command: Command, effect: Callable[[Naive], None]) -> None:
        """Do it in both."""
        self.asked = True
        self.book.execute(command)
        self.past.append(copy.deepcopy(self.naive))
        effect(self.naive)

    def refuse(self, command: Command) -> None:
        """It must be refused, and change nothing."""
        self.asked = True
        with pytest.raises(Refused):
            self.book.execute(command)

    @rule(days=st.integers(1, 20))
    def time_goes_on(self, days: int) -> None:
        self.day += timedelta(days=days)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        self.asked = True
        self.book.undo()
        self.naive = self.past.pop()

    @rule()
    def reopen(self) -> None:
        self.asked = True
        self.book.close()
        self.book = Book.open(self.path, clock=FixedClock(NOW), actor="uji")

    @invariant()
    def balances_agree(self) -> None:
        """A step in which nothing was asked of the book leaves nothing new to compare."""
        if not self.asked:
            return
        self.asked = False
        with self.book.snapshot() as snapshot:
            found = {item.account.code: item.amount for item in queries.trial_balance(snapshot)}
            assert checks.broken_only(checks.run(snapshot)) == []
            self.compare_details(snapshot)
        assert found == self.naive.balances()

    def compare_details(self, snapshot: object) -> None:
        """Compare the details of this kind of book."""


class Shop(Session):
    """A shop with three goods, two customers and a supplier."""

    kind = "business"
    goods = ("B1", "B2", "B3")
    customers = ("Bu Endang", "Pak Teguh")

    @initialize()
    def furnish(self) -> None:
        for code in self.goods:
            self.book.execute(AddProduct(code=code, name=f"Barang {code}", sell_price=9_100))
        for name in self.customers:
            self.book.execute(AddCustomer(name=name))
        self.book.execute(AddSupplier(name="UD Makmur"))
        self.do(
            PostEntry(
                on=self.day,
                memo="modal",
                lines=(EntryLine(account="1-1101", debit=9_000), EntryLine(account="3-1001", credit=9_000)),
            ),
            lambda naive: naive.move(("1-1101", 9_000), ("3-1001", -9_000)),
        )

    @rule(
        good=st.sampled_from(goods),
        units=UNITS,
        price=AMOUNTS,
        credit=st.booleans(),
        freight=st.sampled_from((0, 0, 731)),
    )
    def buy(self, good: str, units: int, price: int, freight: int, *, credit: bool) -> None:
        supplier = "UD Makmur" if credit else None
        self.do(
            RecordPurchase(
                on=self.day,
                lines=(PurchaseLine(product=good, quantity=Decimal(units), price=price),),
                freight=freight,
                method=PurchaseMethod.CREDIT if credit else PurchaseMethod.CASH,
                supplier=supplier or "",
            ),
            lambda naive: naive.buy(good, units, units * price + freight, "1-1101", supplier),
        )

    @rule(
        good=st.sampled_from(goods),
        units=UNITS,
        price=st.integers(10, 900).map(lambda number: number * 53),
        discount=st.sampled_from((0, 0, 7, 211)),
        how=st.sampled_from(("cash", "qris", "transfer", "bon", "part")),
        customer=st.sampled_from(customers),
    )
    def sell(self, good: str, units: int, price: int, discount: int, how: str, customer: str) -> None:
        have = self.naive.stock.get(good, (0, 0))[0]
        line = SaleLine(product=good, quantity=Decimal(units), price=price, discount=discount)
        total = units * price - discount
        part = total // 3
        bon = how in ("bon", "part")
        command = RecordSale(
            on=self.day,
            lines=(line,),
            method={"cash": SaleMethod.CASH, "qris": SaleMethod.QRIS, "transfer": SaleMethod.TRANSFER}.get(
                how, SaleMethod.CREDIT
            ),
            paid=part if how == "part" else None,
            customer=customer if bon else "",
        )
        if good in self.naive.stock and units > have:
            self.refuse(command)
            return
        if good not in self.naive.stock:
            return  # without stock-keeping nothing has a cost: told elsewhere
        money = {"qris": "1-1121", "transfer": "1-1111"}.get(how, "1-1101")
        paid = {"bon": 0, "part": part}.get(how, total)
        self.do(
            command,
            lambda naive: naive.sell(good, units, price, discount, money, customer if bon else None, paid),
        )

    @rule(customer=st.sampled_from(customers), share=st.integers(1, 4))
    def bon_paid(self, customer: str, share: int) -> None:
        owed = sum(self.naive.bons.get(customer, ()))
        if owed == 0:
            self.refuse(ReceiveBillPayment(on=self.day, customer=customer, amount=500))
            return
        amount = max(owed * share // 4, 1)

        def effect(naive: Naive) -> None:
            naive.settle(naive.bons[customer], amount)
            naive.move(("1-1101", amount), ("1-1201", -amount))

        self.do(ReceiveBillPayment(on=self.day, customer=customer, amount=amount), effect)
        left = owed - amount
        self.refuse(ReceiveBillPayment(on=self.day, customer=customer, amount=left + 1))

    @rule(share=st.integers(1, 3))
    def supplier_paid(self, share: int) -> None:
        owed = sum(self.naive.debts.get("UD Makmur", ()))
        if owed == 0:
            return
        amount = max(owed * share // 3, 1)

        def effect(naive: Naive) -> None:
            naive.settle(naive.debts["UD Makmur"], amount)
            naive.move(("2-1101", amount), ("1-1111", -amount))

        self.do(PayBill(on=self.day, supplier="UD Makmur", amount=amount, account="1-1111"), effect)

    @rule(amount=AMOUNTS, what=st.sampled_from(("Untuk rumah", "Sewa", "Modal masuk", "pindah")))
    def money(self, amount: int, what: str) -> None:
        legs: tuple[tuple[str, int], ...]
        command: Command
        if what == "pindah":
            command = TransferMoney(on=self.day, amount=amount, source="1-1101", target="1-1111")
            legs = (("1-1101", -amount), ("1-1111", amount))
        elif what == "Modal masuk":
            command = RecordMoneyIn(on=self.day, amount=amount, category=what)
            legs = (("1-1101", amount), ("3-1001", -amount))
        else:
            command = RecordMoneyOut(on=self.day, amount=amount, category=what)
            legs = (("1-1101", -amount), ({"Sewa": "6-1002"}.get(what, "3-1002"), amount))
        self.do(command, lambda naive: naive.move(*legs))

    def compare_details(self, snapshot: object) -> None:
        from app.ledger.products.queries import stock_list

        found = {row.code: (int(row.quantity), row.value) for row in stock_list(snapshot)}  # type: ignore[arg-type]
        for good, have in self.naive.stock.items():
            assert found.get(good, (0, 0)) == have


class Cooperative(Session):
    """A cooperative of three members."""

    kind = "cooperative"
    members = ("0001", "0002", "0003")

    @initialize()
    def found(self) -> None:
        for number in self.members:
            self.book.execute(AddMember(number=number, name=f"Anggota {number}", joined=date(2025, 3, 1)))
        self.loans = 0

    @rule(
        member=st.sampled_from(members),
        product=st.sampled_from(("share", "mandatory", "voluntary")),
        amount=AMOUNTS,
    )
    def deposit(self, member: str, product: str, amount: int) -> None:
        self.do(
            DepositSavings(member=member, product=product, amount=amount, on=self.day),
            lambda naive: naive.save(member, product, amount),
        )

    @rule(member=st.sampled_from(members), share=st.integers(1, 5))
    def withdraw(self, member: str, share: int) -> None:
        balance = self.naive.savings[member, "voluntary"]
        self.refuse(WithdrawSavings(member=member, product="voluntary", amount=balance + 1, on=self.day))
        self.refuse(WithdrawSavings(member=member, product="mandatory", amount=1, on=self.day))
        amount = balance * share // 5
        if amount:
            self.do(
                WithdrawSavings(member=member, product="voluntary", amount=amount, on=self.day),
                lambda naive: naive.save(member, "voluntary", -amount),
            )

    @rule(giver=st.sampled_from(members), taker=st.sampled_from(members), share=st.integers(1, 3))
    def transfer(self, giver: str, taker: str, share: int) -> None:
        amount = self.naive.savings[giver, "voluntary"] * share // 3
        if giver == taker or not amount:
            return

        def effect(naive: Naive) -> None:
            naive.save(giver, "voluntary", -amount)
            naive.save(taker, "voluntary", amount)

        self.do(
            TransferSavings(
                member=giver,
                product="voluntary",
                to_member=taker,
                to_product="voluntary",
                amount=amount,
                on=self.day,
            ),
            effect,
        )

    @rule(member=st.sampled_from(members), thousands=st.integers(2, 40), term=st.integers(1, 6))
    def lend(self, member: str, thousands: int, term: int) -> None:
        """Flat, 1 % a month, principal and interest even, so that the schedule needs no calculator."""
        self.loans += 1
        number = f"PJ-{self.loans}"
        part, interest = thousands * 1_000, thousands * 10 * term
        rows = [Instalment(add_months(self.day, place + 1), part, interest) for place in range(term)]
        self.do(
            DisburseLoan(
                member=member,
                number=number,
                on=self.day,
                principal=part * term,
                rate=Decimal(1),
                term=term,
                provision=thousands,
            ),
            lambda naive: naive.lend(number, member, rows, thousands),
        )

    @precondition(lambda self: any(loan.outstanding for loan in self.naive.loans.values()))
    @rule(data=st.data(), amount=AMOUNTS)
    def instalment(self, data: st.DataObject, amount: int) -> None:
        owing = [number for number, loan in self.naive.loans.items() if loan.outstanding]
        number = data.draw(st.sampled_from(owing))
        loan = self.naive.loans[number]
        whole = sum(row.principal + row.interest for row in loan.rows) - loan.held
        command = ReceiveInstalment(loan=number, amount=amount, on=self.day)
        if amount > whole:
            self.refuse(command)
        else:
            # What is paid ahead waits for its due date; those up to today are past by the time it is recorded.
            self.do(command, lambda naive: naive.pay(number, amount, max(self.day, NOW.date())))

    def compare_details(self, snapshot: object) -> None:
        expected = {key: amount for key, amount in self.naive.savings.items() if amount}
        found = {
            (row.number, product): amount
            for row in savings_balances(snapshot)  # type: ignore[arg-type]
            for product, amount in row.amounts.items()
            if amount
        }
        assert found == expected


@pytest.mark.parametrize("machine", [Shop, Cooperative])
def test_a_random_session_agrees_with_the_dictionaries(
    machine: type[Session], book_templates: dict[str, Path], tmp_path: Path
) -> None:
    machine.template = book_templates[machine.kind]
    machine.folder = tmp_path
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.slow
@pytest.mark.parametrize("machine", [Shop, Cooperative])
def test_long_random_sessions_agree_with_the_dictionaries(
    machine: type[Session], book_templates: dict[str, Path], tmp_path: Path
) -> None:
    machine.template = book_templates[machine.kind]
    machine.folder = tmp_path
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=120, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
