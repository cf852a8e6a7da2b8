"""A real nginx on loopback with the configuration that is shipped, changed only where it tells the operator to change it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "scripts" / "nginx" / "kunskapsbanken.conf"
PLACE = "/srv/kunskapsbanken/current"


def command() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    assert found, "nginx was not found: sudo apt install nginx"
    return found


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def configuration(site: Path, folder: Path, base: str, ports: tuple[int, int], certificate: Path | None) -> str:
    """The shipped file with this machine's ports and paths. Without a certificate the site's server speaks plain http."""
    text = SHIPPED.read_text(encoding="utf-8")

    def change(pattern: str, new: str, times: int = 1) -> None:
        nonlocal text
        text, count = re.subn(pattern, new, text, flags=re.M)
        assert count == times, f"{SHIPPED.name}: {pattern} was found {count} times"

    change(r"^ *listen \[::\].*\n", "", 2)
    change(r"listen 80;", f"listen 127.0.0.1:{ports[0]};")
    if certificate:
        change(r"listen 443 ssl http2;", f"listen 127.0.0.1:{ports[1]} ssl http2;")
        change(r"(ssl_certificate +)\S+;", rf"\g<1>{certificate};")
        change(r"(ssl_certificate_key +)\S+;", rf"\g<1>{certificate};")
    else:
        change(r"listen 443 ssl http2;", f"listen 127.0.0.1:{ports[1]};")
        change(r"^ *ssl_.*\n", "", 5)
    if base != "/":
        # as the comments beside the three lines say
        www = folder / "www"
        www.mkdir()
        (www / base.strip("/")).symlink_to(site.resolve(), target_is_directory=True)
        change(rf"root {PLACE};", f"root {www};")
        change(r"set \$kb_base /;", f"set $kb_base {base};")
        change(r"location / \{", f"location {base} {{")
    return text.replace(PLACE, str(site.resolve()))


@contextlib.contextmanager
def running(site: Path, base: str = "/", certificate: Path | None = None):
    """Yield the port at which `site` is served under `base`, and the port that leads on to https."""
    # not below pytest's own folders: their names get longer than a server's socket may have, and only their owner reads them
    with tempfile.TemporaryDirectory(prefix="kb-nginx-") as name:
        folder = Path(name)
        for attempt in range(5):  # another program may take the port between asking and listening
            ports = (free_port(), free_port())
            shutil.rmtree(folder / "www", ignore_errors=True)
            inner = configuration(site, folder, base, ports, certificate)
            (folder / "nginx.conf").write_text(_OUTER.format(folder=folder, inner=inner, user="user root;" if os.geteuid() == 0 else ""))
            process = subprocess.Popen(
                [command(), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            if _answers(process, ports[1]):
                break
            said = process.communicate()[1]
            assert "Address already in use" in said and attempt < 4, said
        try:
            yield ports[1], ports[0]
        finally:
            process.terminate()
            process.wait(10)
            process.stderr.close()


def _answers(process: subprocess.Popen, port: int) -> bool:
    for _ in range(600):
        if process.poll() is not None:
            return False
        with contextlib.closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.02)
    process.terminate()
    return False


_OUTER = """
{user}
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {inner}
}}
"""
