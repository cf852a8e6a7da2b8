"""The workflows: well formed, nothing but our own scripts, pinned, and allowed no more than they need."""

from __future__ import annotations

import os
import re

import pytest
import yaml

GITHUB = ["pages.yml", "release.yml"]
# What a line may call besides scripts/...: making the machine ready, and handing over what the scripts made.
OTHER = {"apt-get", "git", "mv", "gh"}


def github(root, name):
    workflow = yaml.safe_load((root / ".github" / "workflows" / name).read_text(encoding="utf-8"))
    workflow["on"] = workflow.pop(True)  # YAML 1.1 reads the key as a truth value
    return workflow


def commands(root):
    """(file, shell line) of everything the workflows run."""
    for name in GITHUB:
        for job in github(root, name)["jobs"].values():
            for step in job["steps"]:
                yield from ((name, line) for line in step.get("run", "").split(" && ") if line)
    jobs = yaml.safe_load((root / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    for job in jobs.values():
        if isinstance(job, dict):
            yield from ((".gitlab-ci.yml", line) for line in [*job.get("before_script", []), *job.get("script", [])])


def test_they_run_our_scripts_and_each_script_is_there(root):
    called = {}
    for name, line in commands(root):
        words = [word for word in line.split() if not re.match(r"[A-Z_]+=", word)]
        if words[0].startswith("scripts/"):
            path = root / words[0]
            assert path.is_file() and os.access(path, os.X_OK), f"{name}: {line}"
            for option in re.findall(r" (--[a-z-]+)", line):
                assert option in path.read_text(encoding="utf-8"), f"{name}: {line}"
            called.setdefault(name, set()).add(words[0])
        else:
            assert words[0] in OTHER, f"{name}: {line}"
    assert called["pages.yml"] == {"scripts/test", "scripts/build"}
    assert called["release.yml"] == {"scripts/test", "scripts/release"}
    assert called[".gitlab-ci.yml"] == {"scripts/test", "scripts/build", "scripts/release"}


@pytest.mark.parametrize("name", GITHUB)
def test_actions_are_pinned_to_a_commit_and_rights_are_given_job_by_job(root, name):
    workflow = github(root, name)
    assert workflow["permissions"] == {}, "a job without rights of its own has none"
    used = [(job, step["uses"]) for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert used
    for job, action in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action), action
        assert job["permissions"]
    text = (root / ".github" / "workflows" / name).read_text(encoding="utf-8")
    assert len(re.findall(r"@[0-9a-f]{40}  # v\d+\.\d+\.\d+$", text, re.M)) == len(used), "the comment says which version it is"
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "what comes from outside reaches the shell as a variable only"
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


def test_only_what_publishes_may_write(root):
    pages, release = github(root, "pages.yml"), github(root, "release.yml")
    assert pages["jobs"]["prove"]["permissions"] == {"contents": "read"}
    assert pages["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert pages["jobs"]["publish"]["needs"] == "prove" and "refs/heads/main" in pages["jobs"]["publish"]["if"]
    assert "pull_request_target" not in pages["on"]
    assert release["on"] == {"push": {"tags": ["v*"]}}
    assert release["jobs"]["release"]["permissions"] == {"contents": "write"}


def test_pages_are_published_with_the_address_they_get(root):
    (step,) = [step for step in github(root, "pages.yml")["jobs"]["prove"]["steps"] if step.get("run") == "scripts/build"]
    assert "github.event.repository.name" in step["env"]["KUNSKAPSBANKEN_URL"]
    gitlab = yaml.safe_load((root / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert gitlab["pages"]["script"][0].startswith('KUNSKAPSBANKEN_URL="$CI_PAGES_URL/" scripts/build')
    assert gitlab["pages"]["artifacts"]["paths"] == ["public"]
