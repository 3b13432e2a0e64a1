"""Escapes and `printf`: each is what bash itself writes."""

from __future__ import annotations

import subprocess

import pytest

from playground.paste.escapes import printed, unescape
from tests.support.needs import need_command


def bash(*words: str) -> bytes:
    """Return what bash's own `printf` writes."""
    script = [need_command("bash"), "-c", 'printf "$@"', "bash", *words]
    return subprocess.run(script, capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"}).stdout


@pytest.mark.parametrize("text", [r"a\tb\n", r"\x41\102\\", r"caf\u00e9 \U0001F600", r"\a\b\f\r\v", "no escape"])
def test_escapes_are_those_of_bash(text: str) -> None:
    assert unescape(text) == bash(text)


def test_a_letter_of_no_meaning_keeps_its_backslash() -> None:
    assert unescape(r"\d\q") == rb"\d\q"


@pytest.mark.parametrize(
    "words",
    [
        ("%s=%s&", "a", "1", "b", "2"),
        ("%5s|%-5s|%.2s", "abc", "abc", "abc"),
        ("%d%%|%05d|%+d", "7", "7", "7"),
        ("%x %X", "255", "255"),
        ("%b|%s", r"a\tb", r"a\tb"),
        ("only text\\n", "unused"),
        ("%s and %s", "one"),
        ("%d",),
    ],
)
def test_what_printf_writes_is_what_bash_writes(words: tuple[str, ...]) -> None:
    assert printed(words[0], list(words[1:])) == bash(*words)


@pytest.mark.parametrize("words", [("%q", "a b"), ("%.3f", "1.5"), ("%d", "x"), ("%*d", "3", "1"), ("%999999s", "a")])
def test_other_conversions_are_not_known(words: tuple[str, ...]) -> None:
    assert printed(words[0], list(words[1:])) is None
