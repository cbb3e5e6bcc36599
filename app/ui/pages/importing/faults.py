"""What has to be put right in a file: the sheet with its marked cells, the list of them, and what to do about each."""

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.base.i18n import Translator
from app.ledger.batches.plan import ImportFault, column_letters
from app.ledger.imports.preview import SheetRows
from app.ui.pages.importing.grid import Notes, SheetGrid
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Split, box, clear, column, flow
from app.ui.widgets.table import Table, TableColumn


class FileView(QWidget):
    """The sheets of a file by chips; at the side what is wrong, where anything is."""

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        _ = self._translator = translator
        self._sheets: list[SheetRows] = []
        self._faults: Sequence[ImportFault] = ()
        self._notes: dict[str, Notes] = {}
        self.at = ""
        self.chips: dict[str, Chip] = {}
        self._chips = flow()
        self.grid = SheetGrid(_)
        self.grid.pointed.connect(self._tell)
        self._left_out = Label("", tone="muted", wrap=True)
        self.faults = Table(
            _,
            (
                TableColumn("cell", _("Cell"), lambda fault: fault.where, width=150, weight=500),
                TableColumn("message", _("What to mend"), lambda fault: fault.message(_), width=0, tone=_out),
            ),
        )
        self.faults.setAccessibleName(_("Cells to put right"))
        self.faults.chosen.connect(self._go_to)
        self.faults.opened.connect(lambda _fault: self.grid.setFocus())
        self._where = Label("", "strong")
        self._sentence = Label("", "field", wrap=True)
        self.next_button = Button(_("Next"), icon="arrow-down", key="Alt+N", kind="tool", on=self.next)
        self.before_button = Button(_("Previous"), icon="arrow-up", key="Alt+P", kind="tool", on=self.before)
        chosen = Card(column(self._where, self._sentence, margin=16), "out")
        side = column(chosen, flow(self.next_button, self.before_button), Card(column(self.faults, margin=1)))
        side.setStretch(2, 1)
        self._side = box(side)
        sheet = Card(column(self.grid, margin=1))
        main = column(box(self._chips), sheet, self._left_out, gap=8)
        main.setStretch(1, 1)
        self._split = Split(box(main), self._side, side_width=344)
        self.setLayout(column(self._split))

    def show_file(self, sheets: Sequence[SheetRows], faults: Sequence[ImportFault]) -> None:
        """Show a file that was looked at, its first fault chosen."""
        _ = self._translator
        self._sheets = list(sheets)
        self._faults = faults
        notes: defaultdict[str, dict[tuple[int, int], str]] = defaultdict(dict)
        for fault in faults:
            place = (fault.row, fault.place)
            text = fault.message(_)
            before = notes[fault.sheet].get(place)
            notes[fault.sheet][place] = f"{before}\n{text}" if before else text
        self._notes = dict(notes)
        clear(self._chips)
        self.chips = {}
        for sheet in self._sheets:
            count = len(self._notes.get(sheet.name, {}))
            words = f"{sheet.name} {_.format.number(count)}" if count else sheet.name
            chip = Chip(words, attention=bool(count))
            chip.clicked.connect(lambda _on=False, name=sheet.name: self.show_sheet(name))
            self.chips[sheet.name] = chip
            self._chips.addWidget(chip)
        self._side.setVisible(bool(faults))
        self.faults.show_rows(list(faults))
        first = next((sheet.name for sheet in self._sheets if sheet.name in self._notes), "")
        self.show_sheet(first or (self._sheets[0].name if self._sheets else ""))
        if faults:
            self.faults.go_to(0)
            self._go_to(faults[0])

    def show_sheet(self, name: str) -> None:
        """Show one of the sheets."""
        _ = self._translator
        for key, chip in self.chips.items():
            chip.setChecked(key == name)
        sheet = next((item for item in self._sheets if item.name == name), None)
        self.at = name
        if sheet is None:
            return
        self.grid.show_sheet(sheet, self._notes.get(name, {}))
        self.grid.setAccessibleDescription(name)
        self._left_out.setVisible(bool(sheet.left_out))
        self._left_out.setText(
            _.plural(
                "{n:n} more row is not shown here.", "{n:n} more rows are not shown here.", sheet.left_out
            )
        )

    def next(self) -> None:
        """Go to the next cell that has to be put right."""
        self._step(1)

    def before(self) -> None:
        """Go to the one before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._faults:
            self.faults.go_to((self.faults.currentIndex().row() + by) % len(self._faults))

    def _go_to(self, fault: ImportFault | None) -> None:
        if fault is None:
            return
        if fault.sheet != self.at:
            self.show_sheet(fault.sheet)
        self.grid.go_to(fault.row, fault.place)
        self._say(fault)

    def _tell(self, number: int, place: int) -> None:
        """A cell of the grid was gone to; where it has to be put right, the list goes along."""
        for index, fault in enumerate(self._faults):
            if (fault.sheet, fault.row, fault.place) == (self.at, number, place):
                if self.faults.currentIndex().row() != index:
                    self.faults.go_to(index)
                self._say(fault)
                return
        _ = self._translator
        self._where.setText(f"{column_letters(place)}{number}")
        self._sentence.setText(_("This cell is right."))

    def _say(self, fault: ImportFault) -> None:
        _ = self._translator
        self._where.setText(f"{fault.where} {fault.column}".strip())
        sentence = fault.message(_)
        if fault.value:
            sentence = _("{message} It says: {value}", message=sentence, value=fault.value)
        self._sentence.setText(sentence)


def _out(_fault: ImportFault) -> str:
    return "out"
