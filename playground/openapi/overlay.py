"""An Overlay document (OAI, 1.0 and 1.1) read, and applied to a description. Pure.

https://spec.openapis.org/overlay/v1.1.0.html

Each action selects nodes by JSONPath (RFC 9535) in what the actions before it have left. How long an expression takes
is not bounded here: a stranger's overlay is applied in a process of its own.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playground.openapi.problems import DocumentError, kind_of, quoted

MOST_ACTIONS = 2_000
MOST_NODES = 200_000
"""Nodes that one action may select."""
MOST_COPIED = 5_000_000
"""Values that all actions together may put into a description."""
DEEPEST = 190
_VERSION = re.compile(r"1\.[01]\.\d+")
_MEMBERS = ("target", "description", "update", "remove", "copy")


class OverlayError(DocumentError):
    """The overlay cannot be used; `str()` names the action and says what is expected there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action: what it selects, and what it does with that; `has_update` tells an update with `null` from none."""

    number: int
    target: str
    update: Any = None
    has_update: bool = False
    remove: bool = False
    copy: str = ""

    @property
    def shown(self) -> str:
        """How sentences call it."""
        return f"action {self.number} ({_short(self.target)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A whole overlay; `extends` is the reference to the description that it is for, empty without one."""

    title: str
    actions: tuple[Action, ...]
    extends: str = ""


def is_overlay(document: object) -> bool:
    """Tell whether a document is an overlay rather than a description."""
    return isinstance(document, dict) and isinstance(document.get("overlay"), str) and "actions" in document


def read_overlay(document: Any) -> Overlay:
    """Read an overlay. Raises `OverlayError`, which names the member that is wrong."""
    if not isinstance(document, dict) or "overlay" not in document:
        raise OverlayError("This is no overlay: it begins with `overlay: 1.0.0`, `info` and `actions`.")
    version = document["overlay"]
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise OverlayError(f"overlay is {quoted(version)}: this version of Playground reads 1.0 and 1.1.")
    info = document.get("info")
    title = info.get("title") if isinstance(info, dict) else None
    if not isinstance(title, str) or not isinstance(info, dict) or not isinstance(info.get("version"), str):
        raise OverlayError("info needs a `title` and a `version`, both texts.")
    if not isinstance(info.get("description", ""), str):
        raise OverlayError("info: description is no text.")
    extends = document.get("extends", "")
    if not isinstance(extends, str):
        raise OverlayError("extends is no text: write the description's path or URL.")
    actions = document.get("actions")
    if not isinstance(actions, list) or not actions:
        raise OverlayError("actions is no list of actions: write at least one, with a `target`.")
    if len(actions) > MOST_ACTIONS:
        raise OverlayError(f"There are {len(actions)} actions; {MOST_ACTIONS} are read at most.")
    unknown = [key for key in document if key not in ("overlay", "info", "extends", "actions") and key[:2] != "x-"]
    if unknown:
        raise OverlayError(f"{quoted(unknown[0])} is no member of an overlay: it has overlay, info, extends, actions.")
    for at, action in enumerate(actions):
        if action in actions[:at]:
            raise OverlayError(f"action {at + 1} is action {actions.index(action) + 1} again: leave one of them out.")
    return Overlay(
        title=title, extends=extends, actions=tuple(_action(at, member) for at, member in enumerate(actions, 1))
    )


def _action(number: int, value: Any) -> Action:
    if not isinstance(value, dict):
        raise OverlayError(f"action {number} is {kind_of(value)}: write an object with `target`.")
    target, copied, remove = value.get("target"), value.get("copy", ""), value.get("remove", False)
    if not isinstance(target, str) or not target.startswith("$"):
        raise OverlayError(f"action {number} has no target: write a JSONPath that begins with $.")
    if not isinstance(remove, bool):
        raise OverlayError(f"action {number}: remove is {kind_of(remove)}: write true or false.")
    if not isinstance(copied, str) or (copied and not copied.startswith("$")):
        raise OverlayError(f"action {number}: copy is no JSONPath: write one that begins with $.")
    if not isinstance(value.get("description", ""), str):
        raise OverlayError(f"action {number}: description is no text.")
    unknown = [key for key in value if key not in _MEMBERS and not key.startswith("x-")]
    if unknown:
        raise OverlayError(f"action {number} has {quoted(unknown[0])}, which is none of {', '.join(_MEMBERS)}.")
    if copied and "update" in value and not remove:
        raise OverlayError(f"action {number} has both update and copy: write one of them.")
    return Action(
        number=number, target=target, update=value.get("update"), has_update="update" in value, remove=remove,
        copy=copied,
    )  # fmt: skip


