"""The shape of an answer, apart from any language: read from a schema, else inferred from values as they came."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from playground.catalog.model import Definitions, Schema
from playground.schema.flatten import flatten, is_null, reference_key
from playground.schema.keywords.arrays import item_schema
from playground.schema.mapping import as_mapping, names_of, schema_map, text_of, values_of
from playground.schema.types import branches_of, is_hidden, names_null, types_of

MOST_OBJECTS = 80
"""Named types at most; what lies behind them is any value."""

_MOST_LITERALS = 40
_MOST_ITEMS = 2_000
_DEEPEST = 30

Kind: TypeAlias = Literal["any", "null", "bool", "int", "float", "str", "list", "map", "object", "union"]


@dataclass(frozen=True, slots=True)
class Shape:
    """One type: a scalar, a `list` or `map` of `inner[0]`, the object of that `name`, or a `union` of `inner`.

    `literals` are the only texts allowed.
    """

    kind: Kind
    inner: tuple[Shape, ...] = ()
    name: str = ""
    literals: tuple[str, ...] = ()


ANY: Final = Shape("any")
NULL: Final = Shape("null")


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an object: its name as in JSON, its type, whether it may be missing, what it is for."""

    name: str
    shape: Shape
    optional: bool = False
    text: str = ""


@dataclass(slots=True)
class Shapes:
    """The type of a whole answer, and the objects in it by name, in the order they are first met."""

    root: Shape = field(default=ANY)
    objects: dict[str, tuple[Member, ...]] = field(default_factory=dict)


_SCALARS: Mapping[str, Kind] = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


def type_name(text: str) -> str:
    """Return a text as a type's name: `checkout.session` is `CheckoutSession`."""
    words = re.findall(r"[A-Za-z0-9]+", text)
    name = "".join(word[:1].upper() + word[1:] for word in words) or "Answer"
    return f"T{name}" if name[0].isdigit() else name


def union(shapes: Iterable[Shape]) -> Shape:
    """Return a type that is one of several, each once; an integer beside a number is a number."""
    found: dict[Shape, None] = {}
    for shape in shapes:
        for member in shape.inner if shape.kind == "union" else (shape,):
            found[member] = None
    kinds = {shape.kind for shape in found}
    if "any" in kinds or not found:
        return ANY
    kept = [shape for shape in found if not (shape.kind == "int" and "float" in kinds)]
    texts = [shape for shape in kept if shape.kind == "str"]
    if len(texts) > 1:
        literals = tuple(dict.fromkeys(text for shape in texts for text in shape.literals))
        whole = Shape("str", literals=literals if all(shape.literals for shape in texts) else ())
        kept = [shape for shape in kept if shape.kind != "str"] + [whole]
    return kept[0] if len(kept) == 1 else Shape("union", tuple(kept))


_RESERVED = frozenset(
    (
        "Any", "Array", "BaseModel", "Boolean", "Date", "Error", "False", "Field", "Function", "Literal", "Map", "None",
        "NotRequired", "Number", "Object", "Record", "RootModel", "String", "Symbol", "True", "TypeAlias", "TypedDict",
    )
)  # fmt: skip
"""Names that one of the languages means something else by."""


class _Names:
    def __init__(self) -> None:
        self.taken: set[str] = set()

    def take(self, wanted: str) -> str:
        base = type_name(wanted)[:60]
        name, number = base, 2
        while name in self.taken or name in _RESERVED:
            name, number = f"{base}{number}", number + 1
        self.taken.add(name)
        return name


def from_schema(schema: Schema, definitions: Definitions, name: str) -> Shapes:
    """Return the shape that a schema describes; named definitions keep their names."""
    return _Reading(definitions).read(schema, name)


