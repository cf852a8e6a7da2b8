"""Lines are remembered, and bad YAML gives one clear line."""

from __future__ import annotations

import pytest
from kunskapsbank.faults import Faults
from kunskapsbank.yamlsource import read


def write(tmp_path, content: bytes):
    path = tmp_path / "file.yml"
    path.write_bytes(content)
    return path


def test_every_value_knows_its_line(tmp_path):
    source = read(write(tmp_path, b"a: 1\nlist:\n  - id: x\n    name: y\n"))
    assert source.line(("a",)) == 1
    assert source.line(("list", 0, "name")) == 4
    assert source.line(("list", 0, "missing")) == 3, "a missing field is reported where its parent stands"


def test_windows_line_ends_and_byte_order_mark_are_read_as_plain(tmp_path):
    source = read(write(tmp_path, b"\xef\xbb\xbfa: 1\r\nb: 2\r\n"))
    assert source.data == {"a": 1, "b": 2}
    assert source.line(("b",)) == 2


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (b"a: 1\nb: [1\n", 3, "not valid YAML"),
        (b"a: 1\na: 2\n", 2, "the key 'a' stands twice"),
        (b"a: \xff\n", 0, "not UTF-8"),
        (b"a: 2026-02-30\n", 1, "not valid YAML"),
    ],
)
def test_bad_files_give_one_line(tmp_path, content, line, what):
    with pytest.raises(Faults) as caught:
        read(write(tmp_path, content))
    (fault,) = caught.value.faults
    assert (fault.line, what in fault.what) == (line, True), fault
    assert fault.do


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(Faults, match=r"nowhere.yml:0: the file is missing - "):
        read(tmp_path / "nowhere.yml")
