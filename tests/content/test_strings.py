"""The interface's words: every one is used, and every one used exists."""

from __future__ import annotations

import re

# Names put together while rendering: kind-police, verify-phone, area-sweden, chart-lvu6.
COMPOSED = ("kind-", "verify-", "area-", "chart-")


def test_every_string_is_used(bank, root):
    files = [*(root / "overrides").rglob("*.html"), *(root / "scripts").rglob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    used = set(re.findall(r"""['"]([a-z0-9-]+)['"]""", text))
    assert [name for name in bank.strings if name not in used and not name.startswith(COMPOSED)] == []
