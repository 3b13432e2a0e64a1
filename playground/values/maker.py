"""The walk over a schema's shape that makes one value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.jsontext import dumps
from playground.mediatypes import is_json
from playground.schema.mapping import count_of, identity, names_of, schema_list, schema_map, text_of
from playground.values.agree import agree
from playground.values.draw import Draw
from playground.values.edges import conditional, demands, edges
from playground.values.fit import fits
from playground.values.identifiers import identifier, is_known_pair, is_reference
from playground.values.maps import add_dependent, add_more
from playground.values.numbers import number
from playground.values.scene import Scene, noun_of, singular, word_set, words_of
from playground.values.shapes import Member, Shape, without_hidden
from playground.values.strings import is_old, is_placeholder, text_for

LEVELS = 4
"""Levels of optional members that are objects or lists; of what is required there are as many again."""
_NODES = 500
"""Values of one answer before only what is required is made."""
_MOST_NODES = 6000
"""Values beyond those before not even that is made."""
_TURNS = 8
"""How often a value is made anew where its schema rules some of them out."""
_MOST_ITEMS = 30
_INNER = {LEVELS: 12, LEVELS - 1: 6, LEVELS - 2: 2}
"""How many optional members that are objects or lists themselves an object has, by its level; below it has none."""
_FIRST_STATES = ("active", "open", "enabled", "available", "created", "new", "running", "ready", "ok", "success",
                 "published", "confirmed", "online", "pending", "draft", "queued")  # fmt: skip
_PARTS = word_set(
    "address shipping billing details profile contact location place attributes properties data identity "
    "recipient phone name geo personal info information"
)
_FALSE = word_set(
    "deleted archived disabled draft private livemode locked blocked banned suspended fork closed failed error "
    "hidden test cancelled canceled expired refunded disputed template truncated anonymous maintenance admin "
    "delinquent"
)
_FALSE_BY_DEFAULT = re.compile(r"\bdefault(?:s to|s| to| is|ed to|:| value is)? [`'\"“]?false", re.IGNORECASE)
_NOTHING: Any = object()


_WARNINGS = (("warnings",), ("warning",), ("deprecations",))
"""Lists in which an answer to what went well has nothing."""


class Maker:
    """Makes one value; `nodes` counts down over the whole of it."""

    def __init__(
        self, draw: Draw, definitions: Definitions, *, writing: bool, required_only: bool, examples: bool,
        known: Callable[[str], Any] | None,
    ) -> None:  # fmt: skip
        self.draw = draw
        self.definitions = definitions
        self.writing = writing
        self.required_only = required_only
        self.examples = examples
        self.known = known
        self.nodes = _NODES

    def value(self, shape: Shape, name: str, scene: Scene, path: tuple[str, ...], levels: int, index: int) -> Any:
        """Return a value. `path` are the definitions it is inside of, `index` its place where it is a list's item."""
        self.nodes -= 1
        plain = shape.plain
        if "const" in plain:
            return plain["const"]
        if "default" in plain and plain["default"] is None and shape.nullable and not self.writing:
            return None
        if shape.examples and self.examples and not index:
            given = self._given(shape, scene)
            if given is not _NOTHING:
                return given
        below = (*path, *shape.keys) if shape.keys else path
        if not shape.tricky or levels <= -LEVELS:
            return self._made(shape, name, scene, below, levels, index, 0)
        first = _NOTHING
        for turn in range(_TURNS):
            made = self._made(shape, name, scene, below, levels, index, turn)
            if self.fits(made, shape.schema):
                return made
            first = made if first is _NOTHING else first
        return next((edge for edge in edges(shape) if self.fits(edge, shape.schema)), first)

    def fits(self, value: Any, schema: Schema) -> bool:
        """Say whether a value fits."""
        return fits(value, schema, self.definitions, writing=self.writing)

    def _given(self, shape: Shape, scene: Scene) -> Any:
        """Return the first example of the description, unless it is a date of long ago; `_NOTHING` if there is none."""
        for example in shape.examples:
            if isinstance(example, str):
                if not is_old(example, scene.now):
                    return example
            elif isinstance(example, dict | list):
                shown = without_hidden(example, shape, writing=self.writing)
                if shown not in ({}, []):
                    return shown
            else:
                return example
        return _NOTHING

    def _made(
        self, shape: Shape, name: str, scene: Scene, path: tuple[str, ...], levels: int, index: int, turn: int
    ) -> Any:
        if shape.listed:
            return _chosen(shape.listed, name, index + turn)
        if "if" in shape.plain:
            shape = conditional(shape, turn)
        if shape.choice and levels > -2 * LEVELS and not (shape.mapped and turn >= _TURNS - 2):
            return self._chosen_branch(shape, name, scene, path, levels, index, turn)
        if "oneOf" in shape.plain or "anyOf" in shape.plain:
            shape = demands(shape, turn)
        kind = shape.types[0] if shape.types else ""
        if kind == "object":
            return self._object(shape, name, scene, path, levels, index, turn)
        if kind == "array":
            return self._array(shape, name, scene, path, levels)
        if kind in ("integer", "number"):
            return self._number(shape, name, scene, whole=kind == "integer")
        if kind == "boolean":
            return _boolean(shape, name, index + turn)
        if kind == "string":
            return self._text(shape, name, scene, levels)
        if shape.nullable:
            return None
        return {} if shape.plain.get("type") == "object" else self._text(shape, name, scene, levels)

    def _chosen_branch(
        self, shape: Shape, name: str, scene: Scene, path: tuple[str, ...], levels: int, index: int, turn: int
    ) -> Any:
        usable = [branch for branch in shape.choice if path == () or branch.leads_to.isdisjoint(path)] or shape.choice
        branch = usable[(index + turn) % len(usable)]
        if not self.writing and not turn and levels < LEVELS:
            # What may be an identifier or the whole thing is the identifier, as servers answer unless asked for more.
            text = next((field for field in shape.choice if field.types == ("string",)), None)
            whole = next((field for field in shape.choice if field.types == ("object",)), None)
            if (
                text is not None
                and whole is not None
                and not text.listed
                and not text.plain.keys() & {"format", "pattern"}
            ):
                known = self._known(whole.kind or name, scene)
                if isinstance(known, str) and self.fits(known, text.schema):
                    return known
                made = identifier(text.plain, name, whole.kind or name, self.draw)
                if whole.kind and self.fits(made, text.schema):
                    return made
                branch = text
        if branch.kind and branch.kind != scene.kind:
            scene = Scene(self.draw, scene.now, branch.kind, scene)
        return self.value(branch, name, scene, path, levels, index)

    # Objects

    def _object(
        self, shape: Shape, name: str, scene: Scene, path: tuple[str, ...], levels: int, index: int, turn: int
    ) -> dict[str, Any]:
        made: dict[str, Any] = {}
        plain = shape.plain
        if not scene.beside:
            scene.beside = {member.name for member in shape.members}
        most = count_of(plain, "maxProperties")
        spare = None if most is None else max(most - len(shape.required), 0)
        bare = self.required_only or turn >= _TURNS - 2
        identity = self._identity(shape, scene, path, levels, index)
        inner_left = _INNER.get(levels, 0) if not self.writing else 40 if levels > 1 else 0
        for member in shape.members:
            if member.is_hidden(writing=self.writing):
                continue
            if levels <= -LEVELS or self.nodes <= -_MOST_NODES:
                break
            if not member.needed:
                if bare or spare == 0 or (member.inner and inner_left <= 0) or not self._usual(member, path, levels):
                    continue
                inner_left -= member.inner
                spare = None if spare is None else spare - 1
            if member is identity:
                made[member.name] = scene.identity
            else:
                made[member.name] = self._member(member, scene, path, levels, index)
        if not made and shape.members and not bare and spare != 0 and levels > 0:
            self._add_one(shape, made, scene, path, levels, index)
        if len(shape.members) < len(shape.required) or not shape.required <= made.keys():
            self._add_undeclared(shape, made, scene, path, levels)
        add_more(self, shape, made, name, scene, path, levels)
        if "dependentRequired" in plain:
            add_dependent(self, shape, made, scene, path, levels)
        agree(shape, made)
        return made

    def _add_one(
        self, shape: Shape, made: dict[str, Any], scene: Scene, path: tuple[str, ...], levels: int, index: int
    ) -> None:
        """Add the first member that is no thing of its own: an answer whose members are all unlikely says something."""
        simple = (field for field in shape.members if not field.inner and not field.is_hidden(writing=self.writing))
        member = next((field for field in simple if field.shape.plain.get("deprecated") is not True), None)
        if member is not None and not (member.shape.nullable and member.unlikely):
            made[member.name] = self._member(member, scene, path, levels, index)

    def _identity(self, shape: Shape, scene: Scene, path: tuple[str, ...], levels: int, index: int) -> Member | None:
        """Draw the thing's own identifier before anything that may refer to it; return the member it belongs to."""
        member = shape.identity
        if member is None or member.is_hidden(writing=self.writing):
            return None
        scene.identity = self.value(member.shape, member.name, scene, path, levels - 1, index)
        return member

    def _add_undeclared(
        self, shape: Shape, made: dict[str, Any], scene: Scene, path: tuple[str, ...], levels: int
    ) -> None:
        """Add what is required and not declared; a schema may say so in another of its parts."""
        if shape.plain.get("additionalProperties") is False or levels <= -LEVELS:
            return
        declared = schema_map(shape.plain, "properties")
        extra = shape.plain.get("additionalProperties")
        for missing in names_of(shape.plain, "required"):
            if missing not in made and missing not in declared:
                inner = (
                    shape.shapes.of(extra) if isinstance(extra, Mapping) else shape.variant("text", {"type": "string"})
                )
                made[missing] = self.value(inner, missing, scene, path, levels - 1, 0)

    def _usual(self, member: Member, path: tuple[str, ...], levels: int) -> bool:
        """Say whether a real server would send this optional member."""
        shape = member.shape
        if self.nodes <= 0 or levels <= 0 or shape.plain.get("deprecated") is True:
            return False
        if path and not shape.leads_to.isdisjoint(path):
            return not self.writing and shape.nullable
        return self.writing or not member.unlikely or shape.nullable

    def _member(self, member: Member, scene: Scene, path: tuple[str, ...], levels: int, index: int) -> Any:
        shape, name = member.shape, member.name
        recurs = bool(path) and not shape.leads_to.isdisjoint(path)
        if not self.writing and (member.unlikely or recurs) and shape.nullable and not shape.listed:
            return None
        inner = scene
        if member.inner and not shape.choice:
            kind = shape.kind or name
            inner = Scene(self.draw, scene.now, kind, scene) if member.words.isdisjoint(_PARTS) else scene.part(kind)
        elif not shape.choice and (reference := self._foreign(member, scene)) is not None:
            return reference
        return self.value(shape, name, inner, path, levels - 1, index)

    def _foreign(self, member: Member, scene: Scene) -> Any:
        """Return the identifier of a thing that exists, for a member that refers to one."""
        shape = member.shape
        if not member.refers or shape.listed or (self.known is None and scene.outer is None):
            return None
        found = self._known(member.refers, scene)
        if found is None or isinstance(found, bool) or not isinstance(found, str | int):
            return None
        return found if self.fits(found, shape.schema) else None

    def _known(self, kind: str, scene: Scene) -> Any:
        """Return the identifier of what this is a part of, or of a thing that the caller knows, or `None`."""
        found = scene.refer(noun_of(kind))
        return self.known(kind) if found is None and self.known is not None else found

    # Lists

    def _array(self, shape: Shape, name: str, scene: Scene, path: tuple[str, ...], levels: int) -> list[Any]:
        plain = shape.plain
        least, most = count_of(plain, "minItems") or 0, count_of(plain, "maxItems")
        first = [shape.shapes.of(item) for item in schema_list(plain, "prefixItems")]
        usual = 2 + self.draw.below(2) if levels >= LEVELS - 1 else 2 if levels >= LEVELS - 2 else 1
        if plain.get("items") is False or (path and not shape.items.leads_to.isdisjoint(path)):
            usual = 0
        words = words_of(name)
        if words[-1:] in _WARNINGS and not self.writing:
            usual = 0
        wanted = max(least, len(first) or usual)
        if levels <= 0 or self.nodes <= 0:
            wanted = max(least, int(self.writing and usual > 0)) if levels > -LEVELS else 0
        wanted = wanted if most is None else min(wanted, most)
        # An item of the answer's main list is as much worth as the answer of one alone.
        inner_list = "array" in shape.items.types
        each = singular(words[-1]) if words else name
        below = levels - 1 if levels <= 2 or inner_list else levels
        made: list[Any] = []
        seen: set[Any] = set()
        for index in range(wanted):
            if made and self.nodes <= -_MOST_NODES:
                break  # as many are asked for as no answer can hold
            inner = first[index] if index < len(first) else shape.items
            turns = _TURNS if index < _MOST_ITEMS else 2
            for turn in range(turns):
                at = Scene(self.draw, scene.now, inner.kind or each, scene)
                item = self.value(inner, each, at, path, below, index + turn)
                if turn == turns - 1 and isinstance(item, str) and identity(item) in seen:
                    item = self._numbered(item, index, inner)
                key = identity(item)
                if key not in seen or index < len(first):
                    seen.add(key)
                    made.append(item)
                    break
                if turn == turns - 1 and len(made) < least and plain.get("uniqueItems") is not True:
                    made.append(item)
        if "contains" in plain:
            self._contain(shape, made, each, scene, path, levels)
        return made

    def _numbered(self, text: str, index: int, shape: Shape) -> str:
        """Return a text that no other item of a list is: there are fewer words than a list may have to hold."""
        other = f"{text}-{index}"
        return other if self.fits(other, shape.schema) else text

    def _contain(
        self, shape: Shape, made: list[Any], name: str, scene: Scene, path: tuple[str, ...], levels: int
    ) -> None:
        """Put items into a list that it has to contain, in the place of its last ones where it is full."""
        plain = shape.plain
        wanted, most = count_of(plain, "minContains"), count_of(plain, "maxItems")
        inner = plain["contains"] if isinstance(plain["contains"], Mapping | bool) else True
        both = shape.variant("contains", {"allOf": [shape.items.schema, inner]})
        count = sum(self.fits(item, inner) for item in made)
        for index in range(count, 1 if wanted is None else wanted):
            if index >= _MOST_ITEMS and self.nodes <= -_MOST_NODES:
                break
            item = self.value(both, name, Scene(self.draw, scene.now, scene.kind), path, levels - 1, index)
            if most is not None and len(made) >= most and made:
                made[-1 - index + count] = item
            else:
                made.append(item)

    # Scalars

    def _number(self, shape: Shape, name: str, scene: Scene, *, whole: bool) -> int | float:
        made = number(shape.plain, name, scene, whole=whole)
        return int(made) if isinstance(made, float) and made.is_integer() and whole else made

    def _text(self, shape: Shape, name: str, scene: Scene, levels: int) -> str:
        default = shape.plain.get("default") if self.writing else None
        if isinstance(default, str) and default and not is_placeholder(default) and self.fits(default, shape.schema):
            return default
        if is_reference(name) and not (shape.text.examples or shape.text.prefix or shape.text.pattern):
            own = shape.shapes.identifier_of(name)
            own = {} if own is None and is_known_pair(name) else own
            made = "" if own is None else identifier(own, name, name, self.draw)
            if made and self.fits(made, shape.schema):
                return made
        if is_json(shape.text.media) and not shape.text.encoding:
            return self._json(shape, name, scene, levels)
        return text_for(shape.text, name, scene)

    def _json(self, shape: Shape, name: str, scene: Scene, levels: int) -> str:
        """Return the JSON that a text holds (`contentSchema`)."""
        held = shape.plain.get("contentSchema")
        if not isinstance(held, Mapping) or levels <= -LEVELS or self.nodes <= -_MOST_NODES:
            return "{}"
        return dumps(self.value(shape.variant("contentSchema", held), name, scene, (), levels - 1, 0))


def _boolean(shape: Shape, name: str, index: int) -> bool:
    default = shape.plain.get("default")
    words = words_of(name)
    if _FALSE_BY_DEFAULT.search(text_of(shape.plain, "description")[-300:]):
        return False
    usual = default if isinstance(default, bool) else _FALSE.isdisjoint(words)
    return usual if index % 2 == 0 or not _FALSE.isdisjoint(words) else not usual


def _chosen(listed: tuple[Any, ...], name: str, turn: int) -> Any:
    """Return one of the listed values: the one a thing begins with first, then each in its turn."""
    usable = [value for value in listed if value is not None and value not in ("", "string")]
    usable = usable or [value for value in listed if value is not None] or list(listed)
    words = words_of(name)
    if words and words[-1] in ("status", "state") and len(usable) > 1:
        first = next((state for state in _FIRST_STATES if state in usable), None)
        if first is not None:
            usable = [first, *(value for value in usable if value != first)]
    return usable[turn % len(usable)]