class _Reading:
    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._names = _Names()
        self._by_key: dict[str, str] = {}
        self._waiting: deque[tuple[str, Mapping[str, Any]]] = deque()
        self._shapes = Shapes()

    def read(self, schema: Schema, name: str) -> Shapes:
        self._shapes.root = self._shape(schema, name, 0)
        while self._waiting:
            own, plain = self._waiting.popleft()
            self._shapes.objects[own] = self._members(own, plain)
        return self._shapes

    def _shape(self, schema: Schema, name: str, depth: int) -> Shape:
        key = reference_key(schema)
        plain = flatten(schema, self._definitions)
        nullable = names_null(plain, self._definitions)
        shape = ANY if depth > _DEEPEST else self._plain(plain, key, name, depth)
        return union((shape, NULL)) if nullable and shape != ANY else shape

    def _plain(self, plain: Mapping[str, Any], key: str | None, name: str, depth: int) -> Shape:
        branches = [
            branch for branch in branches_of(plain, self._definitions) if not is_null(branch, self._definitions)
        ]
        if branches:
            return union(self._shape(_named(branch), name, depth + 1) for branch in branches)
        listed = (plain["const"],) if "const" in plain else values_of(plain, "enum")
        texts = tuple(value for value in listed if isinstance(value, str))
        if texts and len(texts) == len([value for value in listed if value is not None]):
            return Shape("str", literals=texts if len(texts) <= _MOST_LITERALS else ())
        types = types_of(plain)
        return union(self._of_type(kind, plain, key, name, depth) for kind in types) if types else ANY

    def _of_type(self, kind: str, plain: Mapping[str, Any], key: str | None, name: str, depth: int) -> Shape:
        if kind == "array":
            return Shape("list", (self._shape(item_schema(plain, 0), _singular(name), depth + 1),))
        if kind != "object":
            return Shape(_SCALARS.get(kind, "any"))
        if schema_map(plain, "properties"):
            return self._object(plain, key, name)
        extra = plain.get("additionalProperties", True)
        inner = self._shape(extra, _singular(name), depth + 1) if isinstance(extra, Mapping) else ANY
        return Shape("map", (inner,))

    def _object(self, plain: Mapping[str, Any], key: str | None, name: str) -> Shape:
        if key is not None and key in self._by_key:
            return Shape("object", name=self._by_key[key])
        if len(self._names.taken) >= MOST_OBJECTS:
            return Shape("map", (ANY,))
        own = self._names.take(key.rsplit("/", 1)[-1] if key is not None else name)
        if key is not None:
            self._by_key[key] = own
        self._waiting.append((own, plain))
        return Shape("object", name=own)

    def _members(self, own: str, plain: Mapping[str, Any]) -> tuple[Member, ...]:
        required = names_of(plain, "required")
        members = []
        for name, schema in schema_map(plain, "properties").items():
            flat = flatten(schema, self._definitions)
            if is_hidden(flat, writing=False):
                continue
            text = " ".join(text_of(flat, "description").split())
            members.append(Member(name, self._shape(schema, f"{own} {name}", 0), name not in required, text))
        return tuple(members)


def _named(branch: Schema) -> Schema:
    """Return the reference that a branch is, where it is only read beside what else holds."""
    parts = as_mapping(branch).get("allOf")
    references = [part for part in parts if reference_key(part) is not None] if isinstance(parts, list) else []
    return references[0] if len(references) == 1 else branch


def _singular(name: str) -> str:
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else f"{name} item"


def from_value(value: Any, name: str) -> Shapes:
    """Return the shape that a value has; elements of one list share their type."""
    shapes, names = Shapes(), _Names()
    shapes.root = _infer([value], name, shapes, names, 0)
    return shapes


def _infer(values: list[Any], name: str, shapes: Shapes, names: _Names, depth: int) -> Shape:
    if depth > _DEEPEST:
        return ANY
    found = [_scalar(value) for value in values if not isinstance(value, Mapping | list)]
    objects = [value for value in values if isinstance(value, Mapping)]
    lists = [value for value in values if isinstance(value, list)]
    if lists:
        items = [item for listed in lists for item in listed[:_MOST_ITEMS]][:_MOST_ITEMS]
        found.append(Shape("list", (_infer(items, _singular(name), shapes, names, depth + 1) if items else ANY,)))
    if objects and len(names.taken) < MOST_OBJECTS:
        own = names.take(name)
        shapes.objects[own] = ()
        keys = dict.fromkeys(key for value in objects for key in value)
        shapes.objects[own] = tuple(
            Member(
                key,
                _infer([value[key] for value in objects if key in value], f"{own} {key}", shapes, names, depth + 1),
                any(key not in value for value in objects),
            )
            for key in keys
        )
        found.append(Shape("object", name=own))
    elif objects:
        found.append(Shape("map", (ANY,)))
    return union(found)


def _scalar(value: Any) -> Shape:
    if value is None:
        return NULL
    if isinstance(value, bool):
        return Shape("bool")
    if isinstance(value, int):
        return Shape("int")
    return Shape("float") if isinstance(value, float) else Shape("str")
