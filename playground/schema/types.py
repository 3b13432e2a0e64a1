"""What kind of value a schema describes, in words and as a choice of alternatives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.jsontext import dumps
from playground.schema.flatten import (
    Kind,
    flatten,
    is_null,
    kinds_of,
    real_branches,
    reference_key,
    resolve,
    value_among,
)
from playground.schema.keywords import ANNOTATIONS, implied_type
from playground.schema.keywords.values import TYPE_WORDS, TYPES, is_file, type_of_value
from playground.schema.mapping import as_mapping, is_json_value, schema_list, schema_map, text_of, values_of
from playground.text.wording import say

_CHOOSING = frozenset({"oneOf", "anyOf", "discriminator"})
_ABOUT_THE_WHOLE = ANNOTATIONS | {"unevaluatedProperties", "unevaluatedItems"}
"""Keywords of a choice that do not hold for each alternative by itself."""
_NULLING = frozenset({"nullable", "enum", "const", "oneOf", "anyOf"})


def types_of(schema: Schema) -> tuple[str, ...]:
    """Return the types a flat schema allows, without `null`; read from other keywords when it names none."""
    plain = as_mapping(schema)
    named = plain.get("type")
    listed = [named] if isinstance(named, str) else list(named) if isinstance(named, list | tuple) else []
    types = tuple(dict.fromkeys(kind for kind in listed if kind in TYPES))
    if types:
        return tuple(kind for kind in types if kind != "integer") if "number" in types else types
    if "null" in listed:
        return ()
    values = (plain["const"],) if "const" in plain else values_of(plain, "enum")
    if values:
        types = tuple(dict.fromkeys(map(type_of_value, values)))
        return tuple(type_ for type_ in types if type_ in TYPES)
    implied = implied_type(plain)
    return (implied,) if implied else ()


def nullable(schema: Schema, definitions: Definitions) -> bool:
    """Say whether the schema names null as a value (`type`, `nullable`, an enum or a null branch)."""
    return names_null(flatten(schema, definitions), definitions)


def names_null(plain: Mapping[str, Any], definitions: Definitions) -> bool:
    """Say whether a flat schema names null as a value."""
    named = plain.get("type")
    if named in TYPES and plain.keys().isdisjoint(_NULLING):
        return False
    if plain.get("nullable") is True or named == "null" or (isinstance(named, list | tuple) and "null" in named):
        return True
    if any(value is None for value in values_of(plain, "enum")) or ("const" in plain and plain["const"] is None):
        return True
    branches = (*schema_list(plain, "oneOf"), *schema_list(plain, "anyOf"))
    return any(is_null(branch, definitions) for branch in branches)


def alternatives(schema: Schema, definitions: Definitions) -> tuple[Schema, ...]:
    """Return the schemas a visitor chooses between, or `()` if there is no choice.

    From `oneOf`/`anyOf` (null branches dropped; each with the keywords beside the choice), from a discriminator's
    mapping, or one for each type of a list of types. A mapped alternative has its discriminator value fixed.
    """
    return _choice(flatten(schema, definitions), definitions)


def _choice(plain: Mapping[str, Any], definitions: Definitions) -> tuple[Schema, ...]:
    if isinstance(plain.get("type"), str) and plain.keys().isdisjoint(_CHOOSING):
        return ()
    branches = branches_of(plain, definitions)
    types = () if branches else types_of(plain)
    if len(types) > 1 and "enum" not in plain and "const" not in plain:
        return tuple({**_beside(plain), "type": type_} for type_ in types)
    return branches


def branches_of(plain: Mapping[str, Any], definitions: Definitions) -> tuple[Schema, ...]:
    """Return the alternatives of a flat schema that are schemas of their own: `alternatives` without lists of types."""
    if plain.keys().isdisjoint(_CHOOSING):
        return ()
    discriminator = _Discriminator.of(plain, definitions)
    for keyword in ("oneOf", "anyOf"):
        branches = real_branches(plain, keyword, definitions)
        if len(branches) > 1:
            beside = _beside(plain, keyword)
            return tuple(_alternative(branch, beside, discriminator) for branch in branches)
    targets = {} if discriminator.is_settled(plain) else discriminator.kinds
    if len(targets) > 1 and all(reference_key({"$ref": target}) in definitions for target in targets):
        return tuple(_kind(plain, target, discriminator) for target in targets)
    return ()


def _kind(plain: Mapping[str, Any], target: str, discriminator: _Discriminator) -> Schema:
    """Return the alternative of a discriminator's target, which may be the schema of the discriminator itself."""
    branch = {"$ref": target}
    if as_mapping(resolve(branch, discriminator.definitions)).get("discriminator") == plain["discriminator"]:
        itself = {name: value for name, value in plain.items() if name != "discriminator"}
        return {"allOf": [itself, discriminator.demand(branch) or {}]}
    return _alternative(branch, _beside(plain), discriminator)


