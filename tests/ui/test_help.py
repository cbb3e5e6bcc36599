"""F1: each page of the window has its page of the manual, and what stands there is so."""

import ast
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.base.i18n import Translator
from app.base.paths import resource_root
from app.base.settings import LANGUAGE, PERSON_NAME, Settings
from app.ledger.book import Book
from app.ledger.deposits.commands import OpenTermDeposit
from app.ledger.loans.commands import DisburseLoan
from app.ledger.members.commands import AddMember
from app.ui import theme
from app.ui.application import Desk
from app.ui.manual import (
    AMOUNTS,
    FIRST_RUN,
    INDEX,
    linked,
    manual_folder,
    manual_page,
    manual_pages,
    matching,
)
from app.ui.pages import PAGES
from app.ui.pages.cash import CashPage
from app.ui.pages.first_run import Welcome
from app.ui.pages.first_run.new_book import NewBook
from app.ui.pages.help import HelpPage
from app.ui.pages.page import PageSpec
from app.ui.widgets.manual_text import ManualDialog, ManualText
from tests.ui.conftest import OpenBook, shell_of
from tests.ui.hands import Hands

LANGUAGES = ("id", "en")
KINDS = ("business", "cooperative")
Key = Qt.Key
ROOT = Path(__file__).resolve().parents[2]
# What is heard everywhere, on any field, table or button.
EVERYWHERE = frozenset({"F1", "Ctrl+Z", "Ctrl+K", "Esc", "Enter", "Shift+Enter", "Tab"})
A_KEY = re.compile(r"F\d+|(Ctrl|Alt|Shift)\+\S+|Del|\*|%")
SECTIONS = {
    "id": ("## Yang paling sering", "## Kalau ada yang salah"),
    "en": ("## Most frequent", "## When something went wrong"),
}


def about(spec: PageSpec) -> str:
    """The page of the manual about a page; the help's own is the overview."""
    return INDEX if spec.key == "help" else spec.help or spec.key


def all_pages() -> list[tuple[str, str, str]]:
    """Each page there is: language, key, text."""
    return [
        (language, path.stem, path.read_text(encoding="utf-8"))
        for language in LANGUAGES
        for path in sorted(manual_folder(language).glob("*.md"))
    ]


# What is written


def test_every_page_has_its_page_in_both_languages() -> None:
    wanted = {about(spec) for spec in PAGES} | {INDEX, FIRST_RUN, AMOUNTS}
    for language in LANGUAGES:
        assert {path.stem for path in manual_folder(language).glob("*.md")} == wanted


def test_every_page_has_a_title_and_its_parts_and_is_short() -> None:
    faults = []
    for language, key, text in all_pages():
        if not re.match(r"# \S.*\n\n\S", text):
            faults.append(f"{language}/{key}: begins with a title and what the page is for")
        if key not in (INDEX, AMOUNTS):
            faults += [
                f"{language}/{key}: {part} is missing" for part in SECTIONS[language] if part not in text
            ]
            frequent = text.partition(SECTIONS[language][0])[2].partition("\n## ")[0]
            if not 2 <= len(re.findall(r"^\d\. ", frequent, re.MULTILINE)) <= 3:
                faults.append(f"{language}/{key}: two or three frequent things")
        if len(text.split()) > 330:
            faults.append(f"{language}/{key}: {len(text.split())} words are not short")
        if "!" in text:
            faults.append(f"{language}/{key}: no exclamation marks")
    assert faults == []


def test_both_languages_name_the_same_keys_and_links() -> None:
    for key in {about(spec) for spec in PAGES} | {INDEX, FIRST_RUN}:
        texts = [manual_page(key, language) for language in LANGUAGES]
        keys = [sorted(filter(A_KEY.fullmatch, marked(page.text, "`"))) for page in texts if page is not None]
        links = [sorted(addresses(page.text)) for page in texts if page is not None]
        assert keys[0] == keys[1], key
        assert links[0] == links[1], key


def test_every_link_leads_somewhere() -> None:
    for language, key, text in all_pages():
        for address in addresses(text):
            assert (manual_folder(language) / address).is_file(), f"{language}/{key}: {address}"
            assert manual_page(linked(address), language) is not None


