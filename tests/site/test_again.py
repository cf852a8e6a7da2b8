"""The same commit gives the same bytes: elsewhere, in another time zone and locale, without a network, by the other generator.

`elsewhere` (conftest.py) is the second build; site/ of scripts/test is the first.
"""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from copies import build, differing, environment, files
from kunskapsbank.offline import package, worker
from kunskapsbank.pdf.documents import documents, edition
from kunskapsbank.pdf.offering import Made, offer

# Made a second time from the pages built elsewhere: a routine, a form, a checklist, both languages, pictures and tables among them.
SAMPLE = ("pdf/A01-sv.pdf", "pdf/R01-sv.pdf", "pdf/M01-sv.pdf", "en/pdf/R00-en.pdf", "en/pdf/M03-en.pdf")
MAKE = """
import sys
from pathlib import Path
from kunskapsbank.pdf.__main__ import documents, make, _bank
for document in documents(_bank()):
    if document.path in sys.argv[2:]:
        make(Path(sys.argv[1]), document)
"""


@pytest.fixture(scope="module")
def sampled(elsewhere, tmp_path_factory):
    """The site built elsewhere with the sample of PDFs made from it, in the copy's own folder."""
    folder = tmp_path_factory.mktemp("sampled") / "site"
    shutil.copytree(elsewhere, folder)
    copy = elsewhere.parent
    odd = {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONHASHSEED": "8", "PYTHONPATH": str(copy / "scripts")}
    subprocess.run([sys.executable, "-c", MAKE, str(folder), *SAMPLE], check=True, env=environment(**odd), cwd=copy)
    return folder


def test_the_sample_of_pdfs_is_the_same_to_the_byte(sampled, site):
    made = {path.relative_to(sampled).as_posix(): path.read_bytes() for path in sampled.rglob("*.pdf")}
    assert set(made) == set(SAMPLE)
    assert differing(made, {path: (site / path).read_bytes() for path in SAMPLE}) == []


def test_the_site_its_package_and_its_worker_are_the_same_to_the_byte(elsewhere, sampled, site, bank):
    """The PDFs outside the sample are taken from site/; everything else, the package with all files too, is made a second time."""
    for path in site.rglob("*.pdf"):
        target = sampled / path.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copy(path, target)
    offer(bank, sampled, {d.path: Made((sampled / d.path).stat().st_size, edition(bank, d)) for d in documents(bank)})
    tree = elsewhere.parent
    stamp = [sys.executable, "-m", "kunskapsbank.hosting", str(sampled)]
    subprocess.run(stamp, check=True, env=environment(PYTHONPATH=str(tree / "scripts")), cwd=tree)
    moment = datetime.datetime.fromtimestamp(int(environment()["SOURCE_DATE_EPOCH"]), datetime.UTC)
    package.offer(bank, sampled, package.pack(bank, sampled, moment), moment.date())
    worker.write(bank, sampled)
    made = files(sampled)
    assert len(made) > 700 and package.NAME in made and "sw.js" in made
    assert differing(made, files(site)) == []


def test_properdocs_makes_the_same_site(root, tmp_path, plain):
    """The way out of MkDocs (docs/decisions/0022): every file the same to the byte, no generator's tag to leave out.

    Among all installed packages but MkDocs: what imports it is given ProperDocs.
    """
    packages = tmp_path / "packages"
    packages.mkdir()
    for item in Path(sysconfig.get_path("purelib")).iterdir():
        if not re.fullmatch(r"mkdocs(-[\d.]+\.dist-info)?", item.name):
            (packages / item.name).symlink_to(item)
    path = f"{packages}{os.pathsep}{root / 'scripts'}"
    without = subprocess.run([sys.executable, "-S", "-c", "import mkdocs"], env={"PYTHONPATH": path}, capture_output=True, text=True)
    assert "No module named 'mkdocs'" in without.stderr
    done = build(root, tmp_path / "site", [sys.executable, "-S", "-m", "properdocs"], PYTHONPATH=path)
    assert done.returncode == 0, done.stderr
    made = files(tmp_path / "site")
    assert len(made) > 700 and not any(b'name="generator"' in content for path, content in made.items() if path.endswith(".html"))
    assert differing(made, plain) == []


def test_a_difference_is_seen(plain):
    path = "sitemap.xml.gz"
    assert differing(plain, {**plain, path: plain[path] + os.linesep.encode()}) == [path]
    assert differing(plain, {name: content for name, content in plain.items() if name != path}) == [path]
