"""Command lines become the words a shell would pass: POSIX and bash quoting, cmd.exe, PowerShell."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.paste.commands import Script, words_of
from playground.paste.message import LONGEST, UnreadableError
from tests.support.needs import need_command


def texts(line: str) -> list[str]:
    return [word.text for word in words_of(line, Script().scope)]


# Expected values: POSIX.1-2017 XCU 2.2 (Quoting), the bash manual's ANSI-C Quoting.
POSIX = [
    ("a b  c", ["a", "b", "c"]),
    ("'a b' \"c d\"", ["a b", "c d"]),
    ("a'b'\"c\"d", ["abcd"]),
    (r"a\ b", ["a b"]),
    (r"'it'\''s'", ["it's"]),
    (r'"a\"b\\c\$d\`e\f"', [r'a"b\c$d`e\f']),
    ("a \\\n  b", ["a", "b"]),
    ("a \\  \n  b", ["a", "b"]),
    ('"a\\\nb"', ["ab"]),
    (r"$'a\nb\t\'\\\x41\101é'", ["a\nb\t'\\AAé"]),
    (r"$'\u00e9\U0001F600\xc3\xa9'", ["é😀é"]),
    ("'$HOME' \"$HOME\" ${A}b", ["$HOME", "$HOME", "${A}b"]),
    ("\"$(printf '\\007a')\"", ["\aa"]),
    ("$(rm -rf /)", ["$(rm -rf /)"]),
    ("a # comment\nb", ["a", "\n", "b"]),
    ("http://x/?a=1&b=2", ["http://x/?a=1&b=2"]),
    ("a & b", ["a", "&", "b"]),
    ("'' \"\"", ["", ""]),
    ("https://x/{id}", ["https://x/{id}"]),
]


@pytest.mark.parametrize(("line", "words"), POSIX, ids=[line for line, _ in POSIX])
def test_posix_words(line: str, words: list[str]) -> None:
    assert texts(line) == words


def test_the_words_are_bashs_own() -> None:
    bash = need_command("bash")
    lenient = ("$(rm", "\\  \n", "# ", "&", "$HOME", "${A}")
    for line in (one for one, _ in POSIX if not any(piece in one for piece in lenient)):
        environ = {"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
        done = subprocess.run([bash, "-c", f"printf '%s\\0' {line}"], capture_output=True, check=True, env=environ)
        assert texts(line) == done.stdout.decode().split("\0")[:-1], line


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1))
def test_what_shlex_quotes_is_read_back(words: list[str]) -> None:
    line = shlex.join(words)
    if "^\n" not in line and '^"' not in line and "`" not in line:
        assert texts(line) == words


# What Chromium's "Copy as cURL (cmd)" writes, older and newer; expected: the C runtime's argv rules.
CMD = [
    ('curl ^"https://x/?a=1^&b=2^" ^\n  -H ^"accept: */*^"', ["curl", "https://x/?a=1&b=2", "-H", "accept: */*"]),
    (r'curl "https://x/" ^' + "\n" + r'  --data-raw "{\"a\":\"b c\"}"',
     ["curl", "https://x/", "--data-raw", '{"a":"b c"}']),
    (r'curl --data-raw ^"^{^\^"a^\^":^\^"50^%^\^"^}^"', ["curl", "--data-raw", '{"a":"50%"}']),
    ('curl -d "a""b" ^\n x', ["curl", "-d", 'a"b', "x"]),
    ('curl -d ^"a^\n\nb^"', ["curl", "-d", "a\nb"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "words"), CMD)
def test_cmd_words(line: str, words: list[str]) -> None:
    assert texts(line) == words


# about_Quoting_Rules and about_Special_Characters.
POWERSHELL = [
    ('curl.exe "https://x" `\n  -H "a: b"', ["curl.exe", "https://x", "-H", "a: b"]),
    ("curl.exe -d '{\\\"a\\\":1}' `\n x", ["curl.exe", "-d", '{"a":1}', "x"]),
    ("curl.exe -d 'it''s' `\n \"a`\"b`n\"", ["curl.exe", "-d", "it's", 'a"b\n']),
]


@pytest.mark.parametrize(("line", "words"), POWERSHELL)
def test_powershell_words(line: str, words: list[str]) -> None:
    assert texts(line) == words


@pytest.mark.parametrize("line", ["curl 'a", 'curl "a', "curl $'a", 'curl ^"a', "curl `\n 'a"])
def test_an_open_quotation_is_said(line: str) -> None:
    with pytest.raises(UnreadableError, match="never closed"):
        list(words_of(line))


@pytest.mark.parametrize(
    "piece", ["${", "$(printf '", "$'\\", '"\\', "\\", "`\n", '^"', "'", "a ", "{", "#", "$(", "&&", "^\n"]
)
def test_a_megabyte_of_anything_is_read_in_seconds(piece: str) -> None:
    text = piece * (LONGEST // len(piece))
    before = time.process_time()
    with contextlib.suppress(UnreadableError):
        list(words_of(text, Script().scope))
    assert time.process_time() - before < 6
