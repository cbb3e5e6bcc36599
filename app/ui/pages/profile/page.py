"""Name, address, legal numbers, logo and signers of the book, with the letterhead as it will be printed."""

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QWidget

from app.base.errors import UserError
from app.base.i18n import N_
from app.base.parse import parse_date
from app.ledger.changes import Kind
from app.ledger.profile.commands import OfficerLine, SetLogo, SetOfficers, SetProfile
from app.ledger.profile.queries import read_logo, read_officers, read_profile
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.page import Page
from app.ui.widgets.button import Button
from app.ui.widgets.editor import TextEditor
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Scroll, Split, box, column, flow, row, rule
from app.ui.widgets.page_head import PageHead

_COMMON = (
    ("name", N_("Name"), N_("stands on every paper")),
    ("address", N_("Address"), ""),
    ("phone", N_("Phone"), ""),
    ("place", N_("Place of signing"), N_("for example Batang")),
    ("tax_number", N_("Tax number (NPWP)"), ""),
)
_BUSINESS = (
    ("owner", N_("Owner"), N_("signs the reports")),
    ("business_number", N_("Business number (NIB)"), ""),
)
_COOPERATIVE = (
    ("legal_number", N_("Legal entity number"), ""),
    ("legal_date", N_("Date of the legal entity"), N_("for example 12/3/2019")),
    ("cooperative_number", N_("Cooperative number (NIK)"), ""),
)
# The offices as the books have them, which are the words of the law, and what they are called on screen.
_OFFICES = (
    ("Ketua", N_("Chair")),
    ("Sekretaris", N_("Secretary")),
    ("Bendahara", N_("Treasurer")),
    ("Pengawas", N_("Supervisor")),
)
_LOGO_HEIGHT = 64


class ProfilePage(Page):
    """The form at the left, the letterhead and the signers at the right."""

    shows = frozenset({Kind.PROFILE})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.form = Form(
            session,
            "profile",
            self._command,
            save=_("Save the profile"),
            said=_("The profile is saved"),
            again=False,
        )
        for key, label, hint in (*_COMMON, *(_BUSINESS if session.kind == "business" else _COOPERATIVE)):
            self.form.add(key, _(label), TextEditor(_, hint=_(hint) if hint else ""))
        self.form.clear_button.hide()
        self.form.saved.connect(lambda _outcome: self.reload())
        self.logo = QLabel()
        self.logo.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.logo.setMinimumHeight(_LOGO_HEIGHT)
        self.logo.setWordWrap(True)
        self.choose = Button(_("Choose a picture"), icon="image", key="Alt+G", on=self.choose_logo)
        self.remove = Button(_("Without a logo"), kind="link", on=lambda: self._set_logo(b""))
        self.offices: dict[str, QLineEdit] = {}
        side = box(column(self._letterhead(), self._signers(), None, gap=theme.GAP))
        self.setLayout(
            column(
                PageHead(_("Whose book it is")),
                Split(self.form, Scroll(side), side_width=360, tight=(860, 300)),
                gap=theme.GAP,
                margin=theme.PAGE,
            )
        )

    def open(self, **_parameters: Any) -> None:
        """The name has the focus."""
        self.reload()
        self.form.fields["name"].editor.setFocus()

    def reload(self) -> None:
        """Show what the book says."""
        reader = self.session.reading()
        profile = read_profile(reader)
        values: dict[str, Any] = {key: getattr(profile, key) for key in self.form.fields}
        if values.get("legal_date"):
            values["legal_date"] = self.session.translator.format.date_medium(
                date.fromisoformat(values["legal_date"])
            )
        self.form.fill(values)
        picture = QPixmap()
        logo = read_logo(reader)
        if logo and picture.loadFromData(logo):
            height = Qt.TransformationMode.SmoothTransformation
            self.logo.setPixmap(picture.scaledToHeight(_LOGO_HEIGHT, height))
        else:
            self.logo.setText(self.session.translator("No logo: the initials are printed in its place."))
        self.remove.setVisible(logo is not None)
        officers = {officer.office: officer.name for officer in read_officers(reader)}
        for office, line in self.offices.items():
            line.setText(officers.get(office, ""))

    def choose_logo(self) -> None:
        """Put a picture on the letterhead."""
        _ = self.session.translator
        found, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a picture"), "", _("Pictures (*.png *.jpg *.jpeg)")
        )
        if found:
            try:
                self._set_logo(Path(found).read_bytes())
            except (OSError, UserError) as error:
                self.session.show_error(error)

    def save_officers(self) -> None:
        """Set who signs."""
        _ = self.session.translator
        known = {officer.office: officer for officer in read_officers(self.session.reading())}
        lines = [
            OfficerLine(office=officer.office, name=officer.name, phone=officer.phone, signs=officer.signs)
            for office, officer in known.items()
            if office not in self.offices
        ]
        for office, line in self.offices.items():
            name = line.text().strip()
            if name:
                before = known.get(office)
                # The supervisors watch over the board and do not sign for it.
                lines.append(
                    OfficerLine(
                        office=office,
                        name=name,
                        phone=before.phone if before else "",
                        signs=office != "Pengawas",
                    )
                )
        self.session.execute(SetOfficers(officers=tuple(lines)), said=_("The signers are saved"))

    def _command(self) -> SetProfile:
        given: dict[str, Any] = {key: field.editor.value() or "" for key, field in self.form.fields.items()}
        text = given.pop("legal_date", "")
        if text:
            try:
                given["legal_date"] = parse_date(text, self.session.today)
            except UserError as error:
                error.field = "legal_date"
                raise
        return SetProfile(**given)

    def _set_logo(self, picture: bytes) -> None:
        _ = self.session.translator
        said = _("The logo is saved") if picture else _("The logo is taken off")
        self.session.execute(SetLogo(image=picture), said=said)

    def _letterhead(self) -> Card:
        _ = self.session.translator
        return Card(
            column(Label(_("Logo"), "heading"), self.logo, flow(self.choose, self.remove), margin=20, gap=12)
        )

    def _signers(self) -> Card:
        _ = self.session.translator
        parts: list[QWidget] = []
        if self.session.kind == "cooperative":
            for office, word in _OFFICES:
                line = QLineEdit()
                line.setAccessibleName(_(word))
                line.returnPressed.connect(self.focusNextChild)
                self.offices[office] = line
                parts += [Label(_(word), "strong"), line]
            save = Button(_("Save the signers"), key="Alt+T", on=self.save_officers)
            parts += [rule(), box(row(save, None))]
        card = Card(column(Label(_("Who signs the papers"), "heading"), *parts, margin=20))
        card.setVisible(bool(parts))
        return card
