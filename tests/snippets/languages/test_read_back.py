"""Literals of PHP, Ruby, Perl and R, read back by the language itself in one process a batch."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.snippets.languages.perl.http_tiny import Perl
from playground.snippets.languages.php.literals import PHP
from playground.snippets.languages.r.httr2 import R, is_string
from playground.snippets.languages.ruby.literals import Ruby
from playground.snippets.text import Text, Variable
from playground.text.visible import has_hidden
from tests.support.needs import need_command

SECRET = "`#{x}'\\\"$HOME@INC"
EVIL = [
    "'", '"', "\\", "$", "$x", "{$x}", "${x}", "@", "@INC", "#", "#{x}", "#$0", "`", "\n", "\r", "\t", "\0", "\x1b",
    "\x7f", "\u202e", "\ud800", "é", "🎉", "?>", ")", ')"', "[0]", "->x", "%s", "\\u0041", "EOF",
]  # fmt: skip
texts = st.one_of(st.text(), st.lists(st.sampled_from(EVIL)).map("".join))
datas = st.one_of(
    st.binary(), st.binary(min_size=65, max_size=90), texts.map(lambda text: text.encode("utf-8", "replace"))
)
in_batches = settings(max_examples=8, deadline=None)


@dataclass(frozen=True, kw_only=True)
class Language:
    """How to print each expression's bytes as hexadecimal, one a line: `before`, then `line % expression`."""

    name: str
    command: tuple[str, ...]
    line: str
    string: Callable[[str], str]
    bytes_of: Callable[[bytes], str]
    template: Callable[[Text], str]
    before: str = ""
    holds: Callable[[str], bool] = lambda _: True

    def read(self, expressions: list[str]) -> list[bytes]:
        script = self.before + "".join(self.line.replace("%s", expression, 1) + "\n" for expression in expressions)
        done = subprocess.run(
            [need_command(self.command[0]), *self.command[1:]],
            input=script.encode(),
            capture_output=True,
            check=False,
            env={"SECRET": SECRET, "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin"},
        )
        assert done.returncode == 0, done.stderr.decode()
        return [bytes.fromhex(line) for line in done.stdout.decode().split("\n")[: len(expressions)]]


LANGUAGES = [
    Language(
        name="php",
        command=("php",),
        before="<?php\n",
        line='echo bin2hex(%s), "\\n";',
        string=PHP().string,
        bytes_of=PHP().bytes_of,
        template=PHP().text,
    ),
    Language(
        name="ruby",
        command=("ruby", "-"),
        line="puts((%s).unpack1('H*'))",
        string=Ruby().string,
        bytes_of=Ruby().bytes_of,
        template=Ruby().text,
    ),
    Language(
        name="perl",
        command=("perl", "-"),
        before="use strict; use warnings FATAL => 'all'; use MIME::Base64;\n",
        line='print unpack("H*", %s), "\\n";',
        string=Perl().string,
        bytes_of=Perl().bytes_of,
        template=Perl().text,
    ),
    Language(
        name="r",
        command=("Rscript", "--vanilla", "/dev/stdin"),
        line='cat(paste(as.character(%s), collapse = ""), "\\n", sep = "")',
        string=lambda text: f"charToRaw({R().string(text)})",
        bytes_of=R().bytes_of,
        template=lambda text: f"charToRaw({R().text(text)})",
        holds=is_string,
    ),
]
every_language = pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)


@every_language
@given(some=st.lists(texts, min_size=1, max_size=60))
@in_batches
def test_string_is_the_text(language: Language, some: list[str]) -> None:
    some = list(filter(language.holds, some))
    written = language.read([language.string(text) for text in some])
    assert written == [text.encode("utf-8", "surrogatepass") for text in some]


@every_language
@given(some=st.lists(st.tuples(texts, texts), min_size=1, max_size=40))
@in_batches
def test_template_is_the_text_around_the_variable(language: Language, some: list[tuple[str, str]]) -> None:
    some = [pair for pair in some if all(map(language.holds, pair))]
    texts_of = [tuple(piece for piece in (first, Variable("SECRET"), last) if piece) for first, last in some]
    written = language.read([language.template(text) for text in texts_of])
    assert written == [(first + SECRET + last).encode("utf-8", "surrogatepass") for first, last in some]


@every_language
@given(some=st.lists(datas, min_size=1, max_size=40))
@in_batches
def test_bytes_are_the_bytes(language: Language, some: list[bytes]) -> None:
    assert language.read([language.bytes_of(data) for data in some]) == some


@every_language
@given(text=texts, data=datas)
def test_no_hidden_character_is_left(language: Language, text: str, data: bytes) -> None:
    if language.holds(text):
        assert not has_hidden(language.string(text), allow="\n")
    assert not has_hidden(language.bytes_of(data), allow="\n")
