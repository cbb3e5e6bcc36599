"""Commands of imported files."""

from dataclasses import dataclass, field
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.batches.plan import ImportPlan
from app.ledger.command import Command, Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFile(Command):
    """Import a file whose rows were read before; the record keeps its name and digest, not the rows."""

    hidden: ClassVar[bool] = True

    file: str
    digest: str
    documents: Count
    _plan: ImportPlan | None = field(default=None, repr=False, compare=False)

    @property
    def plan(self) -> ImportPlan:
        """What was read from the file. Raises UserError when the command comes from its record."""
        if self._plan is None:
            raise UserError(
                "Of an import only the file's name is kept.",
                advice="Import the file {file} again.",
                file=self.file,
            )
        return self._plan


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoImport(Command):
    """Take an imported file back as a whole. Accounts, products and people it made stay."""

    hidden: ClassVar[bool] = True

    batch: Count
