"""The Nu HTML checker over every page of the site."""

from __future__ import annotations

import json
import subprocess


def test_nu_finds_no_errors(site, root):
    jar = root / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    result = subprocess.run(
        ["java", "-jar", str(jar), "--format", "json", "--skip-non-html", "--stdout", "--exit-zero-always", str(site)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    messages = json.loads(result.stdout)["messages"]
    errors = [f"{m.get('url', '')}:{m.get('lastLine')}: {m['message']}" for m in messages if m["type"] != "info"]
    assert errors == []
    warnings = [m for m in messages if m.get("subType") == "warning"]
    assert [f"{m.get('url', '')}:{m.get('lastLine')}: {m['message']}" for m in warnings] == []
