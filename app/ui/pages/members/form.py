"""The form of a member: the name is enough; the rest folds out for whom has it."""

from contextlib import suppress
from typing import Any, Final

from app.base.errors import UserError
from app.base.i18n import N_
from app.ledger.changes import Outcome
from app.ledger.command import Command
from app.ledger.members.commands import AddMember, Admission, ChangeMember, Sex
from app.ledger.members.queries import MemberDetails
from app.ui.bridge import Session
from app.ui.widgets.button import Button
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, SwitchEditor, TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.number_edit import MoneyEdit

_SEX: Final = (("", N_("Not said")), (Sex.FEMALE.value, N_("Woman")), (Sex.MALE.value, N_("Man")))
_STATUS: Final = (
    (Admission.ACTIVE.value, N_("Full member")),
    (Admission.PROSPECTIVE.value, N_("Prospective member")),
)
_ALWAYS: Final = ("name", "nickname", "number", "team")
_TEXTS: Final = (
    "name",
    "nickname",
    "number",
    "team",
    "phone",
    "address",
    "nik",
    "birth_place",
    "occupation",
    "village",
    "institution",
    "heir",
    "heir_relation",
    "tax_number",
    "category",
)


class _LifeDate(DateEdit):
    """A day in a life: that it is long ago is nothing odd, and no closed month keeps it from being written down."""

    def odd(self) -> str:
        """Only a day to come is odd."""
        day = self.value()
        return super().odd() if day is not None and day > self._session.today else ""

    def locked(self) -> bool:
        """Nothing is recorded on it."""
        return False

    def note(self, text: str, tone: str = "muted", sign: str = "") -> None:
        """Only a day to come is worth a word."""
        day = None
        with suppress(UserError):
            day = self.value()
        super().note(text if day is not None and day > self._session.today else "", tone, sign)


class MemberForm(Form):
    """Adds a member, or with `details` changes one."""

    def __init__(self, session: Session, name: str) -> None:
        _ = session.translator
        self._member = ""  # the number of the one who is changed
        self._names: dict[str, str] = {}
        super().__init__(session, name, self._made, said=self._saved_words)
        self.new_one = False
        self.number = TextEditor(_, hint=_("The next number by itself"))
        self.add_beside(("name", _("Name"), TextEditor(_)), ("nickname", _("Nickname"), TextEditor(_)))
        self.add_beside(("number", _("Member number"), self.number), ("team", _("Group"), TextEditor(_)))
        self.joined = _LifeDate(session, optional=True)
        self.status = ChoiceEditor(_, [(key, _(words)) for key, words in _STATUS])
        self.add_beside(("joined", _("Member since"), self.joined), ("status", _("Joins as"), self.status))
        self.add_beside(("phone", _("Telephone"), TextEditor(_)), ("nik", _("NIK"), TextEditor(_)))
        self._add_text("address", _("Address"))
        self.add_beside(
            ("village", _("Village"), TextEditor(_)), ("occupation", _("Occupation"), TextEditor(_))
        )
        self.sex = ChoiceEditor(_, [(key, _(words)) for key, words in _SEX])
        self.add_beside(("sex", _("Sex"), self.sex), ("institution", _("Place of work"), TextEditor(_)))
        self.birth_date = _LifeDate(session, optional=True)
        self.add_beside(
            ("birth_place", _("Place of birth"), TextEditor(_)),
            ("birth_date", _("Date of birth"), self.birth_date),
        )
        self.add_beside(
            ("heir", _("Heir"), TextEditor(_)),
            ("heir_relation", _("The heir is"), TextEditor(_, hint=_("husband, daughter"))),
        )
        self.mandatory = MoneyEdit(_, empty=_("Only where it differs from the usual amount"))
        self.add_beside(
            ("mandatory", _("Mandatory savings a month"), self.mandatory),
            ("tax_number", _("NPWP"), TextEditor(_)),
        )
        self.body = SwitchEditor(_, _("Not a person but an organisation"))
        self.add_beside(
            ("category", _("Category of members"), TextEditor(_, hint=_("as your statutes call it"))),
            ("body", _("Kind of member"), self.body),
        )
        self.more = Button(_("More about this member"), icon="chevron-down", kind="link", on=self._toggle)
        self.add_widget(self.more)
        self._folded = False
        self.fold(folded=True)

    def start_new(self) -> None:
        """A new member who joins today."""
        self._member = ""
        self.again_button.show()
        self.begin()
        if self.joined.value() is None:
            self.joined.set_value(self.session.today)
        if any(field.editor.touched for key, field in self.fields.items() if key not in (*_ALWAYS, "joined")):
            self.fold(folded=False)

    def start_over(self) -> None:
        """Empty everything; a new member joins today, and was not born today."""
        super().start_over()
        self.birth_date.set_value(None)
        self.status.set_value(Admission.ACTIVE.value)
        self.sex.set_value("")

    def change(self, details: MemberDetails) -> None:
        """Change what is known of a member."""
        self._member = details.number
        values: dict[str, Any] = {
            key: getattr(details, key) for key in (*_TEXTS, "joined", "birth_date", "body")
        }
        values["mandatory"] = details.mandatory or None
        values["sex"], values["status"] = details.sex, details.status
        self.again_button.hide()
        self.clear_button.hide()
        self.fold(folded=False)
        self.begin(values)

    def keep_draft(self) -> None:
        """Changes are no draft: what stands in the register is there already."""
        if not self._member:
            super().keep_draft()

    def save_and_new(self) -> None:
        """Save, and stay for the next one."""
        self.new_one = True
        super().save_and_new()
        self.new_one = False

    def fold(self, *, folded: bool) -> None:
        """Show only what is needed, or everything."""
        _ = self.session.translator
        self._folded = folded
        for key, field in self.fields.items():
            if key not in _ALWAYS:
                field.setVisible(not folded)
        self.more.set_text(_("More about this member") if folded else _("Less"))
        self.more.set_icon("chevron-down" if folded else "chevron-up")

    def _toggle(self) -> None:
        self.fold(folded=not self._folded)

    def _add_text(self, key: str, label: str) -> None:
        self.add(key, label, TextEditor(self.session.translator))

    def _made(self) -> Command:
        _ = self.session.translator
        name = needed(self.fields["name"].editor, _("A member needs a name."), "name")
        values: dict[str, Any] = {key: self.fields[key].editor.value() or "" for key in _TEXTS}
        values["name"] = name
        sex = self.sex.value()
        values["sex"] = Sex(sex) if sex else None
        values["joined"], values["birth_date"] = self.joined.value(), self.birth_date.value()
        values["mandatory"] = self.mandatory.value() or 0
        values["body"] = bool(self.body.value())
        values["status"] = Admission(self.status.value() or Admission.ACTIVE)
        return ChangeMember(member=self._member, **values) if self._member else AddMember(**values)

    def _saved_words(self, outcome: Outcome) -> str:
        _ = self.session.translator
        text = _("Member {number} is saved", number=outcome.number)
        warnings = [_(item) for item in outcome.value.get("warnings", [])]
        return ". ".join([text, *(item.rstrip(".") for item in warnings)])
