"""Schemas read once for making values: what is asked of each again and again is worked out when it is first needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import islice
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.flatten import flatten, reference_key
from playground.schema.mapping import as_mapping, is_json_value, names_of, schema_list, schema_map, values_of
from playground.schema.types import alternatives, nullable, types_of
from playground.values.fit import fits
from playground.values.identifiers import is_identifier, owner_of, refers
from playground.values.scene import word_set, words_of
from playground.values.strings import TextPlan, is_placeholder

TRICKY = word_set(
    "oneOf not if dependentSchemas contains patternProperties propertyNames unevaluatedProperties minProperties "
    "maxProperties unevaluatedItems"
)
"""Keywords that a value is checked against when it is made: nothing made by type and limits alone is sure to fit."""
_WHOLE = word_set("enum const dependentRequired minProperties maxProperties if anyOf oneOf x-playground-also")
"""Keywords about an object as a whole."""
_LOOKING = word_set("not if dependentSchemas enum const patternProperties unevaluatedProperties x-playground-also")
"""Keywords that may look at what a member is from outside of it."""
UNLIKELY = word_set(
    "deleted canceled cancelled cancellation archived failed failure error errors revoked rejected refunded "
    "dispute disputed suspended blocked deactivated abandoned voided previous parent replaced fraud declined "
    "locked terminated deprecated removed expired lost banned disabled closed deletion termination ended cancel"
)
"""Words in the names of members that most things lack."""
_IDENTITIES = ("id", "ID", "Id", "uuid", "uid", "guid", "sid", "_id", "key")
_MOST_SHAPES = 5000
_MOST_MEMBERS = 1000


class Shapes:
    """The shapes of one operation's schemas, kept by the schemas' identity."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._shapes: dict[int, Shape] = {}
        self._identifiers: dict[str, Mapping[str, Any] | None] = {}
        self.odd: dict[int, bool] = {}
        """Whether values made for a schema break it, by its identity: a contradiction is there each time."""

    def of(self, schema: Schema) -> Shape:
        """Return a schema's shape."""
        shape = self._shapes.get(id(schema))
        if shape is None or shape.schema is not schema:
            shape = Shape(schema, self)
            if len(self._shapes) >= _MOST_SHAPES:
                self._shapes.clear()
            self._shapes[id(schema)] = shape
        return shape

    def identifier_of(self, name: str) -> Mapping[str, Any] | None:
        """Return the flat schema of the identifier of a definition of this name, if it is a text."""
        if name not in self._identifiers:
            whole = flatten(self.definitions.get(name, True), self.definitions)
            own = flatten(schema_map(whole, "properties").get("id", True), self.definitions)
            self._identifiers[name] = own if own.get("type") == "string" else None
        return self._identifiers[name]


