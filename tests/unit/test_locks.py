"""The test lock holds everything the site's lock holds, so that one environment serves both."""

from __future__ import annotations

import re


def test_the_test_lock_holds_the_whole_of_the_other(root):
    def pins(name):
        return set(re.findall(r"^([a-z0-9.-]+==[^ ;\\]+)", (root / name).read_text(encoding="utf-8"), re.M))

    assert pins("requirements.txt")
    assert pins("requirements.txt") <= pins("requirements-test.txt")