@dataclass(slots=True)
class Applying:
    """Applies overlays to one document, which it changes; `notes` are sentences about actions that did nothing."""

    document: dict[str, Any]
    notes: list[str] = field(default_factory=list)
    _room: int = MOST_COPIED

    def apply(self, overlay: Overlay) -> None:
        """Apply every action in order. Raises `OverlayError`."""
        for action in overlay.actions:
            places = list(dict.fromkeys(tuple(place) for place, _ in self._select(action.target, action)))
            if not places:
                self.notes.append(f"{action.shown} matches nothing.")
            elif action.remove:
                self._remove(places, action)
            elif action.copy or action.has_update:
                self._update(places, self._value(action), action)
            else:
                self.notes.append(f"{action.shown} does nothing: it has no update, remove or copy.")

    def _select(self, path: str, action: Action) -> Iterator[tuple[tuple[str | int, ...], Any]]:
        # Not at the top: only who applies an overlay needs it, and it takes a while to load.
        from jsonpath_rfc9535 import JSONPathError, finditer

        try:
            for count, node in enumerate(finditer(path, self.document)):
                if count >= MOST_NODES:
                    raise OverlayError(f"{action.shown} selects more than {MOST_NODES} nodes: select fewer.")
                yield node.location, node.value
        except JSONPathError as error:
            reason = str(error).splitlines()[0][:200] if str(error) else "it breaks a rule of RFC 9535"
            raise OverlayError(f"{action.shown} cannot be read: {reason}.") from None
        except RecursionError:
            raise OverlayError(f"{action.shown} is nested too deeply.") from None

    def _value(self, action: Action) -> Any:
        if not action.copy:
            return action.update
        found = list(self._select(action.copy, action))
        if len(found) != 1:
            raise OverlayError(f"{action.shown}: copy selects {len(found)} nodes; it has to select one.")
        return copy.deepcopy(found[0][1])

    def _remove(self, places: list[tuple[str | int, ...]], action: Action) -> None:
        # The last of a list first, so that the others keep their places; what lies deeper before what holds it.
        for place in sorted(places, key=_position, reverse=True):
            if not place:
                raise OverlayError(f"{action.shown} removes the whole description.")
            parent = self._at(place[:-1])
            del parent[place[-1]]

    def _update(self, places: list[tuple[str | int, ...]], value: Any, action: Action) -> None:
        kinds = {_kind(self._at(place)) for place in places}
        if len(kinds) > 1:
            raise OverlayError(f"{action.shown} selects {' and '.join(sorted(kinds))}: select nodes of one kind.")
        size = _size(value)
        for place in places:
            self._room -= size
            if self._room < 0:
                raise OverlayError(f"{action.shown} makes the description too large: {MOST_COPIED} values at most.")
            self._put(place, value, action)

    def _put(self, place: tuple[str | int, ...], value: Any, action: Action) -> None:
        target = self._at(place)
        if isinstance(target, dict):
            if not isinstance(value, dict):
                raise OverlayError(f"{action.shown} updates an object with {kind_of(value)}: write an object.")
            _merge(target, value, action, len(place))
        elif isinstance(target, list):
            target.extend(copy.deepcopy(value) if isinstance(value, list) else [copy.deepcopy(value)])
        else:
            if isinstance(value, dict | list):
                raise OverlayError(f"{action.shown} updates {kind_of(target)} with {kind_of(value)}.")
            parent = self._at(place[:-1])
            parent[place[-1]] = value

    def _at(self, place: tuple[str | int, ...]) -> Any:
        value: Any = self.document
        for step in place:
            value = value[step]
        return value


def _merge(target: dict[str, Any], update: dict[str, Any], action: Action, depth: int) -> None:
    if depth > DEEPEST:
        raise OverlayError(f"{action.shown} nests values too deeply.")
    for key, value in update.items():
        if key not in target:
            target[key] = copy.deepcopy(value)
        elif isinstance(target[key], dict) and isinstance(value, dict):
            _merge(target[key], value, action, depth + 1)
        elif isinstance(target[key], list) and isinstance(value, list):
            target[key].extend(copy.deepcopy(value))
        elif isinstance(target[key], dict | list) or isinstance(value, dict | list):
            was, new = kind_of(target[key]), kind_of(value)
            raise OverlayError(f"{action.shown}: {quoted(key)} is {was} and cannot become {new}: remove it first.")
        else:
            target[key] = value


def _kind(value: Any) -> str:
    return "objects" if isinstance(value, dict) else "lists" if isinstance(value, list) else "plain values"


def _size(value: Any) -> int:
    count, waiting = 0, [value]
    while waiting and count <= MOST_COPIED:
        part = waiting.pop()
        count += 1
        if isinstance(part, dict):
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return count


def _position(place: tuple[str | int, ...]) -> tuple[tuple[bool, str, int], ...]:
    return tuple((isinstance(step, int), "" if isinstance(step, int) else step, step if isinstance(step, int) else 0)
                 for step in place)  # fmt: skip


def _short(path: str) -> str:
    line = " ".join(path.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
