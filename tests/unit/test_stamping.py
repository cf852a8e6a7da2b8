"""Digests in the addresses of scripts and styles, and the files compressed beforehand."""

from __future__ import annotations

import gzip

import brotli
from kunskapsbank.hosting import compressing, stamping

PAGE = """<link rel="icon" href="../assets/img/i.svg"><link rel="stylesheet" href="/bank/assets/css/a.css" media="print">
<script src="../assets/js/a.js" defer></script>
<link rel="canonical" href="https://a.example/assets/css/a.css"><a href="../assets/js/a.js">x</a>"""


def test_references_get_the_digest_of_what_they_lead_to(tmp_path):
    for name in ("img/i.svg", "css/a.css", "js/a.js"):
        (tmp_path / "assets" / name).parent.mkdir(parents=True)
        (tmp_path / "assets" / name).write_text("same", encoding="utf-8")
    page = tmp_path / "en" / "index.html"
    page.parent.mkdir()
    page.write_text(PAGE, encoding="utf-8")
    used = stamping.stamp(tmp_path)
    text = page.read_text(encoding="utf-8")
    assert list(used) == ["assets/css/a.css", "assets/img/i.svg", "assets/js/a.js"]
    assert len(set(used.values())) == 3, "files with one content have digests of their own"
    assert f'href="/bank/assets/css/a.css?v={used["assets/css/a.css"]}" media' in text, "404.html names its files from the root"
    assert f'src="../assets/js/a.js?v={used["assets/js/a.js"]}" defer' in text
    assert 'href="https://a.example/assets/css/a.css"' in text and '<a href="../assets/js/a.js">' in text
    assert stamping.stamp(tmp_path) == used and page.read_text(encoding="utf-8") == text, "a second time changes nothing"
    (tmp_path / "assets" / "js" / "a.js").write_text("other", encoding="utf-8")
    assert stamping.stamp(tmp_path)["assets/js/a.js"] != used["assets/js/a.js"]
    assert used["assets/js/a.js"] not in page.read_text(encoding="utf-8")


def test_text_is_compressed_to_the_same_bytes_and_nothing_else_is(tmp_path):
    long = "kunskap " * 400
    names = ["index.html", "en/index.html", "r/ids.json", "a.vcf", "r/R08/index.html", "en/r/r08/index.html", "a.pdf", "_nginx/a.txt"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(long, encoding="utf-8")
    (tmp_path / "short.css").write_text("a{}", encoding="utf-8")
    count, weight = compressing.compress(tmp_path)
    made = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.suffix in (".gz", ".br")}
    assert set(made) == {f"{name}.{end}" for name in names[:3] for end in ("gz", "br")} | {"a.vcf.gz"}
    assert count == 4 and weight == sum(map(len, made.values()))
    for name, content in made.items():
        assert (gzip.decompress(content) if name.endswith(".gz") else brotli.decompress(content)).decode() == long
    compressing.compress(tmp_path)
    assert all((tmp_path / name).read_bytes() == content for name, content in made.items())
    assert made["index.html.gz"][4:8] == b"\0\0\0\0", "no time of day"
