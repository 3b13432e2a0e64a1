"""Parameters as text for each location (OpenAPI 3.1 sections 4.8.12.2-6, style values; RFC 6570).

Each value is percent-encoded exactly once: unreserved characters stay, everything else is encoded, delimiters of a
style are written between encoded pieces. Where OpenAPI leaves a shape undefined (objects in exploded objects, deeper
`deepObject`, lists of objects) brackets are used, lists by index unless the visitor chooses otherwise:
`filter[a][b]=1`, `a[0]=x`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias
from urllib.parse import unquote

from playground.catalog.model import COLLECTION_STYLES, Parameter, Schema
from playground.request.errors import MissingParameter, UnsafePathValue, shown
from playground.request.headers import check_cookie, check_value, cookie_name, cookie_text
from playground.request.model import ABSENT, Absent, Brackets, Value
from playground.request.text import is_list, is_scalar, json_text, percent_encode, text_of
from playground.text.wording import say

Encode: TypeAlias = Callable[[str], str]
Pair: TypeAlias = tuple[str, str]
_Structure: TypeAlias = list[Value] | tuple[Value, ...] | dict[str, Value]

# allowReserved: RFC 3986 lets these stand in a query or a path. What would end the value ("&", "#"), be read as a blank
# ("+") or is not allowed there at all ("[", "]", and in a path "?") is encoded all the same.
_QUERY_RESERVED = ":/?@!$'()*,;="
_PATH_RESERVED = ":/@!$&'()*+,;="

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_SEGMENT = re.compile(r"(?:\{[^{}]*\}|[^/])+")
_DELIMITERS = {"spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}
"""Delimiters other than the comma; the tab is Swagger 2.0's `tsv`, which has any of them in any location."""
_MOST_DECODINGS = 8


def brackets(
    name: str, value: Value, lists: Brackets = "index", *, is_name: bool = True
) -> Iterator[tuple[str, Value]]:
    """Yield each scalar below a value with its bracketed key: `("a[b][0]", 1)`; empty lists and objects give none.

    `lists` writes a list's items as `[0]`, as `[]`, or not at all, so that their key is repeated. A list whose own name
    says `[]` (`is_name`: no key that was made from it) repeats that name.
    """
    if isinstance(value, dict):
        for key, member in value.items():
            yield from brackets(f"{name}[{key}]", member, lists, is_name=False)
    elif is_list(value):
        for index, member in enumerate(value):
            step = f"[{index}]" if lists == "index" else "[]" if lists == "empty" else ""
            yield from brackets(name if is_name and name.endswith("[]") else name + step, member, lists, is_name=False)
    else:
        yield name, value


def styled_pairs(
    name: str,
    value: Value,
    *,
    style: str,
    explode: bool,
    key: Encode,
    text: Encode,
    lists: Brackets = "index",
    schema: Schema = True,
) -> tuple[Pair, ...]:
    """Return encoded name-value pairs for the styles `form`, `spaceDelimited`, `pipeDelimited` and `deepObject`.

    `key` and `text` encode. An exploded empty list or object gives no pair.
    """

    def flat(pairs: Iterator[tuple[str, Value]]) -> tuple[Pair, ...]:
        return tuple((key(pair_key), text(text_of(member))) for pair_key, member in pairs)

    if not isinstance(value, list | tuple | dict):
        return ((key(name), text(text_of(value))),)
    if style == "deepObject":
        return flat(brackets(name, value, lists))
    if explode and isinstance(value, dict):
        return tuple(
            pair for member_name, member in value.items() for pair in flat(brackets(member_name, member, lists))
        )
    if explode:
        if all(is_scalar(member) for member in value) or _style_of_items(schema)[0] is not None:
            return tuple((key(name), piece) for piece in _pieces(value, text, schema))
        return flat(brackets(name, value, lists))
    return ((key(name), _delimiter(style, text).join(_pieces(value, text, schema))),)


def _delimiter(style: str, text: Encode) -> str:
    """Return the delimiter of a list's pieces, encoded unless it is a comma."""
    return text(_DELIMITERS[style]) if style in _DELIMITERS else ","


