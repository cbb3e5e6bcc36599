"""Translating and filling templates."""

import os
import pickle
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.base import i18n
from app.base.dates import Month
from app.base.errors import Bug, Refused
from app.base.i18n import N_, Translator

CATALOGUE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Language: id\n"
"Plural-Forms: nplurals=1; plural=0;\n"

msgid "Paid {amount:rp} to {payee}"
msgstr "Dibayar {amount:rp} kepada {payee}"

msgid "{n} instalment"
msgid_plural "{n} instalments"
msgstr[0] "{n} angsuran"

msgctxt "save a record"
msgid "Save"
msgstr "Simpan catatan"

msgid "Date"
msgstr "Tanggal"

msgid "{what:tr} is missing."
msgstr "{what:tr} belum diisi."

msgid "Write {example}."
msgstr "Tulis {example}."
"""


@pytest.fixture
def translations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An own source tree with one Indonesian catalogue."""
    folder = tmp_path / "translations" / "id" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "lumbung.po").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(i18n, "resource_root", lambda: tmp_path)
    i18n._catalogue.cache_clear()
    yield folder
    i18n._catalogue.cache_clear()


def compiled(text: str) -> bytes:
    content = BytesIO()
    write_mo(content, read_po(BytesIO(text.encode())))
    return content.getvalue()


@pytest.mark.usefixtures("translations")
def test_messages_plurals_and_contexts() -> None:
    _ = Translator("id")
    assert _("Paid {amount:rp} to {payee}", amount=1_250_000, payee="Bu Siti") == (
        "Dibayar Rp1.250.000 kepada Bu Siti"
    )
    assert _.plural("{n} instalment", "{n} instalments", 3) == "3 angsuran"
    assert _.context("save a record", "Save") == "Simpan catatan"
    assert _("Save") == "Save"
    assert _("") == ""
    assert _(N_("Date")) == "Tanggal"


@pytest.mark.usefixtures("translations")
def test_english_is_the_message_itself() -> None:
    _ = Translator("en")
    assert _("Paid {amount:rp} to {payee}", amount=1_250_000, payee="Bu Siti") == (
        "Paid Rp1,250,000 to Bu Siti"
    )
    assert _.plural("{n} instalment", "{n} instalments", 1) == "1 instalment"
    assert _.plural("{n} instalment", "{n} instalments", 3) == "3 instalments"


@pytest.mark.usefixtures("translations")
def test_errors_become_sentences_with_advice() -> None:
    _ = Translator("id")
    error = Refused("{what:tr} is missing.", advice="Write {example}.", what="Date", example="23/11")
    assert _.error(error) == "Tanggal belum diisi. Tulis 23/11."
    assert _.error(Refused("{what:tr} is missing.", what="Date")) == "Tanggal belum diisi."


def test_the_field_an_error_marks_can_be_named_in_it() -> None:
    error = Refused("Give {field} in line {line}.", field="amount", line=3)
    assert Translator("en").error(error) == "Give amount in line 3."


@pytest.mark.parametrize(
    ("template", "value", "text"),
    [
        ("{x}", "teks", "teks"),
        ("{x}", 2026, "2026"),
        ("{x:n}", 12_345, "12.345"),
        ("{x:rp}", -500, "-Rp500"),
        ("{x:words}", 1_000, "seribu rupiah"),
        ("{x}", Decimal("2.50"), "2,5"),
        ("{x:qty}", Decimal("1250.5"), "1.250,5"),
        ("{x:pct}", Decimal("1.5"), "1,5%"),
        ("{x}", date(2026, 11, 23), "23 November 2026"),
        ("{x:long}", date(2026, 11, 23), "23 November 2026"),
        ("{x:medium}", date(2026, 11, 23), "23 Nov 2026"),
        ("{x:short}", date(2026, 11, 23), "23/11/2026"),
        ("{x}", datetime(2026, 11, 23, 2, 5, tzinfo=UTC), "23 November 2026 02.05 UTC"),
        ("{x}", Month(2026, 10), "Oktober 2026"),
        ("{x}", Month(2026, 10).period, "Oktober 2026"),
        ("{x}", ["1-1101", date(2026, 5, 2)], "1-1101, 2 Mei 2026"),
        ("{{x}} {x}", 7, "{x} 7"),
        ("100%: {x}", 7, "100%: 7"),
        # What a bug of ours would do: the person still reads a sentence.
        ("{x:rp}", "banyak", "banyak"),
        ("{x:unknown}", 7, "7"),
        ("{x} and {y:rp}", 7, "7 and {y}"),
        ("{x} {", 7, "{x} {"),
        ("} {x}", 7, "} {x}"),
        ("{x.__class__}", 7, "{x.__class__}"),
        ("{0}", 7, "{0}"),
    ],
)
def test_filling(template: str, value: object, text: str) -> None:
    assert Translator("id")(template, x=value) == text


def test_every_spec_is_named() -> None:
    assert Translator("id").specs >= {"rp", "n", "qty", "pct", "words", "tr", "long"}


def test_a_translator_travels_to_other_processes() -> None:
    copy = pickle.loads(pickle.dumps(Translator("en")))
    assert (copy.language, copy("{x:rp}", x=5_000)) == ("en", "Rp5,000")


def test_a_compiled_catalogue_is_used_unless_the_source_is_newer(translations: Path) -> None:
    source, made = translations / "lumbung.po", translations / "lumbung.mo"
    made.write_bytes(compiled(CATALOGUE.replace("Tanggal", "Hari")))
    os.utime(source, (1_000, 1_000))
    assert Translator("id")("Date") == "Hari"
    os.utime(made, (500, 500))
    i18n._catalogue.cache_clear()
    assert Translator("id")("Date") == "Tanggal"
    source.unlink()
    i18n._catalogue.cache_clear()
    assert Translator("id")("Date") == "Hari"


def test_only_languages_we_have() -> None:
    with pytest.raises(Bug):
        Translator("fr")
