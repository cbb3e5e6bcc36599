"""Becoming a full member, coming back, and the heirs of a member."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.ledger.command import Command
from app.ledger.members.commands import AdmitMember, HeirLine, ReinstateMember, SetHeirs
from app.ledger.members.history import Heir
from app.ledger.members.queries import MemberRow
from app.ui.bridge import Session
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.number_edit import RateEdit

MOST_HEIRS = 5


class _DayForm(Form):
    """Something about one member that needs only its day."""

    def __init__(
        self,
        session: Session,
        name: str,
        make: Callable[[str, date], Command],
        effect: Callable[[MemberRow], Sequence[str]],
        save: str,
        said: str,
    ) -> None:
        _ = session.translator
        self._row: MemberRow | None = None
        self._make = make
        super().__init__(
            session,
            name,
            self._made,
            effect=lambda: [] if self._row is None else effect(self._row),
            save=save,
            said=said,
            again=False,
        )
        self.on = DateEdit(session)
        self.add("on", _("Date"), self.on)

    def take(self, row: MemberRow) -> None:
        """Who it is about."""
        self._row = row
        self._say_effect()

    def keep_draft(self) -> None:
        """A day is no draft, and it would come back for another member."""

    def _made(self) -> Command:
        assert self._row is not None
        _ = self.session.translator
        return self._make(self._row.number, needed(self.on, _("A date is needed."), "on"))


def admit_form(session: Session) -> _DayForm:
    """A prospective member becomes a full one."""
    _ = session.translator
    return _DayForm(
        session,
        "admit",
        lambda number, on: AdmitMember(member=number, on=on),
        lambda row: [
            _("{name} is a full member from that day on.", name=row.name),
            _("Mandatory savings are counted from its month on."),
        ],
        _("Make a full member"),
        _("The member is admitted"),
    )


def reinstate_form(session: Session) -> _DayForm:
    """Someone who left comes back."""
    _ = session.translator
    return _DayForm(
        session,
        "reinstate",
        lambda number, on: ReinstateMember(member=number, on=on),
        lambda row: [
            _("{name} is a member again from that day on, with the same number.", name=row.name),
            _("The earlier membership stays in the register. Savings begin anew."),
        ],
        _("Take back as a member"),
        _("The member is back"),
    )


class HeirsForm(Form):
    """All heirs of one member, each with a share, or none with one."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        self._row: MemberRow | None = None
        super().__init__(
            session,
            "heirs",
            self._made,
            effect=self._effects,
            save=_("Save the heirs"),
            said=_("The heirs are saved"),
            again=False,
        )
        for place in range(1, MOST_HEIRS + 1):
            self.add_beside(
                (f"name{place}", _("Heir {n}", n=place), TextEditor(_)),
                (f"relation{place}", _("What they are"), TextEditor(_, hint=_("husband, daughter"))),
                (f"share{place}", _("Share in percent"), RateEdit(_)),
            )

    def take(self, row: MemberRow, heirs: Sequence[Heir]) -> None:
        """The member, with the heirs that are known."""
        self._row = row
        values: dict[str, Any] = {}
        for place in range(1, MOST_HEIRS + 1):
            heir = heirs[place - 1] if place <= len(heirs) else Heir("", "", None)
            values[f"name{place}"], values[f"relation{place}"] = heir.name, heir.relation
            values[f"share{place}"] = heir.share
        self.clear_button.hide()
        self.begin(values)

    def keep_draft(self) -> None:
        """What stands in the register is there already, and a draft would come back for another member."""

    def _lines(self) -> tuple[HeirLine, ...]:
        found = []
        for place in range(1, MOST_HEIRS + 1):
            name, relation, share = (
                self.fields[f"{key}{place}"].editor.value() for key in ("name", "relation", "share")
            )
            if name or relation or share:
                found.append(HeirLine(name=name or "", relation=relation or "", share=share))
        return tuple(found)

    def _made(self) -> SetHeirs:
        assert self._row is not None
        return SetHeirs(member=self._row.number, heirs=self._lines())

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        shares = [line.share for line in self._lines() if line.share is not None]
        total = sum(shares, Decimal(0))
        lines = [_("The heirs stand on the settlement when the member dies.")]
        if shares:
            lines.append(_("The shares add up to {total}; they must be 100%.", total=_.format.rate(total)))
        return lines
