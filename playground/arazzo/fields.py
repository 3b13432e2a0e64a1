"""The fields of Arazzo's objects, read with their places, references followed; what is of another kind is refused."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from playground.arazzo.document import LONGEST_NAME, MOST_LISTED, ArazzoError, Document, source_of
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


_DEEPEST_INPUTS = 20
_MOST_INPUT_NODES = 20_000

_Tell = Callable[[str, str], None]


def inlined(schema: Mapping[str, Any], held_inputs: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    """Return a schema of inputs with references to `#/components/inputs/…` replaced by what they name."""
    left = _MOST_INPUT_NODES

    def follow(value: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise wrong(where, say("these schemas refer to one another too often: make them smaller."))
        if depth > _DEEPEST_INPUTS:
            return {}
        if isinstance(value, list):
            return [follow(member, depth + 1) for member in value]
        if not isinstance(value, Mapping):
            return value
        reference = value.get("$ref")
        if isinstance(reference, str):
            prefix = "#/components/inputs/"
            name = reference.removeprefix(prefix).replace("~1", "/").replace("~0", "~")
            held = held_inputs.get(name) if reference.startswith(prefix) else None
            if held is None:
                raise wrong(
                    where,
                    say(
                        "there is nothing at %(reference)s: write a reference like %(prefix)sname.",
                        reference=short(reference),
                        prefix=prefix,
                    ),
                )
            beside = {name: member for name, member in value.items() if name != "$ref"}
            target = follow(held, depth + 1)
            if not isinstance(target, Mapping):
                return target
            return {**target, **follow(beside, depth + 1)}
        return {name: follow(member, depth + 1) for name, member in value.items()}

    followed = follow(schema, 0)
    return followed if isinstance(followed, Mapping) else {}


def check_references(document: Document, tell: _Tell) -> None:
    """Refuse names of steps, workflows and sources that the document does not have."""
    for number, workflow in enumerate(document.workflows):
        where = f"/workflows/{number}"
        for name in workflow.depends_on:
            _check_workflow(document, name, f"{where}/dependsOn", tell)
        for at, step in enumerate(workflow.steps):
            place = f"{where}/steps/{at}"
            if step.workflow:
                _check_workflow(document, step.workflow, f"{place}/workflowId", tell)
            source = source_of(step.operation_id) or source_of(step.operation_path)
            if source and document.source(source) is None:
                raise wrong(place, say("there is no source named %(name)s: add it.", name=short(source)))
            if not step.workflow and not step.unplayed:
                for parameter in step.parameters:
                    if parameter.location is None:
                        tell(
                            place,
                            say(
                                "the parameter %(name)s has no “in”, so it goes where the operation has one of "
                                "this name.",
                                name=short(parameter.name),
                            ),
                        )
            for action in (*step.on_success, *step.on_failure):
                if action.step and workflow.step(action.step) is None:
                    raise wrong(
                        place,
                        say(
                            "the action %(action)s goes to %(name)s, which is no step of this workflow.",
                            action=short(action.name),
                            name=short(action.step),
                        ),
                    )
                if action.workflow:
                    _check_workflow(document, action.workflow, place, tell)


def _check_workflow(document: Document, name: str, where: str, tell: _Tell) -> None:
    if name.startswith("$sourceDescriptions."):
        tell(where, say("a workflow of another document is kept and not played."))
    elif document.workflow(name) is None:
        raise wrong(where, say("there is no workflow named %(name)s in this document.", name=short(name)))
