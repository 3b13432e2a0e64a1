"""Parameters read back from the wire, style by style: the inverse of `request.parameters`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from playground import jsontext
from playground.catalog.model import COLLECTION_STYLES, Definitions, Parameter, Schema
from playground.paste.values import is_array, is_object, item_of, nested, property_of, split_key, typed
from playground.request.model import ABSENT, Absent, Value
from playground.schema.flatten import flatten
from playground.schema.mapping import schema_map
from playground.text.percent import form_decoded, percent_decoded

Pair = tuple[str, str]
Decode = Callable[[str], str]

_DELIMITERS = {"spaceDelimited": r"%20|\+| ", "pipeDelimited": r"%7[Cc]|\|", "tabDelimited": r"%09|\t"}
_MOST_PAIRS = 5000


@dataclass(slots=True)
class Pairs:
    """Name-value pairs still encoded; those that a parameter takes are gone from it."""

    left: list[Pair]
    decode: Decode = form_decoded
    taken: list[Pair] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, *, separator: str = "&", decode: Decode = form_decoded) -> Pairs:
        """Split a query, a form body or a Cookie field; at most 5,000 pairs are read."""
        pieces = [piece.strip(" ") for piece in text.split(separator)[:_MOST_PAIRS] if piece.strip(" ")]
        split = [piece.partition("=") for piece in pieces]
        return cls([(decode(name), value) for name, _, value in split], decode)

    def encoded(self) -> list[Pair]:
        """Return the pairs that are left with their names encoded again."""
        return [(quote_plus(name), value) for name, value in self.left]

    def take(self, wanted: Callable[[str], bool]) -> list[Pair]:
        """Take out the pairs whose decoded name is wanted."""
        matching = [pair for pair in self.left if wanted(pair[0])]
        if matching:
            self.left = [pair for pair in self.left if not wanted(pair[0])]
        return matching


def read_path_value(parameter: Parameter, raw: str, definitions: Definitions) -> Value:
    """Return the value of a path variable from its encoded text (`simple`, `label`, `matrix`, `content`)."""
    if parameter.media_type:
        return _content(parameter, percent_decoded(raw), definitions)
    if parameter.style == "matrix":
        return _matrix(parameter, raw, definitions)
    if parameter.style == "label":
        raw = raw.removeprefix(".")
        return _delimited(parameter, raw, "[.]" if parameter.explode else ",", percent_decoded, definitions)
    return _delimited(parameter, raw, _DELIMITERS.get(parameter.style, ","), percent_decoded, definitions)


def _matrix(parameter: Parameter, raw: str, definitions: Definitions) -> Value:
    pairs = [piece.partition("=") for piece in raw.removeprefix(";").split(";")]
    schema = parameter.schema
    if parameter.explode and is_object(schema, definitions):
        return {
            percent_decoded(name): typed(
                percent_decoded(text), property_of(schema, percent_decoded(name), definitions), definitions
            )
            for name, _, text in pairs
        }
    if parameter.explode and is_array(schema, definitions):
        return [
            typed(percent_decoded(text), item_of(schema, at, definitions), definitions)
            for at, (_, _, text) in enumerate(pairs)
        ]
    return _delimited(parameter, pairs[0][2], ",", percent_decoded, definitions)


def _delimited(parameter: Parameter, raw: str, delimiter: str, decode: Decode, definitions: Definitions) -> Value:
    """Return a list, an object or a scalar from one text with delimiters, each piece decoded by itself."""
    schema, explode = parameter.schema, parameter.explode
    if is_object(schema, definitions) and isinstance(whole := _whole(decode(raw)), dict):
        return whole  # an object as JSON, which no style says
    if is_array(schema, definitions):
        pieces = re.split(delimiter, raw) if raw else []
        return [_item(piece, item_of(schema, at, definitions), decode, definitions) for at, piece in enumerate(pieces)]
    pieces = re.split(delimiter, raw)
    by_name = explode and parameter.style in ("simple", "label")
    # One text alone is none of an object's: `card=tok_visa`, where it may be a text as well.
    if is_object(schema, definitions) and raw and parameter.style != "deepObject" and (by_name or len(pieces) > 1):
        named = (
            [(name, text) for name, _, text in (piece.partition("=") for piece in pieces)]
            if by_name
            else list(zip(pieces[::2], pieces[1::2], strict=False))
        )
        return {
            decode(name): typed(decode(text), property_of(schema, decode(name), definitions), definitions)
            for name, text in named
        }
    return typed(decode(raw), schema, definitions)


def _whole(text: str) -> Value:
    try:
        return jsontext.loads(text) if text.startswith("{") else text
    except jsontext.JSONTextError:
        return text


def _item(piece: str, schema: Schema, decode: Decode, definitions: Definitions) -> Value:
    """Return an item of a list: a list itself where Swagger 2.0's `collectionFormat` says how it is written."""
    style = COLLECTION_STYLES.get(str(schema.get("collectionFormat"))) if isinstance(schema, Mapping) else None
    if style is None:
        return typed(decode(piece), schema, definitions)
    pieces = re.split(_DELIMITERS.get(style, ","), piece) if piece else []
    return [_item(inner, item_of(schema, at, definitions), decode, definitions) for at, inner in enumerate(pieces)]