def test_bold_words_are_words_of_the_window() -> None:
    for language in LANGUAGES:
        words = words_of_the_window(language)
        strange = [
            f"{key}: {word}"
            for spoken, key, text in all_pages()
            if spoken == language
            for word in marked(text, "**")
            if word not in words
        ]
        assert strange == [], f"say it in {language} as it stands on the screen"


def test_the_keys_are_those_on_the_buttons() -> None:
    faults = []
    for language, key, text in all_pages():
        if key in (INDEX, AMOUNTS):
            continue
        shown = buttons_about(key)
        faults += [
            f"{language}/{key}: no button has {pressed}"
            for pressed in marked(text, "`")
            if A_KEY.fullmatch(pressed) and pressed not in EVERYWHERE and pressed not in shown
        ]
        translator = Translator(language)
        for pressed, word in re.findall(r"`([^`]+)` \*\*([^*]+)\*\*", text):
            said = {translator(words).partition("{")[0].strip() for words in shown.get(pressed, ()) if words}
            # Words that change with what is chosen are not seen in the code.
            if said and word not in said and None not in shown[pressed]:
                faults.append(f"{language}/{key}: {pressed} is {said}, not {word}")
    assert faults == []


def marked(text: str, mark: str) -> list[str]:
    """What stands between two marks."""
    mark = re.escape(mark)
    return re.findall(rf"{mark}([^`*\n]+|\*){mark}", text)


def addresses(text: str) -> list[str]:
    """Where the links lead."""
    return re.findall(r"\]\(([^)]+)\)", text)


def words_of_the_window(language: str) -> set[str]:
    """All messages of a language, those with a figure in them up to the figure."""
    name = "lumbung.pot" if language == "en" else f"{language}/LC_MESSAGES/lumbung.po"
    with (resource_root() / "translations" / name).open("rb") as file:
        messages = list(read_po(file))
    found: set[str] = set()
    for message in messages:
        said = message.id if language == "en" else message.string
        found |= {said} if isinstance(said, str) else set(said or ())
    return found | {said.partition("{")[0].strip() for said in found}


def buttons_about(key: str) -> dict[str, set[str | None]]:
    """The keys on the buttons of the pages that a page of the manual is about, with the words of the buttons.

    They are read from the code, as many buttons only come with what is chosen. None is a word not seen there.
    """
    modules = {spec.place.partition(":")[0] for spec in PAGES if about(spec) == key} or {"first_run"}
    found: dict[str, set[str | None]] = {spec.shortcut: {None} for spec in PAGES if spec.shortcut}
    for module in modules:
        paths = sorted((ROOT / "app/ui/pages" / module).glob("*.py"))
        code = "".join(path.read_text(encoding="utf-8") for path in paths)
        # What several pages share.
        paths += [ROOT / "app/ui/widgets/form.py"] if "Form(" in code else []
        paths += [ROOT / "app/ui/lists.py"] if "list_buttons(" in code else []
        for path in paths:
            add_buttons(ast.parse(path.read_text(encoding="utf-8")), found)
    return found


