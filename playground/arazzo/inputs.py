"""A workflow's inputs: read from texts a person typed or from JSON, by the schema that describes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground import jsontext
from playground.arazzo.document import ArazzoError, Workflow
from playground.schema.flatten import flatten
from playground.schema.types import types_of
from playground.secrets.detect import is_secret_name
from playground.text.wording import say

_MOST_CHOICES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input as a form shows it: `kind` is `text`, `number`, `boolean`, `choice` or `json`, `default` a text."""

    name: str
    kind: str
    description: str = ""
    default: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False
    is_secret: bool = False


def inputs_of(workflow: Workflow) -> tuple[Input, ...]:
    """Return the inputs that a workflow declares, in its order."""
    schema = workflow.inputs
    properties = schema.get("properties")
    required = schema.get("required")
    names = required if isinstance(required, list) else []
    members = properties if isinstance(properties, Mapping) else {}
    return tuple(_input(name, member, is_required=name in names) for name, member in members.items())


def read_input(workflow: Workflow, name: str, text: str) -> Any:
    """Return the value of a text typed for an input: a number, a boolean or JSON where the schema says so.

    Raises `ArazzoError`.
    """
    found = next((declared for declared in inputs_of(workflow) if declared.name == name), None)
    schema = _schema(workflow, name)
    types = types_of(schema)
    if found is None or found.kind == "text" or (found.kind == "choice" and (not types or "string" in types)):
        return text
    try:
        return jsontext.loads(text.strip())
    except jsontext.JSONTextError:
        if "string" in types:
            return text
        wanted = " or ".join(types) or "JSON"
        raise ArazzoError(say("The input %(name)s must be %(wanted)s.", name=name, wanted=wanted)) from None


def check_inputs(workflow: Workflow, given: Mapping[str, Any]) -> None:
    """Raise `ArazzoError` for a required input that is not given."""
    for declared in inputs_of(workflow):
        if declared.is_required and declared.name not in given and not declared.default:
            raise ArazzoError(
                say("The workflow %(workflow)s needs the input %(name)s.", workflow=workflow.id, name=declared.name)
            )


def _schema(workflow: Workflow, name: str) -> Mapping[str, Any]:
    properties = workflow.inputs.get("properties")
    member = properties.get(name) if isinstance(properties, Mapping) else None
    return flatten(member, {}) if isinstance(member, Mapping) else {}


def _input(name: str, schema: Any, *, is_required: bool) -> Input:
    flat = flatten(schema, {}) if isinstance(schema, Mapping) else {}
    types = [word for word in types_of(flat) if word != "null"]
    listed = flat.get("enum")
    choices = tuple(_text(choice) for choice in listed[:_MOST_CHOICES]) if isinstance(listed, list) else ()
    kind = "json"
    if choices:
        kind = "choice"
    elif types == ["boolean"]:
        kind = "boolean"
    elif types and set(types) <= {"integer", "number"}:
        kind = "number"
    elif types == ["string"]:
        kind = "text"
    description = flat.get("description")
    return Input(
        name=name,
        kind=kind,
        description=description[:2_000] if isinstance(description, str) else "",
        default=_text(flat["default"]) if "default" in flat else "",
        choices=choices,
        is_required=is_required,
        is_secret=flat.get("format") == "password" or is_secret_name(name),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else jsontext.dumps(value)
