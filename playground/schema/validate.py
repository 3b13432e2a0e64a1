"""What a schema does not allow in a value: the checks of the table of keywords, level by level, at a bounded cost.

`jsonschema` 4.26 (with `referencing`) was measured in its place, on samples of 1,100 responses of four descriptions: it
takes 0.9 to 1.6 times as long, so speed decides nothing. What decides is that strangers write descriptions. 17
definitions whose `anyOf` names the next one twice keep it busy for 4 s, each further one doubles that; 2,000 objects
under `uniqueItems` take 2.3 s; four of its keywords run `re` on any pattern, so `^(a+)+$` takes as long as its author
likes; a circle of references raises `RecursionError`. It also knows nothing of files, half-filled forms, the direction
of `readOnly` or sentences in two languages. Left of it would be a dozen keywords of three lines, for 60 ms and 11 MB at
every start. So it is the judge in the tests: both agree on random schemas and values. Answers, which are checked when
somebody waits for more than an answer, are its business, within bounds (`playground.contract.validator`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.flatten import flatten, reference_key
from playground.schema.keywords import CHECKS, KEYWORDS, OWN_CHECKS
from playground.schema.keywords.keyword import Check, Shape, Violation
from playground.schema.keywords.logic import ALSO
from playground.schema.keywords.objects import is_judged, patterned, undescribed
from playground.schema.keywords.values import is_file, type_of_value
from playground.schema.mapping import as_mapping, as_schema, schema_map
from playground.schema.types import branches_of, is_hidden, names_null, types_of
from playground.text.wording import say

_DEPTH, _EXACT_DEPTH = 40, 100
"""Levels that are looked at; whatever is deeper fits. Unmerged, a reference and each member of `allOf` is a level."""
_STEPS = 5_000
_STEPS_A_NODE = 30
"""Comparisons of a value with a schema, for a value of so many nodes; what is left after them fits."""
_RANK = {name: rank for rank, name in enumerate(KEYWORDS)}


def fits(
    value: Any, schema: Schema, definitions: Definitions, *, closed: bool = False, writing: bool | None = None
) -> bool:
    """Say whether a value fits a schema as a form reads it: `allOf` merged, `format` a wish.

    `closed` asks whether a form of the schema could show the value: an object has no property that is not described,
    and a schema that names no type is of the type its keywords are about. `writing` is the direction the value goes:
    a required property that plays no part in it may be missing. A file fits binary strings, and what names no type.
    """
    run = _Run(definitions, merged=True, closed=closed, writing=writing, steps=_steps(value))
    return next(run.compare(value, schema, (), _DEPTH), None) is None


def violations(
    value: Any, schema: Schema, definitions: Definitions, *, writing: bool | None = None
) -> Iterator[Violation]:
    """Yield what a schema does not allow in a whole value, exactly as JSON Schema 2020-12 says, formats included."""
    run = _Run(definitions, merged=False, formats=True, writing=writing, steps=_steps(value))
    seen: set[Violation] = set()
    for violation in run.compare(value, schema, (), _EXACT_DEPTH):
        if violation not in seen:
            seen.add(violation)
            yield violation


def form_violations(value: Any, schema: Schema, definitions: Definitions) -> Iterator[Violation]:
    """Yield what a schema does not allow in a value to be sent, read as a form reads it (`fits`), formats included."""
    run = _Run(definitions, merged=True, formats=True, writing=True, steps=_steps(value))
    return run.compare(value, schema, (), _DEPTH)


def own_violations(value: Any, plain: Mapping[str, Any], definitions: Definitions) -> Iterator[Violation]:
    """Yield what a flat schema does not allow in a value to be sent, apart from its members and its alternatives."""
    if plain.keys().isdisjoint(OWN_CHECKS):
        return iter(())
    # Keywords without schemas inside compare nothing else, so the value's size does not matter to them.
    steps = 0 if plain.keys().isdisjoint(_WITH_SCHEMAS) else _steps(value)
    run = _Run(definitions, merged=True, formats=True, writing=True, steps=steps)
    # Each alternative has all but these.
    checks = _UNEVALUATED if branches_of(plain, definitions) else OWN_CHECKS
    return run.check(value, plain, (), _DEPTH, checks)


_SCHEMAS: tuple[Shape, ...] = ("schema", "schemas", "named schemas")
_WITH_SCHEMAS = frozenset((ALSO, *(name for name in OWN_CHECKS if KEYWORDS[name].shape in _SCHEMAS)))
_UNEVALUATED = {name: check for name, check in CHECKS.items() if name.startswith("unevaluated")}


def _steps(value: Any) -> int:
    """Return how many comparisons a value may cost: in proportion to its size, whatever the schema is."""
    nodes, waiting = 0, [value]
    while waiting:
        node = waiting.pop()
        nodes += 1
        if isinstance(node, Mapping):
            waiting.extend(node.values())
        elif isinstance(node, list | tuple):
            waiting.extend(node)
    return _STEPS + _STEPS_A_NODE * nodes


@dataclass(slots=True)
class _Run:
    """One value being compared with one schema; `steps` counts down over the whole of it."""

    definitions: Definitions
    merged: bool
    steps: int
    closed: bool = False
    formats: bool = False
    writing: bool | None = None
    _known: dict[tuple[str, tuple[str | int, ...], int], tuple[Violation, ...]] = field(default_factory=dict)

    def compare(self, value: Any, schema: Schema, at: tuple[str | int, ...], depth: int) -> Iterator[Violation]:
        """Yield what a schema does not allow in a value found at a place."""
        self.steps -= 1
        if self.steps < 0 or depth <= 0:
            return iter(())
        return self._merged(value, schema, at, depth) if self.merged else self._exact(value, schema, at, depth)

    def _merged(self, value: Any, schema: Schema, at: tuple[str | int, ...], depth: int) -> Iterator[Violation]:
        plain = flatten(schema, self.definitions)
        if value is None and names_null(plain, self.definitions):
            return
        branches = branches_of(plain, self.definitions)
        if branches:
            if not any(next(self.compare(value, branch, at, depth - 1), None) is None for branch in branches):
                yield Violation(say("This fits none of the kinds the description offers."), "anyOf", at)
            yield from self.check(value, plain, at, depth, _UNEVALUATED)
            return
        if self.closed:
            yield from self._undrawn(value, plain, at)
        yield from self.check(value, plain, at, depth, CHECKS)

    def _exact(self, value: Any, schema: Schema, at: tuple[str | int, ...], depth: int) -> Iterator[Violation]:
        plain = as_mapping(schema)
        key = reference_key(plain)
        if key is not None:
            place = (key, at, id(value))
            if place not in self._known:
                # A way back to here asks nothing new; what was found at a place is found once, not once a way.
                self._known[place] = ()
                target = self.definitions.get(key, True)
                self._known[place] = tuple(dict.fromkeys(self.compare(value, target, at, depth - 1)))
            yield from self._known[place]
        if not (value is None and plain.get("nullable") is True):
            yield from self.check(value, plain, at, depth, CHECKS)

    def check(
        self, value: Any, plain: Mapping[str, Any], at: tuple[str | int, ...], depth: int, checks: Mapping[str, Check]
    ) -> Iterator[Violation]:
        """Yield what the keywords of one schema do not allow, in the order of the table."""
        kind = type_of_value(value)
        for name in sorted(plain.keys() & checks.keys(), key=_RANK.__getitem__):
            constrained = KEYWORDS[name].constrains
            if (constrained and kind not in constrained) or (name == "format" and not self.formats):
                continue
            yield from checks[name](value, plain[name], _Level(self, plain, name, at, depth))

    def _undrawn(self, value: Any, plain: Mapping[str, Any], at: tuple[str | int, ...]) -> Iterator[Violation]:
        """Yield what a form of the schema has no field for."""
        kind, types = type_of_value(value), types_of(plain)
        if kind == "file":
            drawn = is_file(plain)
        else:
            drawn = not types or kind in types or (kind == "integer" and "number" in types)
        level = _Level(self, plain, "type", at, 0)
        if not drawn:
            yield level.violation(say("This fits none of the kinds the description offers."))
        elif kind == "object" and not isinstance(plain.get("additionalProperties"), Mapping | bool):
            declared = schema_map(plain, "properties")
            looked_at = value if declared and is_judged(plain) else ()
            names = (name for name in looked_at if name not in declared and not patterned(name, plain))
            yield from (undescribed(level, name) for name in names)


@dataclass(frozen=True, slots=True)
class _Level:
    """What a check asks of the schema around its keyword (`keyword.Level`)."""

    run: _Run
    schema: Mapping[str, Any]
    keyword: str
    at: tuple[str | int, ...]
    depth: int

    def target(self, schema: Mapping[str, Any]) -> Schema:
        """Return the schema that a `$ref` leads to; `True` where there is none."""
        key = reference_key(schema)
        return True if key is None else self.run.definitions.get(key, True)

    def violations(self, value: Any, schema: Schema, *below: str | int) -> Iterator[Violation]:
        """Yield what a schema does not allow in a value; `below` leads to it from this level's value."""
        return self.run.compare(value, schema, (*self.at, *below) if below else self.at, self.depth - 1)

    def fits(self, value: Any, schema: Schema) -> bool:
        """Say whether a schema allows a value."""
        return next(self.run.compare(value, schema, self.at, self.depth - 1), None) is None

    def is_hidden(self, name: str) -> bool:
        """Say whether a property plays no part in the direction the value goes (`readOnly`, `writeOnly`)."""
        if self.run.writing is None:
            return False
        declared = as_mapping(self.schema.get("properties"))
        schema = flatten(as_schema(declared.get(name, True)), self.run.definitions)
        return is_hidden(schema, writing=self.run.writing)

    def violation(self, message: str, *below: str | int) -> Violation:
        """Return a violation of the keyword that is being checked."""
        return Violation(message, self.keyword, (*self.at, *below))