class Shape:
    """One schema, read. It is shared between threads: every thread works out the same from it."""

    def __init__(self, schema: Schema, shapes: Shapes) -> None:
        self.schema = schema
        self.shapes = shapes
        self.plain: Mapping[str, Any] = flatten(schema, shapes.definitions)
        self.variants: dict[Any, Shape] = {}
        self.notes: dict[Any, Any] = {}  # what callers work out from the schema alone

    def variant(self, key: Any, schema: Schema) -> Shape:
        """Return the shape of a schema made from this one, which is kept by a key."""
        shape = self.variants.get(key)
        if shape is None:
            shape = self.variants[key] = Shape(schema, self.shapes)
        return shape

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The definitions that the schema is made of: its reference, those of its `allOf`, that of its only choice."""
        plain = as_mapping(self.schema)
        parts = (plain, *schema_list(plain, "allOf"))
        keys = tuple(key for key in map(reference_key, parts) if key is not None)
        if not keys and not self.choice:
            branches = [as_mapping(part) for word in ("anyOf", "oneOf") for part in schema_list(plain, word)]
            branches = [branch for branch in branches if branch.get("type") != "null" and "$ref" in branch]
            keys = tuple(filter(None, map(reference_key, branches))) if len(branches) == 1 else ()
        return keys

    @cached_property
    def kind(self) -> str:
        """What the definition is called, empty where it has no name."""
        return self.keys[-1].rpartition("/")[2] if self.keys else ""

    @cached_property
    def leads_to(self) -> frozenset[str]:
        """The definitions that a value begins again with: its own, its items', those of its choice."""
        plain = as_mapping(self.schema)
        inner: list[Schema] = [plain, as_mapping(plain.get("items")), as_mapping(plain.get("additionalProperties"))]
        for keyword in ("allOf", "oneOf", "anyOf"):
            inner += schema_list(plain, keyword)
        return frozenset(key for key in map(reference_key, inner) if key is not None)

    @cached_property
    def tricky(self) -> bool:
        """Whether a value has to be checked when it is made."""
        if not TRICKY.isdisjoint(self.plain):
            return True
        return self.mapped or (bool(schema_list(self.plain, "anyOf")) and not self.choice)

    @cached_property
    def mapped(self) -> bool:
        """Whether its alternatives are only those that a discriminator names; it may rule them out itself."""
        return "discriminator" in self.plain and bool(self.choice) and not self.plain.keys() & {"oneOf", "anyOf"}

    @cached_property
    def open(self) -> bool:
        """Whether an object fits as soon as its members do and what is required is there."""
        if self.types != ("object",) or isinstance(self.plain.get("additionalProperties"), Mapping):
            return False
        return not (self.tricky or self.choice) and _WHOLE.isdisjoint(self.plain)

    @cached_property
    def plain_choice(self) -> bool:
        """Whether an object's members alone decide whether it fits, of this shape and of each of its alternatives."""
        branches = (self, *self.choice)
        return all(_LOOKING.isdisjoint(branch.plain) for branch in branches) and not any(
            branch.choice for branch in self.choice
        )

    @cached_property
    def choice(self) -> tuple[Shape, ...]:
        """The shapes of its alternatives."""
        return tuple(self._told(self.shapes.of(branch)) for branch in alternatives(self.plain, self.shapes.definitions))

    def _told(self, branch: Shape) -> Shape:
        """Return an alternative that is a text with what is said of the whole, where it says nothing itself."""
        said, plain = self.plain.get("description"), branch.plain
        if plain.get("type") != "string" or not isinstance(said, str) or branch.keys:
            return branch
        return branch if "description" in plain or "title" in plain else self.shapes.of({**plain, "description": said})

    @cached_property
    def types(self) -> tuple[str, ...]:
        """The types it allows, without `null`."""
        return types_of(self.plain)

    @cached_property
    def nullable(self) -> bool:
        """Whether it names null as a value, by any reading of the standard."""
        return nullable(self.plain, self.shapes.definitions) and self.takes_null

    @cached_property
    def takes_null(self) -> bool:
        """Whether null fits by any reading of the standard."""
        strict = self.schema
        if isinstance(strict, Mapping) and "type" not in strict:
            # `nullable` means nothing there (OpenAPI 3.0.3; proposal of 2019-10-31).
            strict = {name: value for name, value in strict.items() if name != "nullable"}
        return fits(None, strict, self.shapes.definitions, writing=False)

    @cached_property
    def listed(self) -> tuple[Any, ...]:
        """The values of its `enum`."""
        return tuple(value for value in values_of(self.plain, "enum") if is_json_value(value))

    @cached_property
    def text(self) -> TextPlan:
        """What it says of texts."""
        return TextPlan(self.plain)

    @cached_property
    def examples(self) -> tuple[Any, ...]:
        """The description's own examples, the first three, that fit and say something."""
        candidates = [self.plain["example"]] if "example" in self.plain else []
        candidates += values_of(self.plain, "examples")[:3]
        return tuple(candidate for candidate in candidates if self._says_something(candidate))

    def _says_something(self, example: Any) -> bool:
        if example is None or example in ("", {}, []) or is_placeholder(example) or not is_json_value(example):
            return False
        # Members that play no part in one direction are left out when it is shown.
        definitions = self.shapes.definitions
        return any(fits(example, self.schema, definitions, writing=writing) for writing in (False, True))

    @cached_property
    def required(self) -> frozenset[str]:
        """The names of members that have to be there."""
        return frozenset(names_of(self.plain, "required"))

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Its declared properties, in order; those that cannot be there are left out."""
        return tuple(
            member
            for name, schema in islice(schema_map(self.plain, "properties").items(), _MOST_MEMBERS)
            if not (member := Member(name, self.shapes.of(schema), name in self.required)).impossible
        )

    @cached_property
    def identity(self) -> Member | None:
        """The member that is the thing's own identifier, or `None`."""
        return next((member for member in self.members if member.name in _IDENTITIES and not member.inner), None)

    @cached_property
    def shown(self) -> dict[str, str | int]:
        """The examples of members that addresses may name: texts and integers that say something."""
        return {
            member.name: example
            for member in self.members
            for example in member.shape.examples[:1]
            if (isinstance(example, str) and len(example) > 2) or (isinstance(example, int) and example is not True)
        }

    @cached_property
    def addresses(self) -> dict[str, str]:
        """The examples of members that are addresses of more than a host."""
        shown = self.shown.items()
        return {
            name: text
            for name, text in shown
            if isinstance(text, str) and (text.startswith("/") or text.count("/") > 2) and " " not in text
        }

    @cached_property
    def items(self) -> Shape:
        """The shape of an array's items."""
        items = self.plain.get("items", True)
        return self.shapes.of(items if isinstance(items, Mapping | bool) else True)


class Member:
    """A property of an object."""

    __slots__ = ("inner", "name", "needed", "only_reading", "only_writing", "refers", "shape", "unlikely", "words")

    def __init__(self, name: str, shape: Shape, needed: bool) -> None:
        self.name = name
        self.shape = shape
        self.needed = needed
        self.words = frozenset(words_of(name))
        types = shape.types
        self.inner = not types or "object" in types or "array" in types
        # `customer_id` is a customer's identifier, `id` the thing's own; `customer` is one where it is described so.
        scalar = types in (("string",), ("integer",))
        self.refers = owner_of(name) if scalar and (is_identifier(name) or refers(shape.plain)) else ""
        self.unlikely = not UNLIKELY.isdisjoint(self.words) and types != ("boolean",)
        self.only_reading = shape.plain.get("readOnly") is True
        self.only_writing = shape.plain.get("writeOnly") is True

    def is_hidden(self, *, writing: bool) -> bool:
        """Say whether it plays no part in one direction; one that is both takes part in both, for want of better."""
        return (self.only_reading if writing else self.only_writing) and not (self.only_reading and self.only_writing)

    @property
    def impossible(self) -> bool:
        """Whether no value fits it."""
        return self.shape.plain.get("not") in ({}, True)


def without_hidden(value: Any, shape: Shape, *, writing: bool, depth: int = 20) -> Any:
    """Return an example without the members that play no part in one direction, however deep they are."""
    if depth <= 0 or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        return [without_hidden(item, shape.items, writing=writing, depth=depth - 1) for item in value]
    members = {member.name: member for branch in shape.choice[:8] for member in branch.members}
    members |= {member.name: member for member in shape.members}
    return {
        name: without_hidden(part, members[name].shape, writing=writing, depth=depth - 1) if name in members else part
        for name, part in value.items()
        if name not in members or not members[name].is_hidden(writing=writing)
    }
