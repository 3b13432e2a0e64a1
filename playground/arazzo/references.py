"""References inside an Arazzo document: schemas of inputs, names of steps, workflows and sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playground.arazzo.document import Document, source_of
from playground.arazzo.fields import short, wrong
from playground.text.wording import say

_DEEPEST_INPUTS = 20
_MOST_INPUT_NODES = 20_000

Tell = Callable[[str, str], None]


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


def check_references(document: Document, tell: Tell) -> None:
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


def _check_workflow(document: Document, name: str, where: str, tell: Tell) -> None:
    if name.startswith("$sourceDescriptions."):
        tell(where, say("a workflow of another document is kept and not played."))
    elif document.workflow(name) is None:
        raise wrong(where, say("there is no workflow named %(name)s in this document.", name=short(name)))