def _beside(plain: Mapping[str, Any], keyword: str = "") -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name != keyword and name not in _ABOUT_THE_WHOLE}


@dataclass(frozen=True, slots=True)
class _Discriminator:
    """A Discriminator Object: its property's name and its kinds by reference."""

    name: str
    kinds: Mapping[str, Kind]
    definitions: Definitions

    @classmethod
    def of(cls, plain: Mapping[str, Any], definitions: Definitions) -> _Discriminator:
        """Read the discriminator of a flat schema; without one it fixes nothing."""
        written = plain.get("discriminator")
        return cls(text_of(as_mapping(written), "propertyName"), kinds_of(written), definitions)

    def is_settled(self, plain: Mapping[str, Any]) -> bool:
        """Say whether its property has the values of one kind already: it was chosen among those of a base."""
        if len(self.kinds) < 2:
            return False
        declared = flatten(schema_map(plain, "properties").get(self.name, True), self.definitions)
        values = (declared["const"],) if "const" in declared else values_of(declared, "enum")
        return bool(values) and any(set(kind.values).issuperset(map(str, values)) for kind in self.kinds.values())

    def demand(self, branch: Schema) -> Schema | None:
        """Return what it asks of the property in a branch, `None` where it says nothing of the branch."""
        target, key = as_mapping(branch).get("$ref"), reference_key(branch)
        if not self.name or not isinstance(target, str) or key is None:
            return None
        kind = self.kinds.get(target)
        if kind is not None and kind.is_mapped:
            values = kind.values
        else:
            own_name = kind.values[0] if kind is not None else key if "/" not in key else ""
            value = self._spelled(own_name, branch) if own_name else None
            values = (value,) if value is not None else ()
        if not values:
            return {"required": [self.name]}
        fixed: dict[str, Any] = {"type": "string", "enum": list(values)} if len(values) > 1 else {"const": values[0]}
        return {"properties": {self.name: fixed}, "required": [self.name]}

    def _spelled(self, value: str, branch: Schema) -> str | None:
        """Return a value as the branch lists it, which knows it better; `None` if it lists others only."""
        declared = schema_map(flatten(branch, self.definitions), "properties").get(self.name, True)
        plain = flatten(declared, self.definitions)
        return value_among(value, (plain["const"],) if "const" in plain else values_of(plain, "enum"))


def _alternative(branch: Schema, beside: Mapping[str, Any], discriminator: _Discriminator) -> Schema:
    demand = discriminator.demand(branch)
    parts = [*([beside] if beside else []), branch, *([demand] if demand is not None else [])]
    return branch if len(parts) == 1 else {"allOf": parts}


