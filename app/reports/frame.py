"""What every report has around its rows: the parameters it was asked with, the letterhead, the period in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.base.dates import Month, Period
from app.base.errors import UserError
from app.base.i18n import Translator
from app.ledger.profile.queries import read_logo, read_officers, read_profile
from app.ledger.reader import kept
from app.ledger.snapshot import Snapshot
from app.reports.document import Chart, Column, Document, Layout, Letterhead, Officer, Row


@dataclass(frozen=True, slots=True)
class Parameters:
    """What was asked for. `period` holds both days; a report "as of" uses its last day.

    `only_day` is True when only a day was given (`--on`): a report over time then begins with the
    fiscal year of that day. A statement is compared with the same period of the year `compare`, or with
    the period `against`.
    """

    period: Period
    only_day: bool = False
    member: str = ""
    loan: str = ""
    deposit: str = ""
    account: str = ""
    party: str = ""
    product: str = ""
    compare: int | None = None
    before_closing: bool = False
    against: Period | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A report being made: the book as it is, what was asked, for whom."""

    book: Snapshot
    parameters: Parameters
    translator: Translator
    made_by: str
    made_at: datetime  # with the device's zone

    @property
    def last_day(self) -> date:
        """The day an "as of" report stands for."""
        return self.parameters.period.last_day

    @property
    def period(self) -> Period:
        """The period of a report over time."""
        if self.parameters.only_day:
            year = self.book.info.fiscal_year(self.last_day)
            return Period.through(year.first, self.last_day)
        return self.parameters.period

    def needed(self, name: str) -> str:
        """A parameter this report can't do without; raises UserError naming it."""
        value: str = getattr(self.parameters, name)
        if not value:
            raise UserError("This report needs --{name}.", name=name, field=name)
        return value

    def period_text(self, period: Period) -> str:
        """A period in words: a month, a year, a day, or from and to."""
        fmt = self.translator.format
        first, last = period.first, period.last_day
        if first == last:
            return fmt.date_long(first)
        if first.day == 1 and period == Month.of(first).period:
            return fmt.month(Month.of(first))
        if (
            (first.month, first.day) == (1, 1)
            and (last.month, last.day) == (12, 31)
            and first.year == last.year
        ):
            return str(first.year)
        return self.translator("{first} to {last}", first=fmt.date_long(first), last=fmt.date_long(last))

    def letterhead(self) -> Letterhead:
        """The head of the papers: name, legal numbers, address, who signs; read from a snapshot once."""
        known = kept(self.book)
        asked = ("letterhead", self.translator.language)
        found: Letterhead | None = known.get(asked)
        if found is None:
            found = known[asked] = self._letterhead()
        return found

    def _letterhead(self) -> Letterhead:
        profile = read_profile(self.book)
        _ = self.translator
        numbers = [
            _("Legal entity {number}", number=profile.legal_number) if profile.legal_number else "",
            _("Cooperative number {number}", number=profile.cooperative_number)
            if profile.cooperative_number
            else "",
            _("Owner: {name}", name=profile.owner) if profile.owner else "",
            _("NIB {number}", number=profile.business_number) if profile.business_number else "",
        ]
        contact = [profile.address, profile.phone]
        lines = (" · ".join(filter(None, numbers)), " · ".join(filter(None, contact)))
        officers = tuple(Officer(row.office, row.name) for row in read_officers(self.book) if row.signs)
        if not officers and profile.owner:
            officers = (Officer(_("Owner"), profile.owner),)
        return Letterhead(
            name=profile.name,
            lines=tuple(line for line in lines if line),
            logo=read_logo(self.book),
            place=profile.place,
            officers=officers,
        )

    def document(
        self,
        report: str,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[Row],
        totals: Mapping[str, object],
        *,
        period: Period | None = None,
        subtitle: str = "",
        layout: Layout = Layout.LIST,
        landscape: bool = False,
        signed: bool = False,
        notes: Sequence[str] = (),
        context: Sequence[tuple[str, str]] = (),
        charts: Sequence[Chart] = (),
    ) -> Document:
        """A Document of this request. With `period` it is a report over time, without one "as of"."""
        if not subtitle:
            subtitle = (
                self.period_text(period)
                if period is not None
                else self.translator("As of {on}", on=self.translator.format.date_long(self.last_day))
            )
        return Document(
            report=report,
            title=title,
            book=self.book.info.name,
            first_day=None if period is None else period.first,
            last_day=self.last_day if period is None else period.last_day,
            columns=tuple(columns),
            rows=tuple(rows),
            totals=dict(totals),
            subtitle=subtitle,
            letterhead=self.letterhead(),
            made_by=self.made_by,
            made_at=self.made_at,
            layout=layout,
            training=self.book.info.training,
            landscape=landscape,
            signed=signed,
            notes=tuple(notes),
            context=tuple(context),
            charts=tuple(charts),
        )
