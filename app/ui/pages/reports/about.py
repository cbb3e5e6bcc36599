"""What a report is about: a member, a loan, an account, a customer or supplier, a product."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.base.errors import LumbungError, UserError
from app.base.i18n import N_
from app.ledger.debts.queries import find_party
from app.ledger.parties.queries import search_parties
from app.ui.book_pickers import account_picker, deposit_picker, loan_picker
from app.ui.bridge import Session
from app.ui.pickers import member_picker, product_picker
from app.ui.widgets.label import Label
from app.ui.widgets.layout import row
from app.ui.widgets.picker import Found, Picker

_NAMES = {
    "member": N_("Member"),
    "loan": N_("Loan"),
    "deposit": N_("Term deposit"),
    "account": N_("Account"),
    "party": N_("Customer or supplier"),
    "product": N_("Product"),
}
_QUESTIONS = {
    "member": N_("Whose statement? Type a number or a name above."),
    "loan": N_("Which loan? Type its number or the member's name above."),
    "deposit": N_("Which term deposit? Type its number or the member's name above."),
    "account": N_("Which account? Type its code or name above."),
    "party": N_("Which customer or supplier? Type the name above."),
    "product": N_("Which product? Type its name or code above."),
}
_ALL = {"account": N_("Empty = all cash and bank accounts")}


class About(QWidget):
    """The pickers a report needs, beside each other. `changed` carries the parameter and its value."""

    changed = Signal(str, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._asked: tuple[str, ...] = ()
        self.pickers: dict[str, Picker] = {}
        self._made: dict[str, QWidget] = {}
        self._row = row(None, gap=16)
        self.setLayout(self._row)
        self.hide()

    def ask(self, names: Sequence[str], values: Mapping[str, str], needs: Sequence[str]) -> None:
        """Show the pickers of these parameters with what was chosen."""
        _ = self._session.translator
        for name in names:
            if name not in self._made:
                self._make(name)
            picker = self.pickers[name]
            if self._value(picker) != values.get(name, ""):
                picker.blockSignals(True)
                picker.set_value(values.get(name) or None)
                picker.blockSignals(False)
            if not values.get(name):
                free = _(_ALL[name]) if name in _ALL and name not in needs else ""
                picker.note(free)
        for name, widget in self._made.items():
            widget.setVisible(name in names)
        self._asked = tuple(names)
        self.setVisible(bool(names))

    def question(self, name: str) -> str:
        """What to say while a parameter is missing."""
        return self._session.translator(_QUESTIONS[name])

    def focus(self) -> None:
        """Go to the first picker."""
        if self._asked:
            self.pickers[self._asked[0]].setFocus()

    def _value(self, picker: Picker) -> str:
        try:
            return picker.value() or ""
        except UserError:
            return ""

    def _make(self, name: str) -> None:
        session = self._session
        _ = session.translator
        if name == "member":
            picker = member_picker(session)
        elif name == "loan":
            picker = loan_picker(session)
        elif name == "deposit":
            picker = deposit_picker(session)
        elif name == "product":
            picker = product_picker(session, create=False)
        elif name == "party":
            picker = _party_picker(session)
        else:
            picker = account_picker(session)
        picker.set_name(_(_NAMES[name]))
        picker.setMinimumWidth(260)
        picker.setMaximumWidth(360)
        picker.picked.connect(lambda found: self.changed.emit(name, found.code))
        picker.line.editingFinished.connect(lambda: self._emptied(name))
        part = QWidget()
        part.setLayout(row(Label(_(_NAMES[name]), tone="muted"), picker, gap=8))
        self.pickers[name], self._made[name] = picker, part
        self._row.insertWidget(self._row.count() - 1, part)

    def _emptied(self, name: str) -> None:
        if not self.pickers[name].line.text().strip():
            self.changed.emit(name, "")


def _party_picker(session: Session) -> Picker:
    """Customers and suppliers together, as a card may be of either."""
    _ = session.translator
    words = {"customer": _("Customer"), "supplier": _("Supplier")}

    def search(text: str) -> list[Found]:
        reader = session.reading()
        return [
            Found(f"{kind}:{item.code}", item.name, words[kind], item.nickname)
            for kind in words
            for item in search_parties(reader, kind, text, 5)
        ]

    def known(text: str) -> Found | None:
        try:
            party = find_party(session.reading(), text)
        except LumbungError:
            return None
        kind = "customer" if party.side == "receivable" else "supplier"
        return Found(f"{kind}:{party.code}", party.name, words[kind])

    return Picker(_, search, known, hint=_("Name of the customer or supplier"))
