"""Making a book again from a backup file, when no book is open."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.places import books_folder, free_name

if TYPE_CHECKING:
    from app.ui.application import Desk


def restore_from_file(desk: "Desk", parent: QWidget) -> None:
    """Choose a backup, prove it, make a book of it beside the others, and open that. Nothing is overwritten."""
    from app.ledger.restore import restore
    from app.ui.bridge import trouble_panel

    _ = desk.services.translator
    chosen, _kind = QFileDialog.getOpenFileName(
        parent, _("Restore from a backup"), str(books_folder()), _("Lumbung books (*.lumbung)")
    )
    if not chosen:
        return
    backup = Path(chosen)
    target = free_name(books_folder(), backup.stem)
    try:
        restore(backup, target)
    except Exception as error:  # noqa: BLE001 - shown to the person, with a report of the bug
        trouble_panel(error, _, parent.window()).exec()
        return
    desk.open_book(target)