def label_of(schema: Schema, definitions: Definitions) -> str:
    """Return a short name for an alternative: title, fixed property value, the name it is defined by, value or type."""
    plain = flatten(schema, definitions)
    title = text_of(plain, "title").strip()
    if title:
        return title
    for member in schema_map(plain, "properties").values():
        value = fixed_value(flatten(member, definitions))
        if isinstance(value, str) and value:
            return value
    fixed = fixed_value(plain)
    if fixed is not None:
        if isinstance(fixed, str):
            return fixed or say("empty text")
        return dumps(fixed) if is_json_value(fixed) else str(fixed)
    key = _key_below(schema)
    if key:
        return key.rsplit("/", 1)[-1]
    return type_text(schema, definitions)


def _key_below(schema: Schema) -> str | None:
    key = reference_key(schema)
    if key is not None:
        return key
    keys = [key for key in map(reference_key, schema_list(as_mapping(schema), "allOf")) if key is not None]
    return keys[-1] if keys else None


def is_hidden(schema: Mapping[str, Any], *, writing: bool) -> bool:
    """Say whether a flat property schema plays no part in this direction (`readOnly`, `writeOnly`)."""
    return schema.get("readOnly" if writing else "writeOnly") is True


def fixed_value(schema: Mapping[str, Any]) -> Any:
    """Return the only value a flat schema allows (`const`, or an enum of one), or `None`."""
    if "const" in schema:
        return schema["const"]
    values = values_of(schema, "enum")
    return values[0] if len(values) == 1 else None


def type_text(schema: Schema, definitions: Definitions) -> str:
    """Return the type in words: `string`, `list of objects`, `map of strings`, `string or object`, `any`."""
    plain = flatten(schema, definitions)
    text = _either(_type_words(plain, definitions, 4))
    return say("%(type)s or null", type=text) if names_null(plain, definitions) else text


@dataclass(frozen=True, slots=True)
class _Words:
    """One type: its word, and what it holds if it is a list or a map."""

    name: str
    inner: tuple[_Words, ...] = ()


def _words_of(schema: Schema, definitions: Definitions, depth: int) -> tuple[_Words, ...]:
    return _type_words(flatten(schema, definitions), definitions, depth)


def _type_words(plain: Mapping[str, Any], definitions: Definitions, depth: int) -> tuple[_Words, ...]:
    choice = _choice(plain, definitions)
    if choice and depth:
        words = (word for branch in choice[:6] for word in _words_of(branch, definitions, max(depth - 2, 0)))
        return tuple(dict.fromkeys(words))
    if is_file(plain):
        return (_Words("file"),)
    types = types_of(plain)
    if types == ("array",):
        return (_Words("list", _words_of(plain.get("items", True), definitions, depth - 1) if depth else ()),)
    if types == ("object",):
        extra = plain.get("additionalProperties")
        if schema_map(plain, "properties") or not isinstance(extra, Mapping) or not depth:
            return (_Words("object"),)
        return (_Words("map", _words_of(extra, definitions, depth - 1)),)
    return tuple(_Words(type_) for type_ in types) or (_Words("any"),)


_ONE = {**TYPE_WORDS, "list": say("list"), "any": say("any")}
_SEVERAL = {
    "string": say("strings"), "integer": say("integers"), "number": say("numbers"), "boolean": say("booleans"),
    "object": say("objects"), "array": say("arrays"), "null": say("nulls"), "file": say("files"), "list": say("lists"),
    "any": say("any values"),
}  # fmt: skip


def _either(words: tuple[_Words, ...], *, several: bool = False) -> str:
    text: str = ""
    for type_words in words:
        word = _word(type_words, several=several)
        text = say("%(one)s or %(other)s", one=text, other=word) if text else word
    return text


def _word(words: _Words, *, several: bool) -> str:
    if not words.inner:
        return (_SEVERAL if several else _ONE).get(words.name, words.name + "s" * several)
    inner = _either(words.inner, several=True)
    if words.name == "list":
        return say("lists of %(items)s", items=inner) if several else say("list of %(items)s", items=inner)
    return say("maps of %(items)s", items=inner) if several else say("map of %(items)s", items=inner)
