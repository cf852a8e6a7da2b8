"""Lay a document out and write it as PDF/UA-1."""

from __future__ import annotations

import logging
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from .documents import identifier
from .tagging import better_tags


class _Complaints(logging.Handler):
    """Keeps what the library complains about: a complaint is a fault in our document."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def pdf(html: str, stylesheet: Path) -> bytes:
    """Return `html` as a tagged PDF. Raises ValueError with the library's words when it complains."""
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    logger.propagate = False
    fonts = FontConfiguration()
    try:
        with better_tags():
            made = HTML(string=html, base_url="about:blank", url_fetcher=URLFetcher(allowed_protocols=())).write_pdf(
                stylesheets=[CSS(string=stylesheet.read_text(encoding="utf-8"), font_config=fonts)],
                font_config=fonts,
                pdf_variant="pdf/ua-1",
                pdf_forms=True,
                pdf_identifier=identifier(html),
            )
    finally:
        logger.removeHandler(complaints)
    if complaints.lines:
        raise ValueError("; ".join(complaints.lines))
    assert isinstance(made, bytes)
    return made
