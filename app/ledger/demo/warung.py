"""A warung's days: sales in cash, by QRIS and on bon, buying when stock runs low, costs, and the house."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from app.ledger.cash.commands import RecordMoneyOut, TransferMoney
from app.ledger.command import Command
from app.ledger.debts.commands import PayBill, ReceiveBillPayment, SetOpeningBill
from app.ledger.demo.names import CUSTOMERS, GOODS, SUPPLIERS, Good
from app.ledger.entries.commands import EntryLine, PostOpening
from app.ledger.parties.commands import AddCustomer, AddSupplier
from app.ledger.products.commands import AddProduct, SetOpeningStock
from app.ledger.profile.commands import OfficerLine, SetOfficers, SetProfile
from app.ledger.purchases.commands import PurchaseLine, PurchaseMethod, RecordPurchase
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod

_BON_SHARE, _QRIS_SHARE = 0.05, 0.22
_PAYDAY = 25
_FLOAT = 300_000  # change that stays in the drawer


class WarungStory:
    """What happens at the warung; it keeps its own count of stock and debts, so that it never sells air."""

    def __init__(self, first: date, sales_per_day: int, seed: int) -> None:
        self._first = first
        self._opened_on = first - timedelta(days=1)
        self._sales_per_day = sales_per_day
        self._dice = random.Random(f"warung {seed}")  # noqa: S311 - made-up data
        self._pace = [good.pace for good in GOODS]
        # Enough for some days of selling at this size.
        self._full = {good.code: good.pace * max(sales_per_day, 8) for good in GOODS}
        self._stock = {good.code: self._full[good.code] for good in GOODS}
        self._bons: dict[str, int] = {}
        self._debts: dict[str, tuple[int, date]] = {}
        self._qris = 0
        self._loan = 4_000_000
        # Roughly what is in the drawer and at the bank: larger amounts are paid from where there is enough.
        self._cash = 3_750_000
        self._bank = 9_200_000

    def opening(self) -> list[Command]:
        """The profile, the goods, the people, and what was there the evening before."""
        commands: list[Command] = [
            SetProfile(
                owner="Sari Puspitasari",
                address="Jl. Pasar Batang No. 17, Batang 51211",
                phone="0812-0000-0177",
                business_number="0220004127710",
                place="Batang",
                accounting_standard="SAK EMKM",
            ),
            SetOfficers(officers=(OfficerLine(office="Pemilik", name="Sari Puspitasari"),)),
        ]
        commands += [AddSupplier(name=name) for name in SUPPLIERS]
        commands += [AddCustomer(name=name) for name in CUSTOMERS]
        stock_value = 0
        for good in GOODS:
            quantity = self._full[good.code]
            value = quantity * good.cost
            stock_value += value
            commands.append(
                AddProduct(
                    code=good.code,
                    name=good.name,
                    unit=good.unit,
                    category=good.category,
                    buy_price=good.cost,
                    sell_price=good.price,
                    minimum=Decimal(quantity // 4),
                )
            )
            commands.append(
                SetOpeningStock(
                    on=self._opened_on, product=good.code, quantity=Decimal(quantity), value=value
                )
            )
        bon, debt = 186_500, 742_000
        commands.append(SetOpeningBill(on=self._opened_on, customer=CUSTOMERS[0], amount=bon))
        commands.append(SetOpeningBill(on=self._opened_on, supplier=SUPPLIERS[0], amount=debt))
        self._bons[CUSTOMERS[0]] = bon
        self._debts[SUPPLIERS[0]] = (debt, self._first + timedelta(days=9))
        cash, bank = self._cash, self._bank
        equipment, worn, loan = 9_600_000, 2_400_000, self._loan
        capital = cash + bank + equipment - worn - loan + stock_value + bon - debt
        commands.append(
            PostOpening(
                on=self._opened_on,
                lines=(
                    EntryLine(account="1-1101", debit=cash),
                    EntryLine(account="1-1111", debit=bank),
                    EntryLine(account="1-2103", debit=equipment),
                    EntryLine(account="1-2203", credit=worn),
                    EntryLine(account="2-1301", credit=loan),
                    EntryLine(account="3-1001", credit=capital),
                ),
            )
        )
        return commands

    def day(self, on: date) -> Iterator[Command]:
        """The documents of one day; on two days of the week fewer people come."""
        yield from self._restock(on)
        share = 0.6 if on.weekday() in (1, 4) else 1.0
        count = max(1, round(self._sales_per_day * share * self._dice.uniform(0.8, 1.2)))
        for _ in range(count):
            sale = self._sale(on)
            if sale is not None:
                yield sale
        yield from self._debts_paid(on)
        yield from self._costs(on)

    def _sale(self, on: date) -> Command | None:
        lines: list[SaleLine] = []
        total = 0
        for good in self._dice.choices(GOODS, self._pace, k=self._dice.choice((1, 1, 2, 2, 3, 4))):
            wanted = self._dice.choice((1, 1, 1, 2, 2, 3, 5))
            left = self._stock[good.code]
            if wanted > left or any(line.product == good.code for line in lines):
                continue
            self._stock[good.code] = left - wanted
            discount = 500 if wanted == 5 and good.price > 10_000 else 0
            lines.append(SaleLine(product=good.code, quantity=Decimal(wanted), discount=discount))
            total += wanted * good.price - discount
        if not lines:
            return None
        roll = self._dice.random()
        if roll < _BON_SHARE:
            return self._bon_sale(on, tuple(lines), total)
        if roll < _BON_SHARE + _QRIS_SHARE:
            self._qris += total
            return RecordSale(on=on, lines=tuple(lines), method=SaleMethod.QRIS)
        self._cash += total
        return RecordSale(on=on, lines=tuple(lines))

    def _can_pay(self, amount: int) -> bool:
        return max(self._cash - _FLOAT, self._bank) >= amount

    def _pay(self, amount: int) -> str:
        """Where an amount is paid from: the drawer, unless only the bank has enough."""
        if self._cash - _FLOAT < amount and self._bank > self._cash:
            self._bank -= amount
            return "Bank"
        self._cash -= amount
        return ""

    def _bon_sale(self, on: date, lines: tuple[SaleLine, ...], total: int) -> Command:
        customer = self._dice.choice(CUSTOMERS)
        paid = total // 3_000 * 1_000 if self._dice.random() < 0.3 else 0
        self._cash += paid
        self._bons[customer] = self._bons.get(customer, 0) + total - paid
        return RecordSale(
            on=on,
            lines=lines,
            method=SaleMethod.CREDIT,
            customer=customer,
            paid=paid or None,
            due=on + timedelta(days=self._dice.choice((7, 14, 30))),
        )

    def _restock(self, on: date) -> Iterator[Command]:
        """Twice a week what ran below a third is bought again, from its supplier, partly on account."""
        if on.weekday() not in (0, 3):
            return
        by_supplier: dict[int, list[Good]] = {}
        for good in GOODS:
            if self._stock[good.code] * 3 < self._full[good.code] * 2:
                by_supplier.setdefault(good.supplier, []).append(good)
        for supplier, goods in sorted(by_supplier.items()):
            lines = []
            total = 0
            owing = SUPPLIERS[supplier] in self._debts
            expected = sum((self._full[good.code] - self._stock[good.code]) * good.cost for good in goods)
            if owing and not self._can_pay(expected * 11 // 10):
                continue  # the supplier gives no second delivery on account
            for good in goods:
                quantity = self._full[good.code] - self._stock[good.code]
                self._stock[good.code] += quantity
                price = good.cost + self._dice.choice((-150, -50, 0, 0, 50, 150, 250)) * (good.cost > 2_000)
                lines.append(PurchaseLine(product=good.code, quantity=Decimal(quantity), price=price))
                total += quantity * price
            name = SUPPLIERS[supplier]
            freight = 15_000 if supplier in (0, 3) else 0
            due = on + timedelta(days=14)
            if owing or (supplier not in (0, 2) and self._can_pay(total + freight)):
                from_bank = self._pay(total + freight) != ""
                method = PurchaseMethod.TRANSFER if from_bank else PurchaseMethod.CASH
            else:
                method = PurchaseMethod.CREDIT
                self._debts[name] = (total + freight, due)
            yield RecordPurchase(
                on=on,
                lines=tuple(lines),
                freight=freight,
                supplier=name,
                method=method,
                due=due if method is PurchaseMethod.CREDIT else None,
            )

    def _debts_paid(self, on: date) -> Iterator[Command]:
        """Good customers pay their bon within days; one pays late and never all. We pay suppliers when due."""
        for customer in CUSTOMERS:
            owed = self._bons.get(customer, 0)
            late = customer == CUSTOMERS[1]
            if owed and self._dice.random() < (0.03 if late else 0.12):
                amount = owed if not late else owed // 2_000 * 1_000
                if amount:
                    self._bons[customer] = owed - amount
                    self._cash += amount
                    yield ReceiveBillPayment(on=on, customer=customer, amount=amount)
        for name, (amount, due) in sorted(self._debts.items()):
            if due <= on and self._can_pay(amount):
                del self._debts[name]
                yield PayBill(on=on, supplier=name, amount=amount, account=self._pay(amount))

    def _costs(self, on: date) -> Iterator[Command]:
        if on.weekday() == 5 and self._qris:
            yield TransferMoney(on=on, amount=self._qris, source="1-1121", target="1-1111", memo="QRIS cair")
            self._bank += self._qris
            self._qris = 0
        if on.weekday() == 2 and self._cash > 4_000_000:
            amount = self._cash * 2 // 3_000_000 * 1_000_000
            self._cash -= amount
            self._bank += amount
            yield TransferMoney(on=on, amount=amount, source="1-1101", target="1-1111", memo="Setor ke bank")
        if on.weekday() == 6:
            yield self._out(on, self._dice.randrange(6, 13) * 50_000, "Untuk rumah", "Belanja rumah")
        if on.day == 1:
            yield self._out(on, 650_000, "Sewa", "Sewa kios")
        if on.day == 3:
            amount = self._dice.randrange(260, 340) * 1_000 + 250
            yield self._out(on, amount, "Listrik & air", "Token listrik dan PDAM")
        if on.day == 10 and self._loan:
            self._loan -= 400_000
            yield self._out(on, 400_000, "Bayar pinjaman (pokok)", "Angsuran KUR")
            yield self._out(on, 36_500, "Bayar bunga", "Bunga KUR")
        if on.day == _PAYDAY:
            yield self._out(on, 900_000, "Gaji", "Upah Tri Maryati")
        if on.day % 9 == 4:
            yield self._out(on, self._dice.randrange(3, 9) * 7_500, "Kemasan", "Kantong plastik")
        if on.day % 7 == 2:
            yield self._out(on, self._dice.randrange(4, 9) * 5_000, "Transport", "Bensin")

    def _out(self, on: date, amount: int, category: str, memo: str) -> Command:
        account = self._pay(amount)
        return RecordMoneyOut(on=on, amount=amount, category=category, memo=memo, account=account)
