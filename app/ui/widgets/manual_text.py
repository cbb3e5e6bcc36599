"""A page of the manual to read, in the colours of the theme, and a dialog of it for where no book is open."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from app.base.i18n import Translator
from app.ui import theme
from app.ui.manual import INDEX, ManualPage, linked, manual_page
from app.ui.widgets.button import Button
from app.ui.widgets.layout import column, flow

# Room at the sides of a key, which Qt's rich text can't pad.
_THIN = "\N{NARROW NO-BREAK SPACE}"
_CODE = re.compile(r"`([^`\n]+)`")
_HEADINGS = {1: theme.TITLE, 2: theme.BODY}
_LINE_PERCENT, _INDENT = 125, 26
# The room above: headings of each level, paragraphs, lines of a list.
_ABOVE_HEADING, _ABOVE_PARAGRAPH, _ABOVE_LINE = {1: 4, 2: 18}, 8, 5


class ManualText(QTextBrowser):
    """One page of the manual; Tab goes from link to link, Enter follows one."""

    asked = Signal(str)  # the key of the page a link leads to

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        # Its own menu would speak English.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.anchorClicked.connect(lambda address: self.asked.emit(linked(address.toString())))

    def show_page(self, page: ManualPage) -> None:
        """Show a page from its beginning."""
        self.setMarkdown(_CODE.sub(rf"`{_THIN}\1{_THIN}`", page.text))
        self.setAccessibleName(page.title)
        self._dress()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def sizeHint(self) -> QSize:  # noqa: N802
        """It takes what it gets."""
        return QSize(480, 320)

    def _dress(self) -> None:
        """Give headings, keys and links the look they have everywhere else."""
        document = self.document()
        document.setIndentWidth(_INDENT)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for block in list(_blocks(document.begin())):
            level = block.blockFormat().headingLevel()
            shape = QTextBlockFormat()
            shape.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            plain = _ABOVE_LINE if block.textList() is not None else _ABOVE_PARAGRAPH
            shape.setTopMargin(_ABOVE_HEADING.get(level, plain))
            shape.setBottomMargin(_ABOVE_LINE)
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(shape)
            for start, length, given in list(_fragments(block)):
                cursor.setPosition(start)
                cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(_dressed(given, level))
        cursor.endEditBlock()


def _blocks(block: QTextBlock) -> Iterator[QTextBlock]:
    while block.isValid():
        yield block
        block = block.next()


def _fragments(block: QTextBlock) -> Iterator[tuple[int, int, QTextCharFormat]]:
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        yield fragment.position(), fragment.length(), fragment.charFormat()
        place += 1


def _dressed(given: QTextCharFormat, level: int) -> QTextCharFormat:
    made = QTextCharFormat()
    bold = given.fontWeight() > 400
    made.setFont(theme.font(_HEADINGS.get(level, theme.BODY), 600 if bold or level else 400))
    made.setForeground(theme.color("text"))
    if given.isAnchor():
        made.setAnchor(True)
        made.setAnchorHref(given.anchorHref())
        made.setForeground(theme.color("brand_text"))
        made.setFontUnderline(True)
    elif given.fontFixedPitch():
        made.setFont(theme.font(theme.SMALL, 600))
        made.setBackground(theme.color("hover"))
    return made


class ManualDialog(QDialog):
    """The manual over the window, where there is no page for it yet."""

    def __init__(self, translator: Translator, parent: QWidget, about: str = INDEX) -> None:
        super().__init__(parent)
        _ = self._translator = translator
        self.setWindowTitle(_("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._read: list[str] = []
        self.text = ManualText()
        self.text.asked.connect(self.show_about)
        close = Button(_("Close"), key="Esc", kind="primary", on=self.reject)
        self.before_button = Button(_("Page read before"), key="Alt+Left", on=self.read_before)
        self.setLayout(column(self.text, flow(self.before_button, close, right=True), gap=12, margin=16))
        self.resize(min(760, parent.width() - 80), min(640, parent.height() - 60))
        self.show_about(about)
        self.text.setFocus()

    def show_about(self, key: str) -> None:
        """Show a page; the overview where there is none."""
        page = manual_page(key, self._translator.language) or manual_page(INDEX, self._translator.language)
        if page is not None:
            self._read.append(page.key)
            self.text.show_page(page)
        self.before_button.setVisible(len(self._read) > 1)

    def read_before(self) -> None:
        """Go back to the page whose link was followed."""
        if len(self._read) > 1:
            self._read.pop()
            self.show_about(self._read.pop())
            self.text.setFocus()
