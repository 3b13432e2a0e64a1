"""Changes of a JSON document: merge patches (RFC 7396), JSON Patch (RFC 6902), Kubernetes' strategic merge."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from playground.schema.mapping import same

_MOST_OPERATIONS = 1000
_MOST_COPIED = 100_000
"""Values that all `copy` operations of a patch may copy: a list that is copied into itself doubles each time."""
_DEPTH = 60
_INDEX = re.compile("0|[1-9][0-9]{0,8}")


class PatchError(ValueError):
    """A patch cannot be carried out; `place` is the JSON Pointer in the request's body, `str()` says why."""

    def __init__(self, place: str, words: str) -> None:
        super().__init__(words)
        self.place = place


class UnmetTestError(PatchError):
    """A `test` operation of a JSON Patch found something else."""


def merge_patch(target: Any, patch: Any, depth: int = _DEPTH) -> Any:
    """Return the target with a merge patch applied: null removes a member, objects merge, all else replaces."""
    if not isinstance(patch, Mapping) or depth <= 0:
        return patch
    merged = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value, depth - 1)
    return merged


def strategic_merge(target: Any, patch: Any, depth: int = _DEPTH) -> Any:
    """Return the target with a strategic merge patch: as a merge patch, but named objects in lists merge by `name`."""
    if depth <= 0:
        return patch
    if isinstance(patch, list) and isinstance(target, list) and _is_named(patch) and _is_named(target):
        return _merge_named(target, patch, depth)
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(target) if isinstance(target, Mapping) else {}
    if patch.get("$patch") == "replace":
        merged = {}
    for name, value in patch.items():
        if name.startswith("$"):
            continue
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = strategic_merge(merged.get(name), value, depth - 1)
    return merged


def _is_named(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(value, Mapping) and isinstance(value.get("name"), str) for value in values)


def _merge_named(target: list[Any], patch: list[Any], depth: int) -> list[Any]:
    by_name = {value["name"]: value for value in target}
    for value in patch:
        if value.get("$patch") == "delete":
            by_name.pop(value["name"], None)
        else:
            by_name[value["name"]] = strategic_merge(by_name.get(value["name"]), value, depth - 1)
    return list(by_name.values())


def json_patch(target: Any, operations: Any) -> Any:
    """Return the target with the operations of a JSON Patch carried out, all or none. Raises `PatchError`."""
    if not isinstance(operations, list):
        raise PatchError("body", "must be a list of operations")
    if len(operations) > _MOST_OPERATIONS:
        raise PatchError("body", f"has more than {_MOST_OPERATIONS} operations")
    document = copy.deepcopy(target)
    left = _MOST_COPIED
    for index, operation in enumerate(operations):
        place = f"body/{index}"
        if not isinstance(operation, Mapping):
            raise PatchError(place, "must be an object")
        if operation.get("op") == "copy":
            source = _get(document, _pointer(operation, "from", place), f"{place}/from")
            left = _left(source, left)
            if left < 0:
                raise PatchError(place, "copies too much")
        document = _carry_out(document, operation, place)
    return document


def _left(value: Any, left: int) -> int:
    """Return how much may be copied after a value, less than nothing if it is too much already."""
    waiting = [value]
    while waiting and left >= 0:
        part = waiting.pop()
        left -= 1
        if isinstance(part, Mapping):
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return left


def _carry_out(document: Any, operation: Mapping[str, Any], place: str) -> Any:
    kind = operation.get("op")
    path = _pointer(operation, "path", place)
    if kind in ("add", "replace", "test") and "value" not in operation:
        raise PatchError(f"{place}/value", "is required")
    if kind == "test":
        if not same(_get(document, path, f"{place}/path"), operation["value"]):
            raise UnmetTestError(f"{place}/value", "is not what stands there")
        return document
    if kind == "add":
        return _add(document, path, copy.deepcopy(operation["value"]), f"{place}/path")
    if kind == "remove":
        return _remove(document, path, f"{place}/path")[0]
    if kind == "replace":
        _get(document, path, f"{place}/path")
        if not path:
            return copy.deepcopy(operation["value"])
        without, _ = _remove(document, path, f"{place}/path")
        return _add(without, path, copy.deepcopy(operation["value"]), f"{place}/path")
    if kind in ("move", "copy"):
        source = _pointer(operation, "from", place)
        if kind == "copy":
            return _add(document, path, copy.deepcopy(_get(document, source, f"{place}/from")), f"{place}/path")
        if path[: len(source)] == source and len(path) > len(source):
            raise PatchError(f"{place}/path", "lies inside of what is moved")
        without, value = _remove(document, source, f"{place}/from")
        return _add(without, path, value, f"{place}/path")
    raise PatchError(f"{place}/op", "must be one of `add`, `remove`, `replace`, `move`, `copy`, `test`")


def _pointer(operation: Mapping[str, Any], name: str, place: str) -> list[str]:
    text = operation.get(name)
    if not isinstance(text, str) or (text and not text.startswith("/")):
        raise PatchError(f"{place}/{name}", "must be a JSON Pointer")
    return [step.replace("~1", "/").replace("~0", "~") for step in text.split("/")[1:]]


def _get(document: Any, path: list[str], place: str) -> Any:
    value = document
    for step in path:
        if isinstance(value, Mapping) and step in value:
            value = value[step]
        elif isinstance(value, list) and _INDEX.fullmatch(step) and int(step) < len(value):
            value = value[int(step)]
        else:
            raise PatchError(place, "leads to nothing")
    return value


def _add(document: Any, path: list[str], value: Any, place: str) -> Any:
    if not path:
        return value
    parent = _get(document, path[:-1], place)
    last = path[-1]
    if isinstance(parent, dict):
        parent[last] = value
    elif isinstance(parent, list) and (last == "-" or (_INDEX.fullmatch(last) and int(last) <= len(parent))):
        parent.insert(len(parent) if last == "-" else int(last), value)
    else:
        raise PatchError(place, "leads to nothing")
    return document


def _remove(document: Any, path: list[str], place: str) -> tuple[Any, Any]:
    value = _get(document, path, place)
    if not path:
        return None, value
    parent = _get(document, path[:-1], place)
    if isinstance(parent, list):
        del parent[int(path[-1])]
    else:
        del parent[path[-1]]
    return document, value