def read_header_value(parameter: Parameter, text: str, definitions: Definitions) -> Value:
    """Return the value of a header parameter (`simple` or `content`; nothing is encoded)."""
    if parameter.media_type:
        return _content(parameter, text, definitions)
    return _delimited(parameter, text, _DELIMITERS.get(parameter.style, ", ?"), str, definitions)


def read_pairs(
    parameters: Sequence[Parameter], pairs: Pairs, definitions: Definitions
) -> Iterable[tuple[Parameter, Value]]:
    """Give the query or cookie parameters that the pairs hold, and take those pairs.

    Parameters with a name of their own come first; an exploded object, whose properties stand in the query like
    parameters, takes what is left.
    """
    late = [parameter for parameter in parameters if _is_spread(parameter, definitions)]
    for parameter in (*(named for named in parameters if named not in late), *late):
        value = _spread(parameter, pairs, definitions) if parameter in late else _named(parameter, pairs, definitions)
        if value is not ABSENT:
            yield parameter, value


def _is_spread(parameter: Parameter, definitions: Definitions) -> bool:
    return (
        parameter.explode
        and not parameter.media_type
        and parameter.style in ("form", "spaceDelimited", "pipeDelimited", "cookie")
        and is_object(parameter.schema, definitions)
    )


def _spread(parameter: Parameter, pairs: Pairs, definitions: Definitions) -> Value | Absent:
    schema = flatten(parameter.schema, definitions)
    own = pairs.take(lambda name: name == parameter.name)
    if own and not pairs.left:
        return typed(pairs.decode(own[0][1]), parameter.schema, definitions)
    declared = schema_map(schema, "properties")
    # Only a map without declared properties may take what nobody else knows.
    is_open = not declared or isinstance(schema.get("additionalProperties"), dict)
    taken = pairs.take(lambda name: is_open or split_key(name)[0] in declared)
    if not taken:
        return ABSENT
    steps = [((split_key(name)[0], *split_key(name)[1]), pairs.decode(text)) for name, text in taken]
    return nested(steps, parameter.schema, definitions)


def _named(parameter: Parameter, pairs: Pairs, definitions: Definitions) -> Value | Absent:
    name = parameter.name

    def mine(key: str) -> bool:
        return key == name

    if parameter.media_type:
        taken = pairs.take(mine)
        return _content(parameter, pairs.decode(taken[0][1]), definitions) if taken else ABSENT
    exact = pairs.take(mine)
    below: list[Pair] = []
    if parameter.style == "deepObject" or is_array(parameter.schema, definitions):
        below = pairs.take(lambda key: key.startswith(f"{name}[") and key.endswith("]"))
    if below:
        steps = [(_steps(key, name), pairs.decode(text)) for key, text in below]
        return nested([*(((), pairs.decode(text)) for _, text in exact), *steps], parameter.schema, definitions)
    if not exact:
        return ABSENT
    texts = [text for _, text in exact]
    if is_array(parameter.schema, definitions) and (parameter.explode or len(texts) > 1):
        return [
            _item(text, item_of(parameter.schema, at, definitions), pairs.decode, definitions)
            for at, text in enumerate(texts)
        ]
    pairs.left += exact[1:]
    delimiter = _DELIMITERS.get(parameter.style, ",")
    return _delimited(parameter, texts[0], delimiter, pairs.decode, definitions)


def _steps(key: str, name: str) -> tuple[str, ...]:
    return split_key("x" + key[len(name) :])[1]


def _content(parameter: Parameter, text: str, definitions: Definitions) -> Value:
    kind = parameter.media_type.partition(";")[0].strip().lower()
    if kind.endswith("json"):
        try:
            value: Value = jsontext.loads(text)
        except jsontext.JSONTextError:
            return text
        return value
    return typed(text, parameter.schema, definitions)
