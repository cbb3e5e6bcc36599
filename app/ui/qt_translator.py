"""Qt's own few words (of its dialogs and menus) from the same catalogue as all others."""

from PySide6.QtCore import QObject, QTranslator

from app.base.i18n import N_, Translator

# What Qt itself may show in our windows, by its source text.
_WORDS = {
    "&OK": N_("OK"),
    "OK": N_("OK"),
    "&Cancel": N_("Back"),
    "Cancel": N_("Back"),
    "&Close": N_("Close"),
    "Close": N_("Close"),
    "&Save": N_("Save file"),
    "Save": N_("Save file"),
    "&Open": N_("Open file"),
    "Open": N_("Open file"),
    "&Yes": N_("Yes"),
    "&No": N_("No"),
    "&Undo": N_("Undo typing"),
    "&Redo": N_("Redo typing"),
    "Cu&t": N_("Cut"),
    "&Copy": N_("Copy"),
    "&Paste": N_("Paste"),
    "Delete": N_("Delete"),
    "Select All": N_("Select all"),
    "&Print": N_("Print"),
    "Print": N_("Print"),
    "Look in:": N_("Folder:"),
    "File &name:": N_("File name:"),
    "Files of type:": N_("Kind of file:"),
    "Directory:": N_("Folder:"),
    "&Choose": N_("Choose"),
    "Name": N_("Name"),
    "Size": N_("Size"),
    "Date Modified": N_("Changed on"),
}


class QtWords(QTranslator):
    """Answers Qt's questions for translations."""

    def __init__(self, translator: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = {source: translator(text) for source, text in _WORDS.items()}

    def isEmpty(self) -> bool:  # noqa: N802
        """It has words."""
        return False

    def translate(self, _context: str, source: str, _about: str | None = None, _n: int = -1) -> str | None:
        """The word, or None where Qt's own will do: an empty text would be taken for the translation."""
        return self._words.get(source)
