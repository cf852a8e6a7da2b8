"""The site behind a real nginx with the shipped configuration: status codes, headers, redirects, compression, what is refused."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import ssl
import subprocess
from dataclasses import dataclass

import brotli
import nginx
import pytest
from kunskapsbank.hosting import headers, stamping, tables
from kunskapsbank.linking import UNNUMBERED

R08 = "handbok/omedelbart-omhandertagande/"
BASES = ("/", "/bank/")


@dataclass
class Answer:
    """What the server said; a header by its name in any case."""

    status: int
    headers: dict[str, str]
    body: bytes

    def __getitem__(self, name):
        return self.headers.get(name.lower())


class Asking:
    """Asks over one connection; the path is sent as it is written."""

    def __init__(self, port, base, context=None):
        self.base = base
        self.connection = (
            http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=20)
            if context
            else http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        )

    def __call__(self, path, method="GET", **more):
        self.connection.putrequest(method, self.base + path, skip_host="Host" in more, skip_accept_encoding=True)
        for name, value in more.items():
            self.connection.putheader(name.replace("_", "-"), value)
        self.connection.endheaders()
        answer = self.connection.getresponse()
        pairs = [(name.lower(), value) for name, value in answer.getheaders()]
        assert len(pairs) == len(dict(pairs)), f"{path}: a header is sent twice: {pairs}"
        body = answer.read()
        if answer.status in (400, 412):  # after these the server hangs up, whatever it says
            self.connection.close()
        return Answer(answer.status, dict(pairs), body)


@pytest.fixture(scope="module", params=BASES, ids=["root", "sub-path"])
def ask(request, compressed):
    with nginx.running(compressed, request.param) as (port, _):
        asking = Asking(port, request.param)
        yield asking
        asking.connection.close()


def test_every_kind_of_file_is_sent_with_its_type_and_every_header(ask, compressed):
    kinds = {}
    for path in sorted(compressed.rglob("*")):
        name = path.relative_to(compressed).as_posix()
        if path.is_file() and not name.startswith("_") and path.suffix not in (".gz", ".br"):
            kinds.setdefault(path.suffix, name)
    assert {".html", ".css", ".js", ".svg", ".json", ".xml", ".vcf", ".zip"} <= set(kinds)
    for name in kinds.values():
        answer = ask(name)
        assert answer.status == 200 and answer.body == (compressed / name).read_bytes(), name
        assert answer["content-type"].partition(";")[0] != "application/octet-stream", f"{name}: scripts/nginx/site.conf lacks its type"
        for header, value in headers.HEADERS.items():
            assert answer[header] == value, f"{name}: {header}"
        assert answer["server"] == "nginx", "no version"


def test_text_says_that_it_is_utf_8(ask):
    assert ask("akut/")["content-type"] == "text/html; charset=utf-8"
    assert ask("assets/js/site.js")["content-type"] == "text/javascript; charset=utf-8"
    assert ask("kontakter/kontakter.vcf")["content-type"] == "text/vcard; charset=utf-8"


def test_every_permanent_link_is_301_in_either_case_and_keeps_its_query(ask, bank):
    asked = 0
    for prefix in ("", "en/"):
        for entry in bank.ledger.values():
            if entry.state != "published" or entry.id in UNNUMBERED:
                continue
            for name in (entry.id, entry.id.lower()):
                for slash in ("/", ""):
                    answer = ask(f"{prefix}r/{name}{slash}?v=2&x=%C3%A5")
                    assert (answer.status, answer["location"]) == (301, f"{ask.base}{prefix}{entry.path}?v=2&x=%C3%A5"), name
                    asked += 1
            assert answer["content-security-policy"] == headers.POLICY
            assert answer["cache-control"] == "no-cache", "a page may move again"
    assert asked > 600


def test_every_address_ever_published_answers(ask, root):
    lines = (root / "tests" / "site" / "published.txt").read_text(encoding="utf-8").splitlines()
    for line in [line for line in lines if line[:1] not in "#"]:
        for prefix in ("", "en/"):
            answer = ask(prefix + line.split()[1].lstrip("/"))
            assert answer.status in (200, 301), line


def test_an_address_without_its_last_slash_leads_on_within_the_site(ask):
    answer = ask("akut?v=1")
    assert (answer.status, answer["location"]) == (301, ask.base + "akut/?v=1")


@pytest.mark.parametrize("path", ["no/such/page/", "nope", "assets/js/", "r/", "r/Z99/", "en/r/", "assets/css/none.css", "x.html"])
def test_what_is_not_there_is_404_with_the_page_in_both_languages_in_place(ask, compressed, path):
    for accepted in ("", "gzip", "br"):
        answer = ask(path, Accept_Encoding=accepted)
        assert answer.status == 404 and answer["location"] is None
        body = {"": bytes, None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}[answer["content-encoding"]](answer.body)
        assert body == (compressed / "404.html").read_bytes()
        assert b'lang="sv"' in body and b'lang="en"' in body
        assert answer["content-security-policy"] == headers.POLICY and answer["content-type"] == "text/html; charset=utf-8"
        assert "immutable" not in answer["cache-control"]


@pytest.mark.parametrize(
    "path",
    [
        "_headers", "_nginx/", "_nginx/site.conf", "_nginx/tables.conf", ".git/config", ".htaccess", "akut/.hidden", ".well-known",
        "akut/index.html.br", "akut/index.html.gz", "assets/css/site.css.gz", "%5fheaders", "%2egit/config",
    ],
)  # fmt: skip
def test_what_is_not_for_readers_is_not_there(ask, path):
    assert ask(path).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "../../../../etc/passwd", "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "..%2f..%2f..%2f..%2fetc/passwd", "..%5c..%5cetc/passwd",
        "%252e%252e/%252e%252e/etc/passwd", "assets/../../../../../etc/passwd", "assets/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "//etc/passwd", "/etc/passwd",
        "assets..%2f_headers", "../secret.txt", "assets/../../secret.txt", "akut%00.html", "....//etc/passwd",
    ],
)  # fmt: skip
def test_no_address_leads_out_of_the_site(ask, compressed, path):
    (compressed.parent / "secret.txt").write_text("root: secret", encoding="utf-8")
    answer = ask(path)
    assert answer.status in (400, 404), answer.headers
    assert b"root:" not in answer.body
    assert not re.search(rb"nginx/\d", answer.body) and answer["server"] == "nginx"


def test_another_host_is_never_named_by_a_redirect(ask):
    for path in ("/evil.example/%2e%2e/akut", "/evil.example//r/R08/", "r/R08//evil.example"):
        location = ask(path, Host="evil.example")["location"] or ""
        assert "evil" not in location and not location.startswith("//"), location
    assert ask("akut", Host="evil.example")["location"] == ask.base + "akut/"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "MKCOL", "TRACE"])
def test_only_reading_is_allowed(ask, method):
    for path in ("", "akut/", "akut/index.html", "assets/css/site.css", "kontakter/kontakter.vcf", "r/R08/"):
        answer = ask(path, method)
        assert answer.status == 405, path
        assert method == "TRACE" or answer["allow"] == "GET, HEAD", "nginx answers TRACE by itself"
        assert not re.search(rb"nginx/\d", answer.body)


def test_head_answers_as_get_without_the_body(ask):
    for path in ("akut/", "assets/css/site.css", "r/R08/"):
        get, head = ask(path), ask(path, "HEAD")
        assert head.body == b"" and head.status == get.status and head["content-length"] == get["content-length"]


CODED = {"gzip": ("gzip", gzip.decompress), "br": ("br", brotli.decompress), "gzip, deflate, br, zstd": ("br", brotli.decompress)}


@pytest.mark.parametrize("path", ["akut/", "akut/index.html", "assets/css/site.css", "assets/search/sv.js", "r/ids.json", "sitemap.xml"])
def test_text_is_sent_compressed_beforehand_as_the_browser_likes_it(ask, path):
    plain = ask(path)
    assert plain["content-encoding"] is None
    assert "accept-encoding" in plain["vary"].lower()
    for accepted, (coding, unpack) in CODED.items():
        answer = ask(path, Accept_Encoding=accepted)
        assert answer["content-encoding"] == coding and answer["vary"] == "Accept-Encoding"
        assert len(answer.body) < len(plain.body) and unpack(answer.body) == plain.body
        assert answer["content-type"] == plain["content-type"], "not that of the compressed file"
        assert answer["etag"] != plain["etag"]
    for refused in ("", "identity", "br;q=0", "gzip;q=0, br; q=0.0", "brotli, xbr"):
        assert ask(path, Accept_Encoding=refused)["content-encoding"] is None, refused
    assert ask(path, Accept_Encoding="br;q=0, gzip")["content-encoding"] == "gzip"


def test_what_has_not_changed_is_not_sent_again(ask):
    for accepted in ("", "gzip", "br"):
        first = ask("akut/", Accept_Encoding=accepted)
        again = ask("akut/", Accept_Encoding=accepted, If_None_Match=first["etag"])
        assert again.status == 304 and again.body == b"" and again["etag"] == first["etag"]
        assert again["content-security-policy"] == headers.POLICY and again["cache-control"] == "no-cache"
    assert ask("akut/", If_None_Match='"other"').status == 200
    failed = ask("akut/", Accept_Encoding="br", If_Match='"other"')
    assert failed.status == 412 and failed["content-encoding"] is None and b"412" in failed.body


def references(site, page):
    return re.findall(r'<(?:script|link)\b[^>]*\b(?:src|href)="[^"]*?(assets/[^"?]+)(?:\?v=([0-9a-f]+))?"', (site / page).read_text())


def test_an_address_with_the_digest_is_kept_for_ever_and_no_other(ask, compressed):
    found = references(compressed, "juridik/frister/index.html")
    assert len(found) > 10
    for path, digest in found:
        assert digest == stamping.digest(path, (compressed / path).read_bytes()), path
        for accepted in ("", "br"):
            answer = ask(f"{path}?v={digest}", Accept_Encoding=accepted)
            assert answer.status == 200 and answer["cache-control"] == headers.IMMUTABLE, path
    path, digest = found[0]
    other = next(d for p, d in found if p != path)
    for address in (path, f"{path}?v={'0' * len(digest)}", f"{path}?v={other}", f"{path}?v=", f"no/{path}?v={digest}", f"{R08}?v={digest}"):
        assert "immutable" not in ask(address)["cache-control"], address
    for address in ("", "akut/", "sw.js", "assets/js/worker.js", "assets/search/sv.js", "kunskapsbank-offline.zip", "404.html"):
        assert ask(address)["cache-control"] == headers.REVALIDATE, address


def test_every_reference_of_every_page_has_its_digest(site):
    checked = 0
    known = {}
    for page in site.rglob("*.html"):
        for path, digest in references(site, page.relative_to(site)):
            if path not in known:
                known[path] = stamping.digest(path, (site / path).read_bytes())
            assert digest == known[path], f"{page}: {path}"
            checked += 1
    assert checked > 3000
    assert len(set(known.values())) == len(known) > 20
    table = (site / "_nginx" / "tables.conf").read_text(encoding="utf-8")
    for path, digest in known.items():
        assert f'    "{digest}" "{path}";' in table


def test_the_files_for_servers_are_those_of_the_one_definition(site, bank, root):
    assert (site / "_headers").read_text(encoding="utf-8") == headers.netlify()
    assert (site / "_nginx" / "headers.conf").read_text(encoding="utf-8") == headers.nginx()
    assert (site / "_nginx" / "site.conf").read_bytes() == (root / "scripts" / "nginx" / "site.conf").read_bytes()
    hand_written = [path.read_text(encoding="utf-8") for path in (root / "scripts" / "nginx").glob("*.conf")]
    assert len(hand_written) == 2
    assert not [line for text in hand_written for line in text.splitlines() if line.strip().startswith("add_header")]


def test_a_page_that_moved_or_retired_leads_on_and_says_which_it_was(bank, tmp_path, root):
    """A ledger of its own: R22 is retired for R16, and R21 lay elsewhere, where an address is long and holds what patterns read."""
    import dataclasses

    long = "gammal/en-mycket-lang-adress-som-ingen-tabell-rymmer-i-en-enda-rad/sarskilda-situationer/"
    ledger = dict(bank.ledger)
    ledger["R22"] = ledger["R22"].model_copy(update={"state": "retired", "successor": "R16"})
    ledger["R21"] = ledger["R21"].model_copy(update={"former": [long]})
    (tmp_path / "_nginx").mkdir()
    (tmp_path / "_nginx" / "headers.conf").write_text(headers.nginx(), encoding="utf-8")
    (tmp_path / "_nginx" / "tables.conf").write_text(tables.tables(dataclasses.replace(bank, ledger=ledger), {}), encoding="utf-8")
    shutil.copyfile(root / "scripts" / "nginx" / "site.conf", tmp_path / "_nginx" / "site.conf")
    with nginx.running(tmp_path, "/bank/") as (port, _):
        ask = Asking(port, "/bank/")
        for prefix in ("", "en/"):
            for old in ("r/R22/", "r/r22", "handbok/uppfoljning/"):
                assert ask(prefix + old)["location"] == f"/bank/{prefix}handbok/utredning/"
                assert ask(prefix + old + "?v=3")["location"] == f"/bank/{prefix}handbok/utredning/?id=R22&v=3", "as permalink.js does"
                assert ask(prefix + old + "?x=3")["location"] == f"/bank/{prefix}handbok/utredning/?x=3"
            assert ask(prefix + long + "?v=3")["location"] == f"/bank/{prefix}handbok/sarskilda-situationer/?v=3"
        ask.connection.close()


def test_over_tls_as_shipped(compressed, tmp_path):
    """The whole file with a certificate: http leads on to https."""
    place = tmp_path / "test.pem"
    make = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([*make.split(), "-keyout", str(place), "-out", str(tmp_path / "c.pem")], check=True, capture_output=True)
    place.write_text(place.read_text() + (tmp_path / "c.pem").read_text())
    with nginx.running(compressed, "/", place) as (port, plain):
        ask = Asking(plain, "/")
        answer = ask("r/R08/?v=1")
        assert (answer.status, answer["location"]) == (301, "https://bank.example.se/r/R08/?v=1")
        ask.connection.close()
        context = ssl.create_default_context(cafile=str(place))
        ask = Asking(port, "/", context)
        answer = ask("akut/")
        assert answer.status == 200 and answer["strict-transport-security"] == "max-age=31536000"
        assert ask.connection.sock.version() in ("TLSv1.2", "TLSv1.3")
        ask.connection.close()
