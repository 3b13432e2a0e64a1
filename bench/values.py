"""A value drawn at random from a schema: what a visitor could say in a form, awkward texts and numbers among it.

Read from the schema alone, not from what a form makes of it. The same seed draws the same value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.forms.names import MAX_DEPTH
from playground.jsontext import NumberText
from playground.request.model import FileValue
from playground.schema.flatten import flatten
from playground.schema.keywords.values import is_file
from playground.schema.mapping import (
    as_mapping,
    count_of,
    is_json_value,
    names_of,
    schema_list,
    schema_map,
    text_of,
    values_of,
)
from playground.schema.sample import sample
from playground.schema.types import alternatives, is_hidden, nullable, types_of
from playground.schema.validate import fits

TEXTS = (
    "a", "0", "null", "true", " x ", "Zoë – ünïcödé 漢字 🙂", "a&b=c+d%20e", "it's \"q\"", "<b>&amp;</b>", "-1",
    "@file", "{{x}}", "$HOME`x`", "a\nb", "\n", "\\n", "a/b~c", "x" * 40, "1e400", "[1]", "\ttab", "#f?q",
)  # fmt: skip
KEYS = ("k", "a/b", "~as", "x y", "é", "items", "[]", "0", "$ref", "a.b")
INTEGERS = (0, 1, -1, 7, 2**53 + 1, -(2**63), 10**30)
NUMBERS = ("0.5", "1.0", "-0", "1E5", "0.10", "123456789012345678901234567890.5")
_NODES = 120
_DEPTH = 9


@dataclass(slots=True)
class Drawer:
    """Draws values; `nodes` is how many more members are optional ones."""

    random: Random
    definitions: Definitions
    nodes: int = _NODES
    optional: float = 0.5

    def draw(self, schema: Schema, depth: int = _DEPTH) -> Any:
        """Return a value for the schema; what fits nothing has a value of about its kind."""
        plain = flatten(schema, self.definitions)
        self.nodes -= 1
        if "const" in plain and is_json_value(plain["const"]):
            return plain["const"]
        if nullable(plain, self.definitions) and self._chance(0.15):
            return None
        values = [value for value in values_of(plain, "enum") if value is not None and is_json_value(value)]
        if values:
            return self.random.choice(values)
        choice = alternatives(plain, self.definitions)
        if choice and depth > 0:
            return self.draw(self.random.choice(choice), depth - 1)
        if is_file(plain):
            return FileValue(filename="größe 1.bin", content=b"\x00\r\n\xff", content_type="image/png")
        types = types_of(plain)
        kind = types[0] if types else ""
        if kind == "object":
            return self._object(plain, depth)
        if kind == "array":
            return self._array(plain, depth)
        return self._scalar(kind, plain, schema)

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _scalar(self, kind: str, plain: Mapping[str, Any], schema: Schema) -> Any:
        if kind == "integer":
            fitting = [integer for integer in INTEGERS if fits(integer, plain, self.definitions)]
            return self.random.choice(fitting) if fitting else sample(schema, self.definitions, writing=True)
        if kind == "number":
            numbers = [*map(NumberText, NUMBERS), *INTEGERS]
            fitting_numbers = [number for number in numbers if fits(number, plain, self.definitions)]
            return (
                self.random.choice(fitting_numbers)
                if fitting_numbers
                else sample(schema, self.definitions, writing=True)
            )
        if kind == "boolean":
            return self._chance(0.5)
        if kind == "string":
            return self._text(plain, schema)
        if nullable(plain, self.definitions):
            return None
        return self.random.choice([1, "text", True, NumberText("1.50"), {"a": [1, None]}, [], {}, ["x"]])

    def _text(self, plain: Mapping[str, Any], schema: Schema) -> str:
        if text_of(plain, "format") and self._chance(0.6):
            made = sample(schema, self.definitions, writing=True)
            return made if isinstance(made, str) else "x"
        fitting = [text for text in ("", *TEXTS) if fits(text, plain, self.definitions)]
        if fitting:
            return self.random.choice(fitting)
        made = sample(schema, self.definitions, writing=True)
        return made if isinstance(made, str) else "x"

    def _array(self, plain: Mapping[str, Any], depth: int) -> list[Any]:
        least, most = count_of(plain, "minItems") or 0, count_of(plain, "maxItems")
        first = schema_list(plain, "prefixItems")
        count = (
            least if depth <= 0 or self.nodes <= 0 else max(least, len(first) or self.random.choice([0, 1, 1, 2, 3]))
        )
        count = min(count, 6 if most is None else min(most, 6)) if depth > -3 else 0
        items = plain.get("items", True)
        rest: Schema = items if isinstance(items, Mapping | bool) else True
        return [self.draw(first[index] if index < len(first) else rest, depth - 1) for index in range(count)]

    def _object(self, plain: Mapping[str, Any], depth: int) -> dict[str, Any]:
        required = names_of(plain, "required")
        made: dict[str, Any] = {}
        declared = schema_map(plain, "properties")
        # Of very many optional properties some are drawn, or deeper ones would never have their turn.
        share = min(self.optional, 12 / max(len(declared), 1))
        for name, member in declared.items():
            one = flatten(member, self.definitions)
            if is_hidden(one, writing=True) or one.get("not") in ({}, True):
                continue
            wanted = name in required if depth > -MAX_DEPTH // 8 else False
            if wanted or (depth > 0 and self.nodes > 0 and self._chance(share)):
                made[name] = self.draw(member, depth - 1)
        extra = plain.get("additionalProperties")
        if (isinstance(extra, Mapping) or (extra is not False and not declared)) and depth > 0 and self.nodes > 0:
            for key in self.random.sample(KEYS, self.random.choice([0, 0, 1, 2])):
                if key not in declared:
                    made[key] = self.draw(as_mapping(extra) if isinstance(extra, Mapping) else True, depth - 1)
        return made
