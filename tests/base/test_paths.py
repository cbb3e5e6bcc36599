"""Folders, and files that are there whole or not at all."""

import errno
import os
import sys
from pathlib import Path

import pytest

from app.base import paths
from app.base.errors import UserError
from app.base.paths import (
    atomic_write,
    config_dir,
    data_dir,
    resource_root,
    write_bytes,
    write_text,
)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Waits are noted instead of waited."""
    waits: list[float] = []
    monkeypatch.setattr(paths, "sleep", waits.append)
    return waits


def lock(monkeypatch: pytest.MonkeyPatch, target: Path, times: int) -> None:
    """Let the target refuse to be replaced so many times, as a file open in Windows does."""
    replace = Path.replace
    left = [times]

    def refuse(self: Path, to: Path) -> Path:
        if to == target and left[0]:
            left[0] -= 1
            raise PermissionError(errno.EACCES, "in use", str(self), None, str(to))
        return replace(self, to)

    monkeypatch.setattr(Path, "replace", refuse)


def test_the_root_holds_translations_and_follows_a_frozen_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (resource_root() / "translations").is_dir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource_root() == tmp_path


def test_folders_are_made_and_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMBUNG_DATA", str(tmp_path / "a" / "data"))
    monkeypatch.setenv("LUMBUNG_CONFIG", str(tmp_path / "config"))
    assert data_dir() == tmp_path / "a" / "data"
    assert config_dir() == tmp_path / "config"
    assert data_dir().is_dir()
    assert config_dir().is_dir()


def test_folders_are_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LUMBUNG_DATA", "LUMBUNG_CONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    assert data_dir().name == "Lumbung"
    assert data_dir().is_dir()
    assert config_dir().is_dir()


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "buku.txt"
    assert write_text(target, "satu\r\ndua\n") == target
    assert target.read_bytes() == b"satu\r\ndua\n"
    with atomic_write(target) as writing:
        writing.temporary.write_text("tiga", encoding="utf-8")
        assert target.read_bytes() == b"satu\r\ndua\n"
        assert writing.temporary.parent == tmp_path
    assert target.read_text(encoding="utf-8") == "tiga"
    assert list(tmp_path.iterdir()) == [target]


def test_after_an_error_everything_is_as_before(tmp_path: Path) -> None:
    target = tmp_path / "buku.txt"
    write_bytes(target, b"lama")
    with pytest.raises(ZeroDivisionError), atomic_write(target) as writing:
        assert writing.temporary.write_bytes(b"half") / 0
    with pytest.raises(FileNotFoundError), atomic_write(target):
        pass
    assert target.read_bytes() == b"lama"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_in_use_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, impatient: list[float]
) -> None:
    target = tmp_path / "rapor.pdf"
    lock(monkeypatch, target, times=2)
    assert write_bytes(target, b"baru") == target
    assert target.read_bytes() == b"baru"
    assert impatient == [0.05, 0.1]


def test_a_file_that_stays_in_use_is_saved_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, impatient: list[float]
) -> None:
    target = tmp_path / "rapor.pdf"
    target.write_bytes(b"lama")
    (tmp_path / "rapor (2).pdf").write_bytes(b"lain")
    lock(monkeypatch, target, times=99)
    assert write_bytes(target, b"baru") == tmp_path / "rapor (3).pdf"
    assert target.read_bytes() == b"lama"
    assert (tmp_path / "rapor (2).pdf").read_bytes() == b"lain"
    assert (tmp_path / "rapor (3).pdf").read_bytes() == b"baru"
    assert len(list(tmp_path.iterdir())) == 3


def test_a_file_that_must_have_its_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, impatient: list[float]
) -> None:
    target = tmp_path / "settings.toml"
    lock(monkeypatch, target, times=99)
    with pytest.raises(UserError, match=r"settings\.toml could not be saved"):
        write_bytes(target, b"baru", aside=False)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nowhere does not exist"):
        write_bytes(tmp_path / "nowhere" / "x.pdf", b"")


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="The disk is full"):
        write_bytes(tmp_path / "x.pdf", b"besar")
    assert list(tmp_path.iterdir()) == []


def test_a_medium_that_can_only_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="locked"), atomic_write(tmp_path / "x.pdf"):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), "anything")


def test_errors_about_other_files_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(PermissionError), atomic_write(tmp_path / "x.pdf"):
        raise PermissionError(errno.EACCES, "no", "logo.png")


@pytest.mark.parametrize("system", ["posix", "nt"])
def test_only_posix_flushes_folders(system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[Path] = []
    monkeypatch.setattr(paths, "_flush_folder", flushed.append)
    target = tmp_path / "x.txt"
    with atomic_write(target) as writing:
        writing.temporary.write_bytes(b"x")
        monkeypatch.setattr(paths, "_POSIX", system == "posix")
    assert flushed == ([tmp_path] if system == "posix" else [])
