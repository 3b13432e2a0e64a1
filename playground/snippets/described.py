"""Code samples that a description brings itself, as a visitor sees them: named, limited, with the form's values put in.

They are a stranger's text and nothing else: the language is looked up in our own table, characters that cannot be seen
are spelled out, and a value, which may come with somebody else's link, goes in only where it cannot end what is
around it.

Where `{{name}}` is all of a literal, our own literal of the value takes its place. Anywhere else only characters go in
that end nothing in any language; a value with others leaves its placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from playground import jsontext
from playground.catalog.model import LOCATIONS, CodeSample, Entry, Operation
from playground.request.model import ABSENT, FileValue, RequestModel
from playground.snippets.files import safe_name
from playground.snippets.languages.csharp.http_client import CSharp
from playground.snippets.languages.dart.http import Dart
from playground.snippets.languages.go.net_http import Go
from playground.snippets.languages.javascript.literals import JavaScript
from playground.snippets.languages.jvm.literals import Java, Kotlin
from playground.snippets.languages.perl.http_tiny import Perl
from playground.snippets.languages.php.literals import PHP
from playground.snippets.languages.python.literals import Python
from playground.snippets.languages.r.httr2 import R
from playground.snippets.languages.ruby.literals import Ruby
from playground.snippets.languages.rust.reqwest import Rust
from playground.snippets.languages.shell.literals import quote
from playground.snippets.languages.swift.urlsession import Swift
from playground.snippets.target import Snippet
from playground.text.highlight import Piece, tokens
from playground.text.visible import has_hidden, is_hidden, one_line
from playground.text.wording import say

_PLACEHOLDER = re.compile(r"\{\{ {0,4}([A-Za-z0-9_$.\-/\[\]]{1,100}) {0,4}\}\}")
_STRINGS = frozenset({"s", "s1", "s2", "sb", "sc", "sd", "sh"})
_IN_TEXT = " _.,:@/+-"
_IN_CODE = "_.~-"
_NEVER_FIRST = ("@", "<", "-", "=")
"""What a command takes for a file or an option at the beginning of an argument."""


def fill_in(
    source: str, model: RequestModel, *, lexer: str, quote: Callable[[str], str] | None
) -> tuple[str, tuple[str, ...]]:
    """Return the source with its placeholders filled, and the names of those whose values it cannot take.

    A placeholder without a value stays as it is, without a note: the sample's author left it for the reader.
    """
    places = _PLACEHOLDER.findall(source)
    texts = {name: text for name in dict.fromkeys(places) if (text := _text_of(name, model)) is not None}
    if not texts:
        return source, ()
    spelled = [match[0] for match in _PLACEHOLDER.finditer(source)]
    stem = _unused_stem(source)
    numbers = iter(range(len(places)))
    marked = _PLACEHOLDER.sub(lambda _: f"{stem}{next(numbers)}{stem}", source)
    mark = f"{stem}([0-9]+){stem}"
    refused: dict[str, None] = {}

    def put(number: int, allowed: str) -> str:
        name = places[number]
        if name in texts and _is_inert(texts[name], allowed):
            return texts[name]
        if name in texts:
            refused[name] = None
        return spelled[number]

    pieces = tokens(marked, lexer)
    written: list[str] = []
    depth = 0
    for at, (kind, piece) in enumerate(pieces):
        whole = re.fullmatch(f"(['\"]){mark}\\1", piece) if kind in _STRINGS else None
        text = texts.get(places[int(whole[2])]) if whole else None
        if quote and text is not None and depth == 0 and _is_alone(pieces, at) and _is_quotable(text, lexer):
            written.append(quote(text))
        else:
            allowed = _IN_TEXT if kind in _STRINGS else _IN_CODE
            written.append(re.sub(mark, lambda match, allowed=allowed: put(int(match[1]), allowed), piece))  # type: ignore[misc]
        if kind == "si":
            depth += len(re.findall(r"[{(]", piece)) - len(re.findall(r"[)}]", piece))
    return "".join(written), tuple(refused)


def _unused_stem(source: str) -> str:
    # Letters only, so that every language takes it for a word.
    stem = "zq"
    while stem in source:
        stem += "q"
    return stem


def _is_alone(pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether a literal is beside no other: what looks like one may be quotation marks inside a longer one."""
    around = (pieces[at - 1][0] if at else "", pieces[at + 1][0] if at + 1 < len(pieces) else "")
    return not any(kind.startswith("s") or kind == "err" for kind in around)


def _is_inert(text: str, allowed: str) -> bool:
    """Tell whether text ends nothing that could hold it, and is no option or file to a command."""
    if not text[:1].isalnum() or " -" in text or "//" in text or has_hidden(text):
        return False
    return all(character.isalnum() or character in allowed for character in text)


def _is_quotable(text: str, lexer: str) -> bool:
    return not (lexer == "bash" and text.startswith(_NEVER_FIRST)) and not has_hidden(text, allow="\n")


def _text_of(name: str, model: RequestModel) -> str | None:
    """Return the value that a placeholder names, as text; `None` without one.

    Names: a parameter's, with or without its location before it, `body`, or the way to a member of the body
    (`metadata.order`, `body/items/0`).
    """
    value = _value_of(name, model)
    if value is ABSENT or isinstance(value, FileValue):
        return None
    if isinstance(value, str):
        return value
    try:
        return jsontext.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return None


def _value_of(name: str, model: RequestModel) -> Any:
    for location in LOCATIONS:
        for spelled in dict.fromkeys((name, name.removeprefix(f"{location}."))):
            if (value := model.parameter(location, spelled)) is not ABSENT:
                return value
    body = model.body
    if model.raw is not None:
        try:
            body = jsontext.loads(model.raw)
        except jsontext.JSONTextError:
            return model.raw if name == "body" else ABSENT
    steps = [step for step in re.split(r"[./\[\]]+", name) if step]
    if steps[:1] == ["body"]:
        steps = steps[1:]
    for step in steps:
        if isinstance(body, Mapping):
            body = body.get(step, ABSENT)
        elif isinstance(body, list | tuple) and step.isdecimal() and int(step) < len(body):
            body = body[int(step)]
        else:
            return ABSENT
    return body


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