def delimiter_of(schema: Schema) -> str:
    """Return the separator of a list's items in a header field: a comma, or as its `collectionFormat` says."""
    style = COLLECTION_STYLES.get(str(schema.get("collectionFormat"))) if isinstance(schema, Mapping) else None
    return _delimiter(style or "", str)


def _style_of_items(schema: Schema) -> tuple[str | None, Schema]:
    items = schema.get("items", True) if isinstance(schema, Mapping) else True
    return COLLECTION_STYLES.get(str(items.get("collectionFormat"))) if isinstance(items, Mapping) else None, items


def _pieces(value: _Structure, text: Encode, schema: Schema = True) -> list[str]:
    """Return the encoded pieces of a list, or of an object as alternating names and values.

    A list inside a list is JSON text, or as Swagger 2.0's `collectionFormat` of the items says.
    """
    members = [piece for item in value.items() for piece in item] if isinstance(value, dict) else list(value)
    style, items = _style_of_items(schema)
    return [
        _delimiter(style, text).join(_pieces(member, text, items))
        if style is not None and isinstance(member, list | tuple)
        else text(text_of(member) if is_scalar(member) else json_text(member))
        for member in members
    ]


def _named_pieces(value: dict[str, Value], text: Encode) -> list[str]:
    return [f"{text(name)}={text(text_of(member))}" for name, member in value.items()]


def content_text(parameter: Parameter, value: Value) -> str:
    """Return the text of a parameter that is described by `content`: JSON text, so a string gets its quotes."""
    kind = parameter.media_type.partition(";")[0].strip().lower()
    return json_text(value) if kind.endswith("json") else text_of(value)


def path_text(parameter: Parameter, value: Value) -> str:
    """Return the encoded text that replaces the variable in the path template (`simple`, `label`, `matrix`)."""
    name, explode = percent_encode(parameter.name), parameter.explode

    def text(piece: str) -> str:
        if parameter.allow_reserved:
            return percent_encode(piece, keep=_PATH_RESERVED, keep_triplets=True)
        return percent_encode(piece)

    if parameter.media_type:
        return text(content_text(parameter, value))
    if parameter.style == "matrix":
        if not isinstance(value, list | tuple | dict):
            members = [(name, text(text_of(value)))]
        elif explode and isinstance(value, dict):
            members = [(percent_encode(member_name), text(text_of(member))) for member_name, member in value.items()]
        elif explode:
            members = [(name, text(text_of(member))) for member in value]
        else:
            members = [(name, ",".join(_pieces(value, text, parameter.schema)))]
        return "".join(f";{key}={member}" if member else f";{key}" for key, member in members)
    label = parameter.style == "label"
    prefix, delimiter = (".", "." if explode else ",") if label else ("", _delimiter(parameter.style, text))
    if not isinstance(value, list | tuple | dict):
        return prefix + text(text_of(value))
    pieces = (
        _named_pieces(value, text) if explode and isinstance(value, dict) else _pieces(value, text, parameter.schema)
    )
    return prefix + delimiter.join(pieces)


def query_pairs(parameter: Parameter, value: Value, lists: Brackets = "index") -> tuple[Pair, ...]:
    """Return the encoded name-value pairs of a query parameter, in order."""

    def text(piece: str) -> str:
        if parameter.allow_reserved:
            return percent_encode(piece, keep=_QUERY_RESERVED, keep_triplets=True)
        return percent_encode(piece)

    if parameter.media_type:
        return ((percent_encode(parameter.name), text(content_text(parameter, value))),)
    return styled_pairs(
        parameter.name,
        value,
        style=parameter.style,
        explode=parameter.explode,
        key=percent_encode,
        text=text,
        lists=lists,
        schema=parameter.schema,
    )


def query_pieces(parameter: Parameter, value: Value, lists: Brackets = "index") -> tuple[str, ...]:
    """Return the pieces that a query parameter adds to the query, to be joined by `&`."""
    return tuple(f"{name}={text}" for name, text in query_pairs(parameter, value, lists))


