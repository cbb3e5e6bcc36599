"""Many statements at once: files, cover, cancel, two processes."""

import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.base.errors import Cancelled
from app.base.i18n import Translator
from app.base.progress import Watched
from app.reports import batch
from app.reports.batch import (
    COVER_FILE,
    file_names,
    statement_pdf,
    statements_pdf,
    write_statement_files,
    write_statements,
)
from app.reports.forms.verification import verification_code
from tests.reports.statement_samples import COVER, HADI, HEAD, MARSUDI, SITI, broken, many

TRANSLATOR = Translator("id")
DISAGREES = "Does not agree yet, don't hand out"


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_one_file_has_the_cover_first(tmp_path: Path) -> None:
    target = write_statements(tmp_path / "oktober.pdf", [SITI, HADI], COVER, HEAD, TRANSLATOR)
    pages = [page.extract_text() for page in PdfReader(target).pages]
    assert len(pages) == 3
    assert TRANSLATOR("Proof against the ledger") in pages[0]
    assert "Siti Rahayu Wulandari" in pages[1]
    assert "Hadi Suwarno" in pages[2]
    assert verification_code(HADI, "RTL") in pages[2]


def test_a_file_for_each_member_and_the_cover(tmp_path: Path) -> None:
    files = write_statement_files(tmp_path / "baru", [SITI, HADI], COVER, HEAD, TRANSLATOR)
    assert [path.name for path in files] == [
        "0137-siti-rahayu-wulandari.pdf",
        "0139-hadi-suwarno.pdf",
        COVER_FILE,
    ]
    assert sorted((tmp_path / "baru").iterdir()) == files
    assert "Rp1.496.720" in text_of(files[0])
    assert TRANSLATOR("Sheet {number} of {count}", number=2, count=2) in text_of(files[1])


def test_a_cover_that_does_not_agree_stands_alone(tmp_path: Path) -> None:
    pages = PdfReader(BytesIO(statements_pdf([SITI, HADI], broken(), HEAD, TRANSLATOR))).pages
    assert len(pages) == 1
    assert TRANSLATOR(DISAGREES) in pages[0].extract_text()
    files = write_statement_files(tmp_path, [SITI, HADI], broken(), HEAD, TRANSLATOR)
    assert [path.name for path in files] == [COVER_FILE]
    assert TRANSLATOR(DISAGREES) in text_of(files[0])


def test_two_processes_make_the_same_files_as_one(tmp_path: Path) -> None:
    people = many(23)
    one = write_statement_files(tmp_path / "one", people, COVER, HEAD, TRANSLATOR, processes=1)
    two = write_statement_files(tmp_path / "two", people, COVER, HEAD, TRANSLATOR, processes=2)
    assert [path.name for path in one] == [path.name for path in two]
    assert len(one) == 24
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def _ended(*_: object) -> None:
    """What a machine's guard does to a second process."""
    os._exit(1)


def test_a_process_that_dies_leaves_its_share_to_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = many(25)
    monkeypatch.setattr(batch, "_start", _ended)
    files = write_statement_files(tmp_path / "two", people, COVER, HEAD, TRANSLATOR, processes=2)
    assert len(files) == 26
    assert all(file.read_bytes().startswith(b"%PDF") for file in files)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_stopped_job_leaves_the_folder_as_it_was(tmp_path: Path, processes: int) -> None:
    old = tmp_path / "0001-budi-santoso-1.pdf"
    old.write_bytes(b"last month")
    watched = Watched(lambda done, total, label: watched.cancel() if done else None)
    with pytest.raises(Cancelled):
        write_statement_files(tmp_path, many(40), COVER, HEAD, TRANSLATOR, watched, processes=processes)
    assert list(tmp_path.iterdir()) == [old]
    assert old.read_bytes() == b"last month"


def test_a_stopped_file_is_not_there(tmp_path: Path) -> None:
    watched = Watched(lambda done, total, label: watched.cancel() if done == 2 else None)
    with pytest.raises(Cancelled):
        write_statements(tmp_path / "a.pdf", many(5), COVER, HEAD, TRANSLATOR, progress=watched)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("processes", [1, 2])
def test_progress_counts_every_statement(tmp_path: Path, processes: int) -> None:
    steps: list[tuple[int, int]] = []
    watched = Watched(lambda done, total, label: steps.append((done, total)))
    write_statement_files(tmp_path, many(12), None, HEAD, TRANSLATOR, watched, processes=processes)
    assert steps[0] == (0, 12)
    assert steps[-1] == (12, 12)
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)


def test_no_members_and_no_cover(tmp_path: Path) -> None:
    assert write_statement_files(tmp_path, [], None, HEAD, TRANSLATOR) == []
    empty = replace(COVER, groups=(), proof=())
    assert len(PdfReader(BytesIO(statements_pdf([], empty, HEAD, TRANSLATOR))).pages) == 1


def test_file_names_are_safe_and_all_different() -> None:
    def named(number: str, name: str) -> str:
        return file_names([replace(SITI, number=number, name=name)])[0]

    assert named("0137", "Siti Rahayu Wulandari") == "0137-siti-rahayu-wulandari.pdf"
    assert named("A/7", 'H. M. "Dul" Çelik: <x>|?*') == "a-7-h-m-dul-celik-x.pdf"
    assert named("con", "李") == "anggota-con.pdf"
    assert named("", "AUX") == "anggota-aux.pdf"
    assert named("李", "李") == "anggota.pdf"
    assert len(named("1", "Sangat " * 60)) <= 90
    same = file_names([SITI, replace(SITI, name="SITI rahayu wulandari"), SITI])
    assert len({name.lower() for name in same}) == 3
    assert file_names([replace(SITI, number="sampul", name="")]) != [COVER_FILE]


def test_a_page_in_one_file_is_at_most_three_kilobytes() -> None:
    people = many(60)
    assert len(statements_pdf(people, None, HEAD, TRANSLATOR)) / len(people) <= 3 * 1024 + 300


def test_a_file_of_its_own_is_small() -> None:
    assert len(statement_pdf(SITI, HEAD, TRANSLATOR)) < 16_000


def test_a_statement_is_the_same_in_both_kinds_of_file() -> None:
    alone = PdfReader(BytesIO(statement_pdf(MARSUDI, HEAD, TRANSLATOR))).pages[0]
    together = PdfReader(BytesIO(statements_pdf([MARSUDI], None, HEAD, TRANSLATOR))).pages[0]
    # Fixed parts are drawn in another order, so lines are compared as a set.
    assert set(alone.extract_text().split()) == set(together.extract_text().split())
