"""Members that no property describes: of maps, of patterns, and those that others bring with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from playground.schema.mapping import as_mapping, count_of, schema_map, text_of
from playground.values.patterns import pattern_text
from playground.values.pools import METADATA, WORDS
from playground.values.scene import Scene, words_of
from playground.values.shapes import Shape

if TYPE_CHECKING:
    from playground.values.maker import Maker

_MOST = 30
_NOTES = frozenset(("metadata", "labels", "tags", "annotations", "attributes", "properties"))
_PAIRS = dict(METADATA)
_KEYS = (
    ("currenc", ("usd", "eur", "gbp")), ("locale", ("en", "de", "fr")), ("language", ("en", "de", "fr")),
    ("countr", ("US", "DE", "FR")),
)  # fmt: skip
"""What the names of a map's entries are by words of its own name and description."""


def add_more(
    maker: Maker, shape: Shape, made: dict[str, Any], name: str, scene: Scene, path: tuple[str, ...], levels: int
) -> None:
    """Add members that no property describes: two of a map, and as many as there have to be."""
    plain = shape.plain
    extra, patterns = plain.get("additionalProperties"), schema_map(plain, "patternProperties")
    least, most = count_of(plain, "minProperties") or 0, count_of(plain, "maxProperties")
    bare = not made and not shape.members and not maker.required_only
    if not bare and not least:
        return
    open_ = isinstance(extra, Mapping)
    usual = 2 if bare and (open_ or (extra is not False and _is_notes(name))) else 1 if bare and patterns else 0
    wanted = max(least - len(made), usual if levels > 0 else 0)
    wanted = min(wanted, _MOST if most is None else max(most - len(made), 0))
    if wanted <= 0 or (extra is False and not patterns) or levels <= -2 * 4:
        return
    for key in _names(maker, shape, patterns, name, made, wanted, scene):
        if patterns:
            inner = shape.shapes.of(next(iter(patterns.values())))
        elif isinstance(extra, Mapping):
            inner = shape.shapes.of(extra)
        else:
            inner = shape.variant("text", {"type": "string"})
        if key in _PAIRS and not patterns and maker.fits(_PAIRS[key], inner.schema):
            made[key] = _PAIRS[key]
        else:
            kind = Scene(maker.draw, scene.now, inner.kind or name)
            made[key] = maker.value(inner, key, kind, path, levels - 1, len(made))


def _is_notes(name: str) -> bool:
    return not _NOTES.isdisjoint(words_of(name))


def _names(
    maker: Maker, shape: Shape, patterns: Mapping[str, Any], name: str, made: Mapping[str, Any], wanted: int,
    scene: Scene,
) -> Iterator[str]:  # fmt: skip
    """Yield names that are allowed and not taken, at most as many as are wanted."""
    rules = as_mapping(shape.plain.get("propertyNames"))
    names = shape.variant("names", {"type": "string", **rules}) if rules else None
    about = f"{name} {text_of(shape.plain, 'description')[:400]}".lower()
    known = next((keys for word, keys in _KEYS if word in about), ())
    seen, given = set(made), 0
    for turn in range(wanted * 4):
        if given >= wanted:
            return
        if names is not None:
            key = str(maker.value(names, "key", Scene(maker.draw, scene.now), (), 1, turn))
        elif patterns:
            key = pattern_text(next(iter(patterns)), maker.draw) or maker.draw.pick(WORDS)
        elif turn < len(known):
            key = known[turn]
        elif turn < len(METADATA) and _is_notes(name):
            key = METADATA[turn][0]
        else:
            key = maker.draw.pick(WORDS)
        if key not in seen:
            seen.add(key)
            given += 1
            yield key


def add_dependent(
    maker: Maker, shape: Shape, made: dict[str, Any], scene: Scene, path: tuple[str, ...], levels: int
) -> None:
    """Add members that others bring with them (`dependentRequired`)."""
    rules = as_mapping(shape.plain.get("dependentRequired"))
    declared = schema_map(shape.plain, "properties")
    for _ in range(min(len(rules), _MOST)):
        missing = [
            other
            for name, wanted in rules.items()
            if name in made and isinstance(wanted, list | tuple)
            for other in wanted
            if isinstance(other, str) and other not in made
        ]
        if not missing:
            return
        for name in missing[:_MOST]:
            inner = shape.shapes.of(declared[name]) if name in declared else shape.variant("text", {"type": "string"})
            made[name] = maker.value(inner, name, scene, path, levels - 1, 0)
