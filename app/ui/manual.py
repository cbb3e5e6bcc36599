"""The manual that is shipped: a short page of Markdown for each page of the window, in each language.

It lies in docs/manual/LANGUAGE/KEY.md and needs no internet. What stands `between backticks` is a key to press,
what stands **between double stars** is a word of the window.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.base.paths import resource_root
from app.ui.pages import PAGES

INDEX, AMOUNTS, FIRST_RUN = "index", "amounts", "first-run"
# Pages about no page of the window in particular; they come first.
_GENERAL = (INDEX, FIRST_RUN, AMOUNTS)
# The language every page is written in first.
_WRITTEN_FIRST = "id"
_KEY = re.compile(r"[a-z][a-z-]*")
_TITLE = re.compile(r"^# +(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ManualPage:
    """One page: its key, its title in the reader's language, its Markdown."""

    key: str
    title: str
    text: str


def manual_folder(language: str) -> Path:
    """Where the pages in a language lie."""
    return resource_root() / "docs" / "manual" / language


def manual_page(key: str, language: str) -> ManualPage | None:
    """A page, in Indonesian where the language has none; None where there is none at all."""
    if not _KEY.fullmatch(key):
        return None
    for spoken in (language, _WRITTEN_FIRST):
        path = manual_folder(spoken) / f"{key}.md"
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            title = _TITLE.search(text)
            return ManualPage(key, title[1].strip() if title else key, text)
    return None


def manual_pages(kind: str, language: str) -> list[ManualPage]:
    """All pages for the people of a kind of book, in the order of the navigation."""
    about = [page.help or page.key for page in PAGES if kind in page.kinds]
    found = (manual_page(key, language) for key in dict.fromkeys((*_GENERAL, *about)))
    return [page for page in found if page is not None]


def matching(pages: Iterable[ManualPage], words: str) -> list[ManualPage]:
    """The pages that have all the words, those with the words in their title first."""
    wanted = words.casefold().split()
    titled, others = [], []
    for page in pages:
        if all(word in page.title.casefold() for word in wanted):
            titled.append(page)
        elif all(word in page.text.casefold() for word in wanted):
            others.append(page)
    return titled + others


def linked(address: str) -> str:
    """The key of the page that a link of the manual leads to."""
    return address.removesuffix(".md")
