"""Shell literals, read back by the shell itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.snippets.languages.shell import literals as sh
from playground.snippets.text import Variable
from playground.text.visible import has_hidden

SHELLS = [shell for shell in ("/bin/sh", "/bin/bash") if Path(shell).exists()]
EVIL = [
    "'",
    '"',
    "\\",
    "`",
    "$",
    "(",
    ")",
    "!",
    "%",
    "-",
    "\n",
    "\r",
    "\t",
    "~",
    "*",
    "#",
    "{",
    "}",
    "\u202e",
    "é",
    "\x1b",
]
words = st.text(st.one_of(st.sampled_from(EVIL), st.characters(exclude_characters="\0")))
batches = st.lists(words, min_size=1, max_size=40)
in_batches = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _run(shell: str, script: str, folder: Path, environment: dict[str, str] | None = None) -> bytes:
    done = subprocess.run(
        [shell], input=script.encode("utf-8"), cwd=folder, capture_output=True, check=True, env=environment
    )
    assert done.stderr == b""
    assert list(folder.iterdir()) == []
    return done.stdout


@pytest.mark.parametrize("shell", SHELLS)
@given(texts=batches)
@in_batches
def test_quoted_word_expands_to_the_text(shell: str, texts: list[str], tmp_path: Path) -> None:
    script = "\n".join(f"printf '%s\\000' {sh.quote(text)}" for text in texts)
    expected = [text.encode("utf-8", "surrogatepass") for text in texts]
    assert _run(shell, script, tmp_path).split(b"\0")[:-1] == expected


@pytest.mark.parametrize("shell", SHELLS)
@given(datas=st.lists(st.one_of(st.binary(), words.map(lambda text: text.encode("utf-8", "replace"))), max_size=40))
@in_batches
def test_printed_bytes_are_the_bytes(shell: str, datas: list[bytes], tmp_path: Path) -> None:
    script = "\n".join(sh.print_bytes(data) for data in datas)
    assert _run(shell, script, tmp_path) == b"".join(datas)


@pytest.mark.parametrize("shell", SHELLS)
@given(pieces=st.lists(st.one_of(words, st.just(Variable("SECRET_KEY"))), min_size=1, max_size=5))
@in_batches
def test_variable_expands_once_and_only_itself(shell: str, pieces: list[str | Variable], tmp_path: Path) -> None:
    secret = "s'\"$(touch canary)`touch canary`\\ *"
    script = f"printf '%s' {sh.quote_text(tuple(pieces)) or chr(39) * 2}"
    expected = "".join(secret if isinstance(piece, Variable) else piece for piece in pieces)
    printed = _run(shell, script, tmp_path, {"SECRET_KEY": secret, "PATH": "/usr/bin:/bin"})
    assert printed == expected.encode("utf-8", "surrogatepass")


@given(words)
def test_no_hidden_character_is_left(text: str) -> None:
    assert not has_hidden(sh.quote(text), allow="\n")
    assert not has_hidden(sh.print_bytes(text.encode("utf-8", "surrogatepass")))


def test_plain_words_look_plain() -> None:
    assert sh.quote("it's") == "'it'\\''s'"
    assert sh.quote("") == "''"
    assert sh.quote_text(("Bearer ", Variable("KEY"))) == '"Bearer $KEY"'
    assert sh.quote_text((Variable("KEY"), "_1")) == '"${KEY}_1"'
    assert sh.quote_text(('{"a":"', Variable("KEY"), '"}')) == '\'{"a":"\'"$KEY"\'"}\''


def test_nul_is_refused_as_a_word() -> None:
    with pytest.raises(sh.NotAWordError):
        sh.quote("a\0b")
