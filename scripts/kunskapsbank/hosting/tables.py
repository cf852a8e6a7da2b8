"""What nginx looks up, at the level of http: moved addresses, digests of files, the encoding a browser takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..bank import Bank
from ..linking import UNNUMBERED, address
from ..models.base import LANGUAGES
from ..permalinks import places
from .headers import IMMUTABLE, REVALIDATE


def moved(bank: Bank) -> Iterator[tuple[list[str], str, str]]:
    """Yield (old addresses, where they lead, the id if it is retired else '') for every id and language, from the site's root.

    Addresses are without the last slash and in small letters; permanent links and former addresses alike.
    """
    for language in LANGUAGES:
        for entry in bank.ledger.values():
            page = bank.pages[language].get(bank.current(entry.id))
            if page is None or entry.id in UNNUMBERED:
                continue
            old = sorted({place.rstrip("/").lower() for place in places(entry, language)})
            yield old, address(page) or "./", "" if entry.id == page.meta.id else entry.id


def tables(bank: Bank, versions: dict[str, str]) -> str:
    """Return tables.conf. `versions` is what stamping.stamp returned."""
    rows = list(moved(bank))

    def pattern(old: list[str]) -> str:
        return f'"~*^({"|".join(re.escape(place) for place in old)})$"'

    return _TEXT.format(
        revalidate=REVALIDATE,
        immutable=IMMUTABLE,
        moved="\n".join(f'    {pattern(old)} "{new}";' for old, new, _ in rows),
        retired="".join(f'    {pattern(old)} "{retired}";\n' for old, _, retired in rows if retired),
        versions="\n".join(f'    "{value}" "{path}";' for path, value in versions.items()),
    )


_TEXT = r"""# Made by scripts/kunskapsbank/hosting/tables.py. Belongs to the level of http, outside every server.

# The address from the site's root, without the last slash and index.html. $kb_base is set in the server.
map "$kb_base $uri" $kb_place {{
    default "";
    "~^(/\S*) \1(?<kb_rest>.*?)/?(index\.html)?$" $kb_rest;
}}

# Permanent links and addresses that pages had before, in either case.
map $kb_place $kb_moved {{
    default "";
{moved}
}}

# A print-out of a retired page asks its successor about its version: the successor must know which id is meant.
map $kb_place $kb_retired {{
    default "";
{retired}}}
map "$kb_retired $arg_v" $kb_query {{
    default $is_args$args;
    "~^(?<kb_id>\S+) \S" "?id=$kb_id&$args";
}}

# A file asked for by its digest, if that is its digest now: an old address after a publishing or a roll-back is not kept.
map $arg_v $kb_asset {{
    default "";
{versions}
}}
map "$status $kb_asset $request_uri" $kb_cache {{
    default "{revalidate}";
    "~^(?:200|206|304) (\S+) \S*/\1\?v=[0-9a-f]+$" "{immutable}";
}}

# Does the browser take brotli, and did it get it?
map $http_accept_encoding $kb_br {{
    default "";
    "~*(^|[\s,])br\s*;\s*q=0(\.0*)?\s*(,|$)" "";
    "~*(^|[\s,])br([\s,;]|$)" ".br";
}}
map "$status $uri" $kb_encoding {{
    default "";
    "~^(?:200|206|304|404) .*\.br$" "br";
}}

map $status $kb_allow {{
    default "";
    405 "GET, HEAD";
}}
"""