def add_buttons(tree: ast.Module, found: dict[str, set[str | None]]) -> None:
    """Add the buttons that are made in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Button":
            words = None
            if node.args and isinstance(given := node.args[0], ast.Call) and len(given.args) == 1:
                words = given.args[0].value if isinstance(given.args[0], ast.Constant) else None
            pressed = next((each.value for each in node.keywords if each.arg == "key"), None)
            if isinstance(pressed, ast.Constant):
                found.setdefault(str(pressed.value), set()).add(None if words is None else str(words))
            elif isinstance(pressed, ast.JoinedStr) and ast.unparse(pressed).startswith("f'Alt+"):
                for number in range(1, 10):
                    found.setdefault(f"Alt+{number}", set()).add(None)
        elif isinstance(node, ast.Tuple):
            # Rows of a table of buttons: ("F7", _("QRIS"), ...).
            for part in node.elts:
                if (
                    isinstance(part, ast.Constant)
                    and isinstance(part.value, str)
                    and A_KEY.fullmatch(part.value)
                ):
                    found.setdefault(part.value, set()).add(None)


# In the window


def one_of_each(book: Book) -> None:
    """A member with a loan and a term deposit."""
    book.execute(AddMember(name="Siti Aminah", number="0001", joined=date(2026, 9, 1)))
    book.execute(
        DisburseLoan(
            member="0001", on=date(2026, 10, 15), principal=1_200_000, rate=Decimal(1), term=12, number="PJ-1"
        )
    )
    book.execute(
        OpenTermDeposit(
            member="0001", on=date(2026, 10, 20), amount=500_000, rate=Decimal(6), term=3, number="B-1"
        )
    )


@pytest.mark.parametrize("kind", KINDS)
def test_f1_opens_the_page_about_each_page_and_esc_goes_back(
    kind: str, session_of: OpenBook, qtbot: QtBot
) -> None:
    session = session_of(kind, one_of_each if kind == "cooperative" else None)
    shell, hands = shell_of(session), Hands(qtbot, session)
    needed = {"member": {"member": "0001"}, "loan": {"loan": "PJ-1"}, "deposit": {"deposit": "B-1"}}
    for spec in PAGES:
        if kind not in spec.kinds or spec.key == "help":
            continue
        shell.go(spec.key, **needed.get(spec.key, {}))
        hands.press(Key.Key_F1)
        page = shell.page
        assert isinstance(page, HelpPage), spec.key
        assert page.about == about(spec)
        found = manual_page(about(spec), "id")
        assert found is not None
        assert page.text.toPlainText().startswith(found.title)
        assert hands.focus() is page.text
        # It is marked in the list, which is in the order of the navigation.
        assert page.list.current().key == about(spec)
        hands.press(Key.Key_Escape)
        assert shell.page_key == spec.key


def test_what_was_typed_is_still_there_after_help(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", page="cash")
    hands = Hands(qtbot, session)
    hands.type("25rb", Key.Key_F1)
    assert isinstance(shell_of(session).page, HelpPage)
    hands.press(Key.Key_Escape)
    page = shell_of(session).page
    assert isinstance(page, CashPage)
    assert page.amount.value() == 25_000


def test_links_are_followed_by_keyboard_and_back(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business")
    hands = Hands(qtbot, session)
    hands.press(Key.Key_F1)
    page = shell_of(session).page
    assert isinstance(page, HelpPage)
    assert not page.before_button.isVisible()
    hands.press(Key.Key_Tab, Key.Key_Return)
    first = linked(addresses(manual_text("home"))[0])
    assert page.about == first
    hands.press(Key.Key_Tab, Key.Key_Return)
    assert page.about == linked(addresses(manual_text(first))[0])
    hands.press(Key.Key_Left, alt=True)
    assert page.about == first
    hands.press(Key.Key_Left, alt=True)
    assert page.about == "home"
    assert not page.before_button.isVisible()
    # However much was read, Esc goes back to where F1 was pressed.
    hands.press(Key.Key_Tab, Key.Key_Return, Key.Key_Escape)
    assert shell_of(session).page_key == "home"


def test_a_page_is_found_by_its_words(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", page="help")
    hands = Hands(qtbot, session)
    page = shell_of(session).page
    assert isinstance(page, HelpPage)
    assert page.about == INDEX
    page.search.setFocus()
    hands.type("barcode")
    qtbot.waitUntil(lambda: page.list.table.rowCount() < len(manual_pages("business", "id")))
    keys = [page.list.table.row(place).key for place in range(page.list.table.rowCount())]
    assert set(keys) == {"sell", "products"}
    hands.press(Key.Key_Down, Key.Key_Down)
    assert page.about == keys[1]
    # Esc empties the search before it leaves; what is read stays.
    hands.press(Key.Key_Escape)
    assert shell_of(session).page is page
    assert page.list.current().key == page.about == keys[1]
    page.search.setFocus()
    hands.type("qqqq")
    qtbot.waitUntil(page.nothing.isVisible)
    assert not page.list.isVisible()
    hands.press(Key.Key_Escape, Key.Key_Escape)
    assert shell_of(session).page_key == "home"


def test_from_the_manual_to_the_page(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", page="help")
    shell, hands = shell_of(session), Hands(qtbot, session)
    page = shell.page
    assert isinstance(page, HelpPage)
    # There is no page of the window about all of it.
    assert not page.open_button.isVisible()
    page.follow("sell")
    hands.press(Key.Key_Return, ctrl=True)
    assert shell.page_key == "sell"
    # What is switched off can be read about, and not gone to.
    shell.go("help", about="journal")
    assert page.about == "journal"
    assert not page.open_button.isVisible()


def test_what_there_is_no_page_about_opens_the_overview(session_of: OpenBook) -> None:
    session = session_of("cooperative")
    for strange in ("no-such-page", "../id/sell", "/etc/passwd", ""):
        shell_of(session).go("help", about=strange)
        page = shell_of(session).page
        assert isinstance(page, HelpPage)
        assert page.about == INDEX, strange


def test_a_book_is_told_about_its_own_pages() -> None:
    keys = {kind: [page.key for page in manual_pages(kind, "id")] for kind in KINDS}
    assert keys["business"][:5] == [INDEX, FIRST_RUN, AMOUNTS, "home", "sell"]
    assert {"sell", "products"} <= set(keys["business"])
    assert not {"savings", "loans"} & set(keys["business"])
    assert {"savings", "loans", "member"} <= set(keys["cooperative"])
    assert not {"sell", "products"} & set(keys["cooperative"])
    for kind in KINDS:
        assert len(keys[kind]) == len(set(keys[kind]))


def test_titles_come_before_texts() -> None:
    pages = manual_pages("business", "id")
    found = [page.key for page in matching(pages, "KAS")]
    assert found[0] == "cash"
    assert "home" in found
    assert matching(pages, "kas qqqq") == []
    assert matching(pages, "  ") == pages


def test_english_and_a_language_without_a_manual(
    settings: Settings, desk: Desk, session_of: OpenBook, qtbot: QtBot
) -> None:
    settings[LANGUAGE] = "en"
    desk._dress()
    session = session_of("business")
    Hands(qtbot, session).press(Key.Key_F1)
    page = shell_of(session).page
    assert isinstance(page, HelpPage)
    assert page.text.toPlainText().startswith("Home")
    spoken = manual_page("home", "jv")
    assert spoken is not None
    assert spoken.title == "Beranda"


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_the_text_has_the_colours_of_the_theme(name: str, desk: Desk, qtbot: QtBot) -> None:
    theme.apply(desk.app, name)
    shown = ManualText()
    qtbot.addWidget(shown)
    page = manual_page("home", "id")
    assert page is not None
    shown.show_page(page)
    formats = formats_of(shown)
    links = [made for made in formats if made.isAnchor()]
    keys = [made for made in formats if made.background().style() != Qt.BrushStyle.NoBrush]
    assert links
    assert keys
    assert {made.foreground().color().name() for made in links} == {theme.color("brand_text").name()}
    assert {made.background().color().name() for made in keys} == {theme.color("hover").name()}
    assert {made.foreground().color().name() for made in formats if not made.isAnchor()} == {
        theme.color("text").name()
    }
    assert {made.font().family() for made in formats} == {theme.FAMILY}
    theme.apply(desk.app, "light")


def formats_of(shown: ManualText) -> list[QTextCharFormat]:
    """The formats of all pieces of the text."""
    found = []
    block = shown.document().begin()
    while block.isValid():
        place = block.begin()
        while not place.atEnd():
            found.append(place.fragment().charFormat())
            place += 1
        block = block.next()
    return found


def manual_text(key: str) -> str:
    """The Indonesian text of a page."""
    page = manual_page(key, "id")
    assert page is not None
    return page.text


def test_the_welcome_has_help_too(qtbot: QtBot, desk: Desk, settings: Settings) -> None:
    settings[PERSON_NAME] = "Sari"
    desk.window.show()
    with qtbot.waitActive(desk.window):
        desk.welcome()
    welcome = desk.window.centralWidget()
    assert isinstance(welcome, Welcome)
    welcome.choose("business")
    form = welcome.findChild(NewBook)
    assert form is not None
    QTest.keyClicks(form.name, "Warung Sari")
    QTest.keyClick(form.name, Key.Key_F1)
    dialog = desk.window.findChild(ManualDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.text.toPlainText().startswith("Pertama kali membuka Lumbung")
    QTest.keyClick(dialog.text, Key.Key_Tab)
    QTest.keyClick(dialog.text, Key.Key_Return)
    assert dialog.text.toPlainText().startswith("Cocokkan saldo awal")
    QTest.keyClick(dialog.text, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert dialog.text.toPlainText().startswith("Pertama kali membuka Lumbung")
    QTest.keyClick(dialog.text, Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.window.findChild(ManualDialog) is None)
    # Esc closed the help only: the form and what was typed are still there.
    name: QLineEdit = form.name
    assert name.isVisible()
    assert name.text() == "Warung Sari"
    QApplication.processEvents()
