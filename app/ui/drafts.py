"""What was typed and not saved yet, kept in a file for each form of each book, so that a power cut takes nothing."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path

from app.base.paths import data_dir, write_text

_LOG = logging.getLogger(__name__)


class Drafts:
    """The drafts of one book, by the name of the form."""

    def __init__(self, book_uid: str) -> None:
        self._folder = data_dir() / "drafts" / book_uid

    def keep(self, name: str, values: Mapping[str, str]) -> None:
        """Keep what stands in a form; nothing in it forgets the draft."""
        if not any(values.values()):
            self.forget(name)
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_text(self._path(name), json.dumps(dict(values), ensure_ascii=False), aside=False)
        except OSError as error:
            # A full disk must not keep anyone from typing on; saving will say it aloud.
            _LOG.info("the draft of %s was not kept: %s", name, error)

    def found(self, name: str) -> dict[str, str]:
        """What was kept, or nothing."""
        try:
            values = json.loads(self._path(name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(values, dict):
            return {}
        return {str(key): str(value) for key, value in values.items()}

    def forget(self, name: str) -> None:
        """What was typed is saved, or not wanted any more."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"
