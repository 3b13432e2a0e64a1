"""What a value holds against its schema, each finding with its JSON Pointer and a sentence (draft 2020-12).

Patterns that could take long are not run, and a value or schema that would cost too much is taken as fitting from there
on: strangers write both.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.jsontext import NumberText
from playground.schema.flatten import reference_key
from playground.schema.keywords.formats import format_problem
from playground.schema.keywords.values import type_of_value
from playground.schema.mapping import (
    as_mapping,
    count_of,
    names_of,
    number_of,
    same,
    schema_list,
    schema_map,
    text_of,
)
from playground.values.expressions import matches

_DEPTH = 60
_WORK = 200_000
"""Schemas looked at for one value."""
_COMPARED = 1000
_SHOWN_VALUES = 8
_TYPES = {"string": "a string", "integer": "an integer", "number": "a number", "boolean": "true or false",
          "object": "an object", "array": "a list", "null": "null", "file": "a file"}  # fmt: skip
FORMATS = frozenset(
    ("date", "date-time", "time", "duration", "email", "idn-email", "hostname", "ipv4", "ipv6", "uri", "uri-reference",
     "iri", "uuid", "json-pointer", "byte")
)  # fmt: skip
"""Formats that a value must have; others are wishes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at a place: a JSON Pointer, the keyword that is broken, and words that follow the place's name."""

    pointer: str
    keyword: str
    words: str


