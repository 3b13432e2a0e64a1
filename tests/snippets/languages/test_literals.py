"""What literals of each language look like, and what would be more than text in each."""

from __future__ import annotations

import pytest

from playground.snippets.languages.c.libcurl import C
from playground.snippets.languages.csharp.http_client import CSharp
from playground.snippets.languages.dart.http import Dart
from playground.snippets.languages.elixir.httpc import Elixir
from playground.snippets.languages.go.net_http import Go
from playground.snippets.languages.jvm.literals import Java, Kotlin
from playground.snippets.languages.perl.http_tiny import Perl
from playground.snippets.languages.php.literals import PHP, comment
from playground.snippets.languages.powershell.invoke_restmethod import PowerShell
from playground.snippets.languages.r.httr2 import R
from playground.snippets.languages.ruby.literals import Ruby
from playground.snippets.languages.rust.reqwest import Rust
from playground.snippets.languages.swift.urlsession import Swift
from playground.snippets.literals import Literals
from playground.snippets.text import Variable

SECRET = ("Bearer ", Variable("KEY"))


@pytest.mark.parametrize(
    ("literals", "text", "written"),
    [
        (C(), "??/??", '"\\??/\\??"'),
        (CSharp(), 'a"b', '"a\\"b"'),
        (Dart(), "it's $5", "'it\\'s \\$5'"),
        (Elixir(), "#{x}", '"\\#{x}"'),
        (Go(), "\u202e\x7f", '"\\u202e\\x7f"'),
        (Java(), '\n\r"\\u0022', '"\\n\\r\\"\\\\u0022"'),
        (Kotlin(), "$a ${b}", '"\\$a \\${b}"'),
        (Perl(), "it's $x @y", "'it\\'s $x @y'"),
        (Perl(), "$x\n", '"\\$x\\n"'),
        (PHP(), "it's $5", "'it\\'s $5'"),
        (PowerShell(), "it’s", "'it’’s'"),
        (R(), '{"a":1}', 'r"({"a":1})"'),
        (Ruby(), "#{x}\n", '"\\#{x}\\n"'),
        (Rust(), "a\ud800", '"a\ufffd"'),
        (Swift(), "\\(x)", '"\\\\(x)"'),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Literals) else None,
)
def test_a_string_is_text_and_nothing_more(literals: Literals, text: str, written: str) -> None:
    assert literals.string(text) == written


@pytest.mark.parametrize(
    ("literals", "written"),
    [
        (C(), 'getenv("KEY")'),
        (CSharp(), '"Bearer " + Environment.GetEnvironmentVariable("KEY")'),
        (Dart(), "'Bearer ${Platform.environment['KEY']!}'"),
        (Elixir(), '"Bearer #{System.fetch_env!("KEY")}"'),
        (Go(), '"Bearer "+os.Getenv("KEY")'),
        (Java(), '"Bearer " + System.getenv("KEY")'),
        (Kotlin(), '"Bearer ${System.getenv("KEY")}"'),
        (Perl(), '"Bearer $ENV{KEY}"'),
        (PHP(), "'Bearer ' . getenv('KEY')"),
        (PowerShell(), '"Bearer ${env:KEY}"'),
        (R(), 'paste0("Bearer ", Sys.getenv("KEY"))'),
        (Ruby(), "\"Bearer #{ENV.fetch('KEY')}\""),
        (Rust(), 'format!("Bearer {}", env::var("KEY")?)'),
        (Swift(), '"Bearer \\(environment["KEY"]!)"'),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Literals) else None,
)
def test_a_secret_is_read_from_the_environment(literals: Literals, written: str) -> None:
    assert (literals.variable(Variable("KEY")) if isinstance(literals, C) else literals.text(SECRET)) == written


def test_names_are_declared_by_what_writes_them() -> None:
    perl = Perl()
    assert perl.bytes_of(b"\xff" * 65).startswith("decode_base64('")
    assert perl.read("a") == "slurp('a')"
    assert [line for line in perl.head() if line.startswith(("use", "sub"))] == ["use MIME::Base64;", "sub slurp {"]
    go = Go()
    assert go.text(("https://x/", Variable("A")), encode=True) == '"https://x/"+url.PathEscape(os.Getenv("A"))'
    assert sorted(go.used) == ["net/url", "os"]
    java = Java()
    assert java.base64("eA==") == 'Base64.getDecoder().decode("eA==")'
    assert java.used == {"java.util": {"Base64": None}}
    ruby = Ruby()
    assert ruby.requires() == []
    assert ruby.generate({}, indent=0, used=0) == "JSON.generate({})"
    assert ruby.requires() == ["require 'json'"]


def test_what_reads_best_is_written_raw() -> None:
    assert Rust().literal('a"#b') == 'r##"a"#b"##'
    assert CSharp().literal('\\"') == '@"\\"""'
    assert Go().literal('{"a":"`"}') == '"{\\"a\\":\\"`\\"}"'
    assert Elixir().literal('("|/<') == '"(\\"|/<"'
    assert Kotlin().readable(('{"a":"$"}',)) == '"""{"a":"${\'$\'}"}"""'
    assert Java().readable(('{"a":"%",', Variable("B"), "}")).endswith('""".formatted(System.getenv("B"))')


@pytest.mark.parametrize(
    ("text", "inside"),
    [('"\\\\"', '"\\\\\\\\\\"'), ('a"', 'a\\"'), ('a""', 'a"\\"'), ('a"""', 'a\\"\\"\\"'), ('a""""', 'a\\"\\"\\"\\"')],
)
def test_no_quotation_mark_ends_a_text_block(text: str, inside: str) -> None:
    assert Java().readable((text,)) == f'"""\n        {inside}"""'


def test_values_look_as_their_language_is_written() -> None:
    assert PHP().value({"a": [1, None], "e": {}}) == "['a' => [1, null], 'e' => new stdClass()]"
    assert PHP().value({"0": "list-like"}) == "(object) ['0' => 'list-like']"
    assert Ruby().value({"a": [1, None], "e": {}}) == "{ a: [1, nil], e: {} }"
    assert Ruby().value({"a-b": 1}) == "{ 'a-b' => 1 }"
    assert R().name("X-Key") == "`X-Key`"


def test_a_note_cannot_close_php() -> None:
    assert "?>" not in comment("left out: x?><script>")
