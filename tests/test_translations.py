"""The catalogues hold what the sources say: Babel's own checks know only `%` placeholders."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

from app.base.i18n import LANGUAGES
from app.base.paths import resource_root


def load_catalogues() -> ModuleType:
    """Import the translators' script, which is no part of the program."""
    path = resource_root() / "translations" / "catalogues.py"
    spec = importlib.util.spec_from_file_location("catalogues", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


catalogues = load_catalogues()


def test_templates_have_named_placeholders_with_known_specs() -> None:
    faults = [fault for message in catalogues.template() for fault in catalogues._template_faults(message)]
    assert faults == []


def test_the_template_is_up_to_date() -> None:
    current = catalogues.written(catalogues.template())
    assert catalogues.TEMPLATE.read_bytes() == current, "run translations/catalogues.py update"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_is_complete_and_has_the_same_placeholders(language: str) -> None:
    catalog = catalogues.read(catalogues.catalogue_path(language))
    assert catalogues.catalogue_faults(catalog, catalogues.template(), language) == []


SOURCE = """
from errors import Refused


class Closed(Refused):
    pass


def work(_, translator, N_):
    # i18n: on the button
    _("Save")
    self._("Save" if one else "Keep")
    N_("Long "
       "text")
    _(variable), _(""), other("not this")
    raise Closed("No {x}.", advice="Do {x}.", x=1)
    translator.plural("{n} day", "{n} days", 3)
    translator.context("noun", "Order")
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "pages.py").write_text(SOURCE, encoding="utf-8")
    (folder / "empty.py").write_text("", encoding="utf-8")
    return folder


def test_messages_are_found_in_the_sources(sources: Path) -> None:
    found = [(message.id, message.context) for message in catalogues.messages(sources)]
    assert found == [
        ("Save", None),
        ("Save", None),
        ("Keep", None),
        ("Long text", None),
        ("No {x}.", None),
        ("Do {x}.", None),
        (("{n} day", "{n} days"), None),
        ("Order", "noun"),
    ]
    template = catalogues.template(sources)
    assert template.get("Save").auto_comments == ["on the button"]
    assert b"pages.py\n" in catalogues.written(template)


def test_an_f_string_cannot_be_translated(sources: Path) -> None:
    (sources / "bad.py").write_text('_(f"Hello {name}")', encoding="utf-8")
    with pytest.raises(catalogues.Unreadable, match=r"app/bad\.py:1"):
        catalogues.messages(sources)


def test_faults_of_a_catalogue_are_found(sources: Path) -> None:
    template = catalogues.template(sources)
    catalog = Catalog(locale="id")
    catalog.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]
    catalog.add("Save", "Simpan", flags=["fuzzy"])
    catalog.add("Keep", "")
    catalog.add("Long text", "Teks {panjang}")
    catalog.add("No {x}.", "Tidak {y}.")
    catalog.add("Do {x}.", "Buat {x.")
    catalog.add(("{n} day", "{n} days"), ["hari {n:rp}"])
    assert catalogues.catalogue_faults(catalog, template, "id") == [
        "id: fuzzy: 'Save'",
        "id: not translated: 'Keep'",
        "id: other placeholders than 'Long text': 'Teks {panjang}'",
        "id: other placeholders than 'No {x}.': 'Tidak {y}.'",
        "id: other placeholders than 'Do {x}.': 'Buat {x.'",
        "id: other placeholders than '{n} day': 'hari {n:rp}'",
        "id: not translated: 'Order'",
    ]
    assert "en: not translated: 'Keep'" not in catalogues.catalogue_faults(catalog, template, "en")


def test_faults_of_templates_are_found(sources: Path) -> None:
    (sources / "bad.py").write_text(
        '_("{}"); _("{x.y}"); _("{x:abc}"); _("{x"); _("{x:rp}")', encoding="utf-8"
    )
    faults = [
        fault for message in catalogues.template(sources) for fault in catalogues._template_faults(message)
    ]
    assert faults == [
        "{} is no named placeholder: '{}'",
        "{x.y} is no named placeholder: '{x.y}'",
        "{x:abc} has no such spec: '{x:abc}'",
        "braces that don't match: '{x'",
    ]


def test_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main([]) == 2
    assert catalogues.main(["extract", "check"]) == 2
    assert "usage: catalogues.py extract|update|compile|check" in capsys.readouterr().err
