"""The bench's client posts what a browser would."""

from __future__ import annotations

import pytest

from bench.client import multipart, successful_fields

PAGE = """
<input name="before"><form id="request">
<input name="path.id"><input type="hidden" name="security" value="b"><input name="off" disabled>
<select name="server"><option value="1">one</option><option value="2" selected>two</option></select>
<select name="first"><option>a</option><option>b</option></select>
<textarea name="note">text</textarea><input type="checkbox" name="no"><input type="checkbox" name="yes" checked>
<button name="go">Go</button><input type="file" name="file"></form>
<input type="radio" name="target" value="ts" form="request" checked><input type="radio" name="target" value="py"
form="request"><input name="elsewhere" form="other">
"""


def test_what_a_form_posts_is_what_its_controls_hold() -> None:
    assert successful_fields(PAGE, {"path.id": "cs_1"}) == [
        ("path.id", "cs_1"), ("security", "b"), ("server", "2"), ("first", "a"), ("note", "text"), ("yes", "on"),
        ("target", "ts"),
    ]  # fmt: skip


def test_an_input_that_is_not_there_cannot_be_filled() -> None:
    with pytest.raises(RuntimeError, match=r"no input path\.session"):
        successful_fields(PAGE, {"path.session": "x"})


def test_fields_are_parts() -> None:
    parts = multipart([("a", "1"), ("b", "zwei")]).split(b"\r\n")
    assert parts.count(b"1") == 1 and b'Content-Disposition: form-data; name="b"' in parts
    assert parts[-2].endswith(b"--") and parts[-2].startswith(parts[0])
