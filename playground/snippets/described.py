"""Code samples that a description brings itself, as a visitor sees them: named, limited, with the form's values put in.

They are a stranger's text and nothing else: the language is looked up in our own table, characters that cannot be seen
are spelled out, and a value goes in only where it cannot end what is around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from playground.catalog.model import CodeSample, Entry, Operation
from playground.request.model import RequestModel
from playground.snippets.files import safe_name
from playground.snippets.languages.csharp.literals import CSharp
from playground.snippets.languages.dart.literals import Dart
from playground.snippets.languages.go.literals import Go
from playground.snippets.languages.javascript.literals import JavaScript
from playground.snippets.languages.jvm.literals import Java, Kotlin
from playground.snippets.languages.perl.literals import Perl
from playground.snippets.languages.php.literals import PHP
from playground.snippets.languages.python.literals import Python
from playground.snippets.languages.r.literals import R
from playground.snippets.languages.ruby.literals import Ruby
from playground.snippets.languages.rust.literals import Rust
from playground.snippets.languages.shell.literals import quote
from playground.snippets.languages.swift.literals import Swift
from playground.snippets.placeholders import fill_in
from playground.snippets.target import Snippet
from playground.text.visible import is_hidden, one_line
from playground.text.wording import say

PREFIX: Final = "sample:"
"""What the ids of samples begin with; no target's does."""
LONGEST: Final = 16 * 1024
"""Characters of a sample that are shown."""
MOST: Final = 24
ORIGIN: Final = say("This sample comes with the API's own description.")
_LONGEST_TITLE: Final = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language of samples: its name, Pygments lexer, ending of files, and quoting of text (`None`: not ours)."""

    title: str
    lexer: str = "text"
    extension: str = "txt"
    quote: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sample in the choice of languages."""

    id: str
    title: str
    language: Language
    described: CodeSample


_SHELL = Language(title="Shell", lexer="bash", extension="sh", quote=quote)
_CURL = Language(title="cURL", lexer="bash", extension="sh", quote=quote)
_JAVASCRIPT = Language(title="JavaScript", lexer="javascript", extension="mjs", quote=JavaScript().string)
_NODE = Language(title="Node.js", lexer="javascript", extension="mjs", quote=JavaScript().string)
_TYPESCRIPT = Language(title="TypeScript", lexer="typescript", extension="ts", quote=JavaScript().string)
_PYTHON = Language(title="Python", lexer="python", extension="py", quote=Python().string)
_CSHARP = Language(title="C#", lexer="csharp", extension="cs", quote=CSharp().string)
_LANGUAGES: Final = {
    **dict.fromkeys(("shell", "bash", "sh", "zsh", "console", "terminal", "cli"), _SHELL),
    "curl": _CURL,
    **dict.fromkeys(("javascript", "js", "jsx", "mjs"), _JAVASCRIPT),
    **dict.fromkeys(("node", "nodejs", "node.js"), _NODE),
    **dict.fromkeys(("typescript", "ts", "tsx"), _TYPESCRIPT),
    **dict.fromkeys(("python", "py", "python3"), _PYTHON),
    **dict.fromkeys(("csharp", "c#", "cs", ".net", "dotnet"), _CSHARP),
    "php": Language(title="PHP", lexer="php", extension="php", quote=PHP().string),
    **dict.fromkeys(("ruby", "rb"), Language(title="Ruby", lexer="ruby", extension="rb", quote=Ruby().string)),
    **dict.fromkeys(("go", "golang"), Language(title="Go", lexer="go", extension="go", quote=Go().string)),
    "java": Language(title="Java", lexer="java", extension="java", quote=Java().string),
    **dict.fromkeys(("kotlin", "kt"), Language(title="Kotlin", lexer="kotlin", extension="kt", quote=Kotlin().string)),
    **dict.fromkeys(("rust", "rs"), Language(title="Rust", lexer="rust", extension="rs", quote=Rust().string)),
    "swift": Language(title="Swift", lexer="swift", extension="swift", quote=Swift().string),
    "dart": Language(title="Dart", lexer="dart", extension="dart", quote=Dart().string),
    "perl": Language(title="Perl", lexer="perl", extension="pl", quote=Perl().string),
    "r": Language(title="R", lexer="r", extension="R", quote=R().string),
    **dict.fromkeys(("elixir", "ex"), Language(title="Elixir", lexer="elixir", extension="exs")),
    "c": Language(title="C", lexer="c", extension="c"),
    **dict.fromkeys(("cpp", "c++"), Language(title="C++", lexer="cpp", extension="cpp")),
    **dict.fromkeys(("powershell", "ps1"), Language(title="PowerShell", lexer="powershell", extension="ps1")),
    **dict.fromkeys(
        ("objective-c", "objectivec", "objc"), Language(title="Objective-C", lexer="objective-c", extension="m")
    ),
    "scala": Language(title="Scala", lexer="scala", extension="scala"),
    "clojure": Language(title="Clojure", lexer="clojure", extension="clj"),
    "lua": Language(title="Lua", lexer="lua", extension="lua"),
    "http": Language(title="HTTP", lexer="http", extension="http"),
    "json": Language(title="JSON", lexer="json", extension="json"),
    "xml": Language(title="XML", lexer="xml", extension="xml"),
    "yaml": Language(title="YAML", lexer="yaml", extension="yaml"),
    "html": Language(title="HTML", lexer="html", extension="html"),
    "graphql": Language(title="GraphQL", lexer="graphql", extension="graphql"),
    "sql": Language(title="SQL", lexer="sql", extension="sql"),
}


