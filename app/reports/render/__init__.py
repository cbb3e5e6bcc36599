"""From a Document to what people read: text, JSON, CSV, PDF and Excel. All show the same figures.

Each renderer is imported when it is first used: ReportLab and openpyxl are slow to load.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.base.i18n import Translator
from app.reports.document import Document

Renderer = Callable[[Document, Translator, str], str | bytes]


def _text(document: Document, translator: Translator, paper: str) -> str:  # noqa: ARG001
    from app.reports.render import text

    return text.render(document, translator)


def _json(document: Document, translator: Translator, paper: str) -> str:  # noqa: ARG001
    from app.reports.render import json

    return json.render(document)


def _csv(document: Document, translator: Translator, paper: str) -> bytes:  # noqa: ARG001
    from app.reports.render import csv

    return csv.render(document)


def _pdf(document: Document, translator: Translator, paper: str) -> bytes:
    from app.reports.render import pdf

    return pdf.render(document, translator, paper)


def _xlsx(document: Document, translator: Translator, paper: str) -> bytes:
    from app.reports.render import xlsx

    return xlsx.render(document, translator, paper)


RENDERERS: Mapping[str, Renderer] = MappingProxyType(
    {"text": _text, "json": _json, "csv": _csv, "pdf": _pdf, "xlsx": _xlsx}
)


def render(document: Document, kind: str, translator: Translator, *, paper: str = "A4") -> str | bytes:
    """The document as `kind`, a key of RENDERERS: str for text and json, bytes for the others.

    `paper` is A4 or F4, for PDF and for Excel's print set-up.
    """
    return RENDERERS[kind](document, translator, paper)
