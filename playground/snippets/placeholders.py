"""`{{name}}` in a stranger's code sample, filled with what a visitor typed, so that no value can become code.

Where a placeholder is all of a literal, our own literal of the value takes its place. Anywhere else only characters go
in that end nothing in any language; a value with others leaves its placeholder. A value may come with a link that
somebody else made, so this is a matter of safety, not of looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from playground import jsontext
from playground.catalog.model import LOCATIONS
from playground.request.model import ABSENT, FileValue, RequestModel
from playground.text.highlight import Piece, tokens
from playground.text.visible import has_hidden

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