def header_text(parameter: Parameter, value: Value) -> str:
    """Return a header parameter's value (`simple`; nothing is percent-encoded). Raises `HeaderRefused`."""
    if parameter.media_type:
        text = content_text(parameter, value)
        if not isinstance(value, str):
            # JSON can say the same in ASCII, which every server reads; other text is sent as UTF-8.
            text = "".join(letter if letter < "\x7f" else _ascii_json(letter) for letter in text)
    elif not isinstance(value, list | tuple | dict):
        text = text_of(value)
    elif parameter.explode and isinstance(value, dict):
        text = ",".join(_named_pieces(value, str))
    else:
        text = _delimiter(parameter.style, str).join(_pieces(value, str, parameter.schema))
    return check_value(parameter.name, text, field=f"header.{parameter.name}")


def _ascii_json(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def cookie_pairs(parameter: Parameter, value: Value) -> tuple[Pair, ...]:
    """Return cookies of a cookie parameter: `form`, encoded as far as cookies need it, or `cookie`, sent as it is.

    An exploded list or object becomes several cookies. Raises `HeaderRefused`.
    """
    field = f"cookie.{parameter.name}"
    if parameter.media_type:
        return ((cookie_name(parameter.name), cookie_text(content_text(parameter, value))),)

    def exactly(piece: str) -> str:
        return check_cookie(parameter.name, piece, field=field)

    text = exactly if parameter.style == "cookie" else cookie_text
    return styled_pairs(parameter.name, value, style="form", explode=parameter.explode, key=cookie_name, text=text)


def expand_path(
    template: str, values: Mapping[str, tuple[Parameter, Value | Absent]], *, placeholders: bool = False
) -> tuple[str, tuple[Pair, ...]]:
    """Fill a path template; return the encoded path, and name and whole text of each piece of a query written in it.

    A fragment is dropped. A variable that names no key of `values` is left as it is; one whose value is absent or empty
    is left with `placeholders`. Raises `MissingParameter`, `UnsafePathValue`.
    """
    path, _, query = template.partition("#")[0].partition("?")

    def replace(match: re.Match[str]) -> str:
        if match[1] not in values:
            return match[0]
        parameter, value = values[match[1]]
        text = "" if value is None or value is ABSENT else path_text(parameter, value)
        if text:
            return text
        if placeholders:
            return match[0]
        raise MissingParameter(
            say("The path needs a value for %(name)s.", name=shown(parameter.name)), field=f"path.{parameter.name}"
        )

    def segment(match: re.Match[str]) -> str:
        filled = _fill(match[0], replace, "/:@!$&'()*+,;=")
        named = [name for name in _VARIABLE.findall(match[0]) if name in values]
        if named and any(_is_dot_segment(piece) for piece in filled.split("/")):
            raise UnsafePathValue(
                say(
                    "The value of %(named)s would make the path lead elsewhere: “.” and “..” cannot be sent here.",
                    named=shown(named[0]),
                ),
                field=f"path.{named[0]}",
            )
        return filled

    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    keep = ":/?@!$'()*,;"
    return _SEGMENT.sub(segment, path), tuple(
        (unquote(name), _fill(name, replace, keep) + equals + _fill(text, replace, keep + "="))
        for name, equals, text in pairs
    )


def _fill(template: str, replace: Callable[[re.Match[str]], str], keep: str) -> str:
    """Fill the variables of a template and encode its own text, which may hold blanks or letters beyond ASCII."""
    pieces: list[str] = []
    at = 0
    for match in _VARIABLE.finditer(template):
        pieces += [percent_encode(template[at : match.start()], keep=keep, keep_triplets=True), replace(match)]
        at = match.end()
    return "".join([*pieces, percent_encode(template[at:], keep=keep, keep_triplets=True)])


def _is_dot_segment(segment: str) -> bool:
    """Say whether a server, proxy or client may read the segment as `.` or `..`, however often it decodes."""
    for _ in range(_MOST_DECODINGS):
        # Servers that know path parameters (RFC 3986 section 3.3) look only at the text before the semicolon.
        if segment in (".", "..") or segment.partition(";")[0] in (".", ".."):
            return True
        decoded = unquote(segment, errors="replace")
        if decoded == segment:
            return False
        segment = decoded
    return False