@dataclass(slots=True)
class Checker:
    """Checks values. `writing` is for requests: `readOnly` members are not demanded there, else `writeOnly` ones.

    `nulls` takes `nullable: true` at its word where no type stands beside it; OpenAPI 3.0.3 says that it means nothing.
    """

    definitions: Definitions
    writing: bool
    formats: bool = True
    nulls: bool = True
    work: int = _WORK

    def fits(self, value: Any, schema: Schema) -> bool:
        """Say whether the value fits."""
        return next(self.findings(value, schema), None) is None

    def findings(self, value: Any, schema: Schema, pointer: str = "", depth: int = _DEPTH) -> Iterator[Finding]:
        """Yield what is wrong, in the schema's order."""
        self.work -= 1
        if schema is True or depth <= 0 or self.work <= 0:
            return
        if schema is False:
            yield Finding(pointer, "false", "must not be there")
            return
        plain = as_mapping(schema)
        key = reference_key(plain)
        if key is not None:
            yield from self.findings(value, self.definitions.get(key, True), pointer, depth - 1)
        if value is None and self.nulls and plain.get("nullable") is True:
            return
        yield from self._kind(value, plain, pointer)
        yield from self._combined(value, plain, pointer, depth)
        if isinstance(value, str):
            yield from self._text(value, plain, pointer)
        elif isinstance(value, Mapping):
            yield from self._object(value, plain, pointer, depth)
        elif isinstance(value, list | tuple):
            yield from self._array(value, plain, pointer, depth)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield from _number(value, plain, pointer)

    def _kind(self, value: Any, plain: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
        named = plain.get("type")
        if named is not None:
            types = [named] if isinstance(named, str) else named if isinstance(named, list | tuple) else []
            kind = type_of_value(value)
            wider = {"integer": "number", "file": "string"}.get(kind)
            if types and kind not in types and wider not in types:
                wanted = " or ".join(_TYPES.get(str(type_), str(type_)) for type_ in types)
                yield Finding(pointer, "type", f"must be {wanted}, not {_TYPES[kind]}")
        if "const" in plain and not same(value, plain["const"]):
            yield Finding(pointer, "const", f"must be {_shown(plain['const'])}")
        values = plain.get("enum")
        if isinstance(values, list | tuple) and values and not any(same(value, listed) for listed in values):
            more = ", …" if len(values) > _SHOWN_VALUES else ""
            yield Finding(pointer, "enum", f"must be one of {', '.join(map(_shown, values[:_SHOWN_VALUES]))}{more}")

    def _combined(self, value: Any, plain: Mapping[str, Any], pointer: str, depth: int) -> Iterator[Finding]:
        for member in schema_list(plain, "allOf"):
            yield from self.findings(value, member, pointer, depth - 1)
        anyof = schema_list(plain, "anyOf")
        if anyof:
            yield from self._closest(value, anyof, pointer, depth, "anyOf")
        oneof = schema_list(plain, "oneOf")
        if oneof:
            fitting = 0
            for branch in oneof:
                fitting += next(self.findings(value, branch, pointer, depth - 1), None) is None
                if fitting > 1:
                    yield Finding(pointer, "oneOf", "fits more than one of the alternatives, and must fit exactly one")
                    break
            if not fitting:
                yield from self._closest(value, oneof, pointer, depth, "oneOf")
        if "not" in plain and next(self.findings(value, _schema(plain["not"]), pointer, depth - 1), None) is None:
            yield Finding(pointer, "not", "is what the description rules out")
        if "if" in plain:
            held = next(self.findings(value, _schema(plain["if"]), pointer, depth - 1), None) is None
            yield from self.findings(value, _schema(plain.get("then" if held else "else", True)), pointer, depth - 1)

    def _closest(
        self, value: Any, branches: tuple[Schema, ...], pointer: str, depth: int, keyword: str
    ) -> Iterator[Finding]:
        """Yield the findings of the branch that comes nearest: of the value's type, and with the fewest of them."""
        nearest: list[Finding] | None = None
        for branch in branches[:200]:
            found: list[Finding] = []
            for finding in self.findings(value, branch, pointer, depth - 1):
                found.append(finding)
                if len(found) >= 20:
                    break
            if not found:
                return
            wrong_kind = any(
                finding.pointer == pointer and finding.keyword in ("type", "const", "enum") for finding in found
            )
            if nearest is None or (not wrong_kind and len(found) < len(nearest)):
                nearest = found if not wrong_kind or nearest is None else nearest
        if nearest and all(finding.pointer != pointer or finding.keyword != "type" for finding in nearest):
            yield from nearest
        elif nearest:
            yield Finding(pointer, keyword, "fits none of the alternatives")

    def _text(self, value: str, plain: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
        least, most = count_of(plain, "minLength"), count_of(plain, "maxLength")
        if least is not None and len(value) < least:
            yield Finding(pointer, "minLength", f"must have at least {least} characters")
        if most is not None and len(value) > most:
            yield Finding(pointer, "maxLength", f"must have at most {most} characters")
        pattern = text_of(plain, "pattern")
        if pattern and matches(pattern, value) is False:
            yield Finding(pointer, "pattern", f"must match the pattern {pattern[:120]}")
        format_ = text_of(plain, "format").lower()
        if self.formats and format_ in FORMATS and format_problem(format_, value):
            yield Finding(pointer, "format", f"must be in the format {format_}")

    def _object(
        self, value: Mapping[str, Any], plain: Mapping[str, Any], pointer: str, depth: int
    ) -> Iterator[Finding]:
        declared = schema_map(plain, "properties")
        for name in names_of(plain, "required"):
            if name not in value and not self._is_hidden(declared.get(name, True)):
                yield Finding(f"{pointer}/{_step(name)}", "required", "is required")
        least, most = count_of(plain, "minProperties"), count_of(plain, "maxProperties")
        if least is not None and len(value) < least:
            yield Finding(pointer, "minProperties", f"must have at least {least} members")
        if most is not None and len(value) > most:
            yield Finding(pointer, "maxProperties", f"must have at most {most} members")
        patterns = schema_map(plain, "patternProperties")
        extra = plain.get("additionalProperties", True)
        names = plain.get("propertyNames")
        for name, member in value.items():
            place = f"{pointer}/{_step(name)}"
            if names is not None and next(self.findings(name, _schema(names), place, depth - 1), None) is not None:
                yield Finding(place, "propertyNames", "is a name that is not allowed here")
            known = name in declared
            if known:
                yield from self.findings(member, declared[name], place, depth - 1)
            for pattern, schema in patterns.items():
                if matches(pattern, name) is not False:
                    known = True
                    yield from self.findings(member, schema, place, depth - 1)
            if not known and extra is False:
                yield Finding(place, "additionalProperties", "is not described, and nothing else is allowed here")
            elif not known and isinstance(extra, Mapping):
                yield from self.findings(member, extra, place, depth - 1)
        yield from self._dependent(value, plain, pointer, depth)

    def _dependent(
        self, value: Mapping[str, Any], plain: Mapping[str, Any], pointer: str, depth: int
    ) -> Iterator[Finding]:
        for name, wanted in as_mapping(plain.get("dependentRequired")).items():
            if name in value and isinstance(wanted, list | tuple):
                for other in wanted:
                    if isinstance(other, str) and other not in value:
                        words = f"is required beside {str(name)[:80]}"
                        yield Finding(f"{pointer}/{_step(other)}", "dependentRequired", words)
        for name, schema in schema_map(plain, "dependentSchemas").items():
            if name in value:
                yield from self.findings(value, schema, pointer, depth - 1)
        if plain.get("unevaluatedProperties") is False:
            known = self._evaluated(value, plain, depth)
            for name in value:
                if known is not None and name not in known:
                    words = "is not described, and nothing else is allowed here"
                    yield Finding(f"{pointer}/{_step(name)}", "unevaluatedProperties", words)

    def _evaluated(self, value: Mapping[str, Any], schema: Schema, depth: int) -> set[str] | None:
        """Return the names that a schema speaks of, or `None` for all of them."""
        plain = as_mapping(schema)
        if depth <= 0 or "additionalProperties" in plain:
            return None
        known = set(schema_map(plain, "properties"))
        for pattern in schema_map(plain, "patternProperties"):
            known |= {name for name in value if matches(pattern, name) is not False}
        parts: list[Schema] = list(schema_list(plain, "allOf"))
        for keyword in ("anyOf", "oneOf"):
            parts += [
                branch
                for branch in schema_list(plain, keyword)
                if next(self.findings(value, branch, "", depth - 1), None) is None
            ]
        if "if" in plain:
            held = next(self.findings(value, _schema(plain["if"]), "", depth - 1), None) is None
            parts += (
                [_schema(plain["if"]), _schema(plain.get("then", True))] if held else [_schema(plain.get("else", True))]
            )
        parts += [part for name, part in schema_map(plain, "dependentSchemas").items() if name in value]
        key = reference_key(plain)
        if key is not None:
            parts.append(self.definitions.get(key, True))
        for part in parts:
            below = self._evaluated(value, part, depth - 1)
            if below is None:
                return None
            known |= below
        return known

    def _array(self, value: Any, plain: Mapping[str, Any], pointer: str, depth: int) -> Iterator[Finding]:
        least, most = count_of(plain, "minItems"), count_of(plain, "maxItems")
        if least is not None and len(value) < least:
            yield Finding(pointer, "minItems", f"must have at least {least} items")
        if most is not None and len(value) > most:
            yield Finding(pointer, "maxItems", f"must have at most {most} items")
        if plain.get("uniqueItems") is True and has_equal(value):
            yield Finding(pointer, "uniqueItems", "must not have two equal items")
        first = schema_list(plain, "prefixItems")
        rest = _schema(plain.get("items", True))
        for index, item in enumerate(value):
            schema = first[index] if index < len(first) else rest
            yield from self.findings(item, schema, f"{pointer}/{index}", depth - 1)
        if "contains" in plain:
            wanted = _schema(plain["contains"])
            count = sum(next(self.findings(item, wanted, "", depth - 1), None) is None for item in value)
            fewest, highest = count_of(plain, "minContains"), count_of(plain, "maxContains")
            if count < (1 if fewest is None else fewest) or (highest is not None and count > highest):
                yield Finding(pointer, "contains", "does not hold the items that it must")

    def _is_hidden(self, schema: Schema) -> bool:
        plain = as_mapping(schema)
        key = reference_key(plain)
        word = "readOnly" if self.writing else "writeOnly"
        return plain.get(word) is True or (key is not None and as_mapping(self.definitions.get(key)).get(word) is True)


def _number(value: int | float, plain: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
    least, most = number_of(plain, "minimum"), number_of(plain, "maximum")
    above, below = number_of(plain, "exclusiveMinimum"), number_of(plain, "exclusiveMaximum")
    if least is not None and (value < least or (plain.get("exclusiveMinimum") is True and value == least)):
        yield Finding(pointer, "minimum", f"must be at least {_shown(least)}")
    if most is not None and (value > most or (plain.get("exclusiveMaximum") is True and value == most)):
        yield Finding(pointer, "maximum", f"must be at most {_shown(most)}")
    if above is not None and value <= above:
        yield Finding(pointer, "exclusiveMinimum", f"must be more than {_shown(above)}")
    if below is not None and value >= below:
        yield Finding(pointer, "exclusiveMaximum", f"must be less than {_shown(below)}")
    step = number_of(plain, "multipleOf")
    if step is not None and step > 0 and not _on_step(value, step):
        yield Finding(pointer, "multipleOf", f"must be a multiple of {_shown(step)}")


def _on_step(value: int | float, step: int | float) -> bool:
    """Say whether a number is a multiple of another, as they are written: 19.99 is one of 0.01."""
    if isinstance(value, float) and not math.isfinite(value):
        return False
    try:
        quotient = Decimal(_written(value)) / Decimal(_written(step))
        return quotient == quotient.to_integral_value()
    except (InvalidOperation, OverflowError, ValueError):
        return True


def _written(value: int | float) -> str:
    return value.text if isinstance(value, NumberText) else repr(value)


def has_equal(values: Any) -> bool:
    """Say whether two of the first thousand values are equal as JSON Schema compares them."""
    seen: set[Any] = set()
    for value in values[:_COMPARED]:
        key = comparable(value)
        if key in seen:
            return True
        seen.add(key)
    return False


def comparable(value: Any, depth: int = _DEPTH) -> Any:
    """Return something hashable that two values share if they are equal: `1` and `1.0` are, `1` and `true` are not."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return (type(value), value)
    if isinstance(value, int | float):
        return float(value) if isinstance(value, NumberText) else value
    if depth <= 0:
        return id(value)
    if isinstance(value, Mapping):
        return frozenset((str(name), comparable(member, depth - 1)) for name, member in value.items())
    if isinstance(value, list | tuple):
        return tuple(comparable(member, depth - 1) for member in value)
    return id(value)


def _schema(value: Any) -> Schema:
    return value if isinstance(value, Mapping | bool) else True


def _step(name: Any) -> str:
    return str(name)[:200].replace("~", "~0").replace("/", "~1")


def _shown(value: Any) -> str:
    """Return a value of the description, short."""
    text = value.text if isinstance(value, NumberText) else value if isinstance(value, str) else repr(value)
    text = {"True": "true", "False": "false", "None": "null"}.get(text, text)
    return f"`{text[:60]}`" if isinstance(value, str) else text[:60]
