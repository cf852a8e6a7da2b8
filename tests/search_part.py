"""The built search index, as the browser reads it."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any


def read(site: Path, name: str) -> dict[str, Any]:
    """Return one part of the index: 'sv' holds what pages are called, 'sv-text' what their text says."""
    script = (site / "assets" / "search" / f"{name}.js").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(ast.literal_eval(script[script.index("(") + 1 : script.rindex(")")]))
    return content
