"""An edit of one path item, found by comparing two states of a JSON text: only that item is checked and compiled again.

That all else is as it was is proven, not assumed: the bytes around the item's text are the same, what it held has the
mark that the catalogue's outline knows (outline.py), and the document has at its path what the text holds now.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import orjson

from playground.catalog.model import Operation, Provider
from playground.openapi.compile import Compilation, CompileOptions
from playground.openapi.operations import UniqueNames
from playground.openapi.outline import TO_PATHS, is_bare, item_mark, odd_places, with_mark
from playground.openapi.parse import JSON_START, ignore_number, is_within_limits
from playground.openapi.problems import DEFAULT_LIMITS, Limits
from playground.openapi.update import DYNAMIC, Kept, Known, Update, described_operations, places_of

_KEY = re.compile(rb'("/(?:[^"\\]|\\.)*")\s*:\s*(?=\{)')
_MOST_STRINGS, _MOST_KEYS = 20_000, 20
"""How many strings that begin like paths, and keys among them, are looked at: an item may hold any number."""
_WIDEST_BREAK = 100
_SLICES = (65_536, 1_048_576, None)
"""Of so many bytes the end of a value is looked for, of all at last."""
_ITEM_DEPTH = 2
"""How many objects are around a path item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """The path whose item is another, its text before and now (as orjson writes it), and the item itself.

    So many bytes at the beginning (`start`) and at the end (`end`) of both texts are the same.
    """

    path: str
    before: bytes
    now: bytes
    item: dict[str, Any]
    earlier_item: dict[str, Any]
    start: int
    end: int


def find_edit(before: bytes, now: bytes, limits: Limits = DEFAULT_LIMITS) -> Edit | None:
    """Return the one path item that differs between a document that was read before and a text now.

    The text is valid then, within the limits, and no key of the item stands twice in one object. `None` says that it
    is to be read as any other: it may be anything.
    """
    if len(now) > min(limits.size, limits.string, 2 * limits.nodes):
        return None
    if before == now or JSON_START.match(before) is None or JSON_START.match(now) is None:
        return None
    start, end = _same(before, now)
    for key in islice(_keys_before(now, start), _MOST_KEYS):
        finish = _end_of_object(now, key.end())
        if finish is None or finish < len(now) - end:
            continue  # an object in the item, or a text in it
        text = now[key.end() : finish]
        try:
            path, item = orjson.loads(key[1]), orjson.loads(text)
            earlier = orjson.loads(before[key.end() : finish - len(now) + len(before)])
        except orjson.JSONDecodeError:
            return None
        if not is_within_limits(text, item, replace(limits, depth=limits.depth - _ITEM_DEPTH)):
            return None
        return Edit(
            path=path, before=orjson.dumps(earlier), now=orjson.dumps(item), item=item, earlier_item=earlier,
            start=start, end=end,
        )  # fmt: skip
    return None


def _same(before: bytes, now: bytes) -> tuple[int, int]:
    """Return how many bytes at the beginning and at the end of both texts are the same; the two do not overlap."""
    shorter = min(len(before), len(now))
    low, high = 0, shorter
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if before[low:middle] == now[low:middle] else (low, middle - 1)
    start = low
    low, high = 0, shorter - start
    while low < high:
        middle = (low + high + 1) // 2
        same = before[len(before) - middle : len(before) - low] == now[len(now) - middle : len(now) - low]
        low, high = (middle, high) if same else (low, middle - 1)
    return start, low


def _keys_before(text: bytes, end: int) -> Iterator[re.Match[bytes]]:
    """Yield the keys that may be paths and whose values begin before a place, the nearest first."""
    at = end
    for _ in range(_MOST_STRINGS):
        at = text.rfind(b'"/', 0, at)
        if at < 0:
            return
        # A member begins so. In a string a quotation mark follows a backslash, and none ends a string before a path.
        if text[max(0, at - _WIDEST_BREAK) : at].rstrip()[-1:] in (b"{", b","):
            key = _KEY.match(text, at)
            if key is not None and key.end() < end:
                yield key


def _end_of_object(text: bytes, start: int) -> int | None:
    """Return where the object ends that begins at `start`, `None` if it is none."""
    for size in _SLICES:
        piece = text[start : None if size is None else start + size]
        try:
            decoded = piece.decode("utf-8", "strict" if size is None else "ignore")
            _, end = json.JSONDecoder(parse_int=ignore_number, parse_float=ignore_number).raw_decode(decoded)
        except (ValueError, RecursionError):
            continue  # cut off, or no JSON
        return start + (end if piece.isascii() else len(decoded[:end].encode()))
    return None


def compile_edit(
    document: Mapping[str, Any], edit: Edit, known: Known, options: CompileOptions, provider: Provider
) -> Update | None:
    """Return what differs from the catalogue's state after an edit, or `None` if more is to be looked at.

    `document` is read from the text now, `provider` is the catalogue's: nothing that it tells has changed.
    """
    before = known.outline
    outline = with_mark(before, item_mark(edit.path, edit.before), item_mark(edit.path, edit.now))
    if (
        outline is None
        or before.whole
        or before.repeated
        or before.linked
        or TO_PATHS in edit.now
        or DYNAMIC in edit.now
    ):
        return None
    paths = document.get("paths")
    if not isinstance(paths, dict) or orjson.dumps(paths.get(edit.path)) != edit.now:
        return None
    compilation = Compilation(document, options, named=False)
    try:
        reader = compilation.reader
        described = list(described_operations(compilation, document, {edit.path: edit.item}, UniqueNames()))
        earlier = list(described_operations(compilation, document, {edit.path: edit.earlier_item}, UniqueNames()))
        of_path = [(method, name) for (method, path), (name, _, _) in known.operations.items() if path == edit.path]
        # The names and tags of all others hang on these.
        if described != earlier or of_path != [(operation.method, operation.name) for operation in described]:
            return None
        places = places_of(known)
        reader.schemas.expect(places, ())
        place = ((None, "paths"), edit.path)
        compiled = {
            operation.method: operation for operation in compilation.operations.read_path(edit.path, edit.item, place)
        }
        definitions = dict(reader.schemas.finish())
        if reader.schemas.uses_names or any(is_bare(schema) for schema in definitions.values()):
            return None
        tags = {operation.method: operation.tags for operation in described}
        operations: list[Operation | Kept] = []
        for (method, path), (name, tag, hidden) in known.operations.items():
            first = (tag,) if tag else ()
            if path != edit.path:
                operations.append(Kept(method=method, path=path, name=name, operation_id="", tags=first, hidden=hidden))
            elif (operation := compiled.pop(method, None)) is not None and operation.hidden == hidden:
                # One without tags has that of its group, which the paths decide.
                operations.append(replace(operation, name=name, tags=tags[method] or first))
            else:
                return None
        if compiled:
            return None
        new = {key: tokens for key, tokens in reader.schemas.places().items() if key not in places}
        return Update(
            provider=provider,
            operations=tuple(operations),
            definitions=definitions,
            webhooks=None,
            outline=replace(
                outline,
                places={**before.places, **odd_places(new, before.family)},
                broken=before.broken or reader.references.broken,
            ),
            problems=reader.problems.listed(),
            same_names=True,
        )
    finally:
        compilation.reader.forget()
