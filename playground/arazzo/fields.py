"""The fields of Arazzo's objects, read with their places; whatever is of another kind is refused in one sentence."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from playground.arazzo.document import LONGEST_NAME, MOST_LISTED, ArazzoError
from playground.text.visible import reveal
from playground.text.wording import say

Item = TypeVar("Item")

_EXTENSION = "x-"
FIELDS = {
    "document": ("arazzo", "$self", "info", "sourceDescriptions", "workflows", "components"),
    "info": ("title", "summary", "description", "version"),
    "source": ("name", "url", "type"),
    "workflow": (
        "workflowId", "summary", "description", "inputs", "dependsOn", "steps", "successActions", "failureActions",
        "outputs", "parameters",
    ),
    "step": (
        "stepId", "description", "operationId", "operationPath", "channelPath", "workflowId", "parameters",
        "requestBody", "successCriteria", "onSuccess", "onFailure", "outputs", "timeout", "dependsOn",
        "correlationId", "action",
    ),
    "parameter": ("name", "in", "value"),
    "body": ("contentType", "payload", "replacements"),
    "replacement": ("target", "targetSelectorType", "value"),
    "criterion": ("context", "condition", "type"),
    "success": ("name", "type", "workflowId", "stepId", "criteria", "parameters"),
    "failure": ("name", "type", "workflowId", "stepId", "retryAfter", "retryLimit", "criteria", "parameters"),
    "components": ("inputs", "parameters", "successActions", "failureActions"),
}  # fmt: skip


class Fields:
    """A reader of objects' fields, which collects the remarks on a document."""

    def __init__(self) -> None:
        self._told: list[str] = []

    def _names(self, value: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
        names = value.get(name, [])
        if not isinstance(names, list) or len(names) > MOST_LISTED or not all(isinstance(text, str) for text in names):
            raise wrong(f"{where}/{name}", say("this must be a list of names."))
        return tuple(names)

    def _each(
        self,
        value: Mapping[str, Any],
        name: str,
        where: str,
        read: Callable[[Any, str], Item],
        most: int = MOST_LISTED,
    ) -> list[Item]:
        items = value.get(name, [])
        if not isinstance(items, list):
            raise wrong(f"{where}/{name}", say("this must be a list."))
        if len(items) > most:
            raise wrong(f"{where}/{name}", say("there may be at most %(most)s.", most=most))
        return [read(item, f"{where}/{name}/{at}") for at, item in enumerate(items)]

    def _object(
        self, value: Mapping[str, Any], name: str, where: str, default: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        held = value.get(name, default)
        if not isinstance(held, Mapping):
            raise wrong(f"{where}/{name}", say("this must be an object."))
        return held

    def _text(
        self, value: Mapping[str, Any], name: str, where: str, *, required: bool = False, longest: int = LONGEST_NAME
    ) -> str:
        text = value.get(name)
        if text is None and not required:
            return ""
        if name == "condition" and isinstance(text, bool | int | float):
            text = str(text).lower()
        if not isinstance(text, str) or (required and not text) or len(text) > longest:
            raise wrong(f"{where}/{name}", say("this must be a text of 1 to %(most)s characters.", most=longest))
        return text

    def _others(self, value: Mapping[str, Any], kind: str, where: str) -> None:
        for name in value:
            if name not in FIELDS[kind] and not name.startswith(_EXTENSION):
                self._tell(where or "/", say("%(name)s is no field of Arazzo; it is kept.", name=short(name)))

    def _tell(self, where: str, sentence: str) -> None:
        if len(self._told) < MOST_LISTED:
            told = say("%(where)s: %(sentence)s", where=where, sentence=sentence)
            if told not in self._told:
                self._told.append(told)


def selector_kind(value: Any) -> str:
    """Return the type that a selector names, alone or in an object with a version."""
    if isinstance(value, Mapping):
        value = value.get("type")
    return value if isinstance(value, str) else ""


def as_object(value: Any, where: str, sentence: str) -> Mapping[str, Any]:
    """Return a value that must be an object. Raises `ArazzoError` with the sentence."""
    if not isinstance(value, Mapping):
        raise wrong(where, sentence)
    return value


def check_unique(names: list[str], where: str, field_name: str) -> None:
    """Raise `ArazzoError` for a name that is there twice."""
    for at, name in enumerate(names):
        if name in names[:at]:
            raise wrong(
                f"{where}/{at}/{field_name}",
                say("%(name)s is there twice: give each its own name.", name=short(name)),
            )


def is_number(value: Any, *, least: float) -> bool:
    """Say whether a value is a finite number from `least` on."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= least


def short(text: str) -> str:
    """Return a name as a sentence quotes it."""
    return reveal(text)[:80]


def wrong(where: str, sentence: str) -> ArazzoError:
    """Return the error about a place."""
    return ArazzoError(say("%(where)s: %(sentence)s", where=where, sentence=sentence))
