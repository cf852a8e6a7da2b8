"""Reading a page: front matter, headings, blocks and references with their lines."""

from __future__ import annotations

import pytest
from kunskapsbank.faults import Faults
from kunskapsbank.pages import read_page

PAGE = """---
id: R01
title: Ett namn
description: En mening som säger vad sidan hjälper till med.
synonyms: [ord]
---

Se [[R02#avgor|nästa]] och [[law:lvu-6]], men inte `[[R99]]`.

## Gör så här {#gor-sa-har}

/// contacts | sos-112 polisen-11414
///

```
/// contacts | inte-denna
```
"""


def page(tmp_path, text=PAGE):
    folder = tmp_path / "en"
    (folder / "handbok").mkdir(parents=True)
    path = folder / "handbok" / "sida.md"
    path.write_text(text, encoding="utf-8")
    return read_page(path, text, "en", folder)


def test_everything_is_found_with_its_line(tmp_path):
    found = page(tmp_path)
    assert [(r.kind, r.id, r.anchor, r.text, r.line) for r in found.references] == [
        ("", "R02", "avgor", "nästa", 8),
        ("law", "lvu-6", None, None, 8),
    ]
    assert [(h.level, h.id, h.line) for h in found.headings] == [(2, "gor-sa-har", 10)]
    assert [(b.name, b.arguments, b.line) for b in found.blocks] == [("contacts", ("sos-112", "polisen-11414"), 12)]
    assert found.address == "handbok/sida/"


@pytest.mark.parametrize("text", ["# no front matter\n", "---\nid: R01\n", ""])
def test_a_page_without_front_matter_is_a_fault(tmp_path, text):
    with pytest.raises(Faults, match="no front matter"):
        page(tmp_path, text)