def samples_of(operation: Operation) -> tuple[Sample, ...]:
    """Return the samples of an operation in its own order, each with an id and a title of its own."""
    samples: list[Sample] = []
    ids: set[str] = set()
    for described in operation.code_samples[:MOST]:
        language = _language(described.language)
        title = _shortened(one_line(described.label)) or language.title
        slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "code"
        number, name = 1, slug
        while name in ids:
            number += 1
            name = f"{slug}-{number}"
        ids.add(name)
        samples.append(
            Sample(
                id=PREFIX + name,
                title=title if number == 1 else f"{title} {number}",
                language=language,
                described=described,
            )
        )
    return tuple(samples)


def write_sample(sample: Sample, entry: Entry, model: RequestModel) -> Snippet:
    """Write a sample with the model's values in place of its `{{name}}`s; what could not go in is a note."""
    language = sample.language
    text = sample.described.source.replace("\r\n", "\n").replace("\t", "    ").strip("\n")
    lexer = "php-inline" if language.lexer == "php" and "<?" not in text else language.lexer
    notes = [ORIGIN]
    if len(text) > LONGEST:
        text = text[:LONGEST].rpartition("\n")[0] or text[:LONGEST]
        notes.append(say("It is longer than %(most)s characters; the rest is left out.", most=LONGEST))
    filled, refused = fill_in(text, model, lexer=lexer, quote=language.quote)
    if refused:
        names = ", ".join(f"{{{{{name}}}}}" for name in refused)
        notes.append(
            say(
                "Put in %(names)s by hand: these values hold characters that could end the text around them.",
                names=names,
            )
        )
    shown = "".join(_spelled(character) for character in filled.rstrip())
    name = safe_name(f"{entry.operation.name}.{language.extension}")
    return Snippet(text=shown, lexer=lexer, filename=name, notes=tuple(notes))


def install_line(sample: Sample) -> str:
    """Return what must be installed before the sample runs, as one line; empty where the description does not say."""
    return one_line(sample.described.install)[:200]


def _language(name: str) -> Language:
    known = _LANGUAGES.get(name.strip().lower())
    return known or Language(title=_shortened(one_line(name)) or "Sample")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1].rstrip() + "…"


def _spelled(character: str) -> str:
    return f"\\u{{{ord(character):X}}}" if character != "\n" and is_hidden(character) else character
