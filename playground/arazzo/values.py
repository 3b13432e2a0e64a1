"""The values of a run: a workflow's inputs, read by their schema, and what a step sends, expressions replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground import jsontext
from playground.arazzo.criteria import ConditionError, selected
from playground.arazzo.document import ArazzoError, Parameter, Step, Workflow
from playground.arazzo.expressions import MISSING, Found, Scope, descend, evaluate, fill, is_expression, set_at
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


def value_of(value: Any, scope: Scope, missing: list[str]) -> Any:
    """Return a value with its expressions, or its selectors (1.1), replaced."""
    if isinstance(value, Mapping) and isinstance(value.get("selector"), str) and isinstance(value.get("context"), str):
        found = _selected(value, scope)
        if found is MISSING:
            missing.append(value["selector"])
            return None
        return found
    if isinstance(value, Mapping):
        return {name: value_of(member, scope, missing) for name, member in value.items()}
    if isinstance(value, list):
        return [value_of(member, scope, missing) for member in value]
    return fill(value, scope, missing)


def _selected(value: Mapping[str, Any], scope: Scope) -> Found:
    kind = value.get("type")
    kind = kind.get("type") if isinstance(kind, Mapping) else kind
    context = evaluate(value["context"], scope)
    if context is MISSING:
        return MISSING
    if kind == "jsonpointer":
        return descend(context, "#" + value["selector"])
    if kind != "jsonpath":
        return MISSING
    try:
        found = selected(value["selector"], context)
    except ConditionError:
        return MISSING
    return MISSING if not found else found[0] if len(found) == 1 else found


def payload_of(step: Step, scope: Scope, missing: list[str]) -> Any:
    """Return what a step sends as content: JSON written as a text is read first, so that values keep their types."""
    if step.body is None:
        return MISSING
    payload = step.body.payload
    kind = (step.body.content_type or "json").lower()
    if isinstance(payload, str) and not is_expression(payload) and "json" in kind and payload.strip()[:1] in ("{", "["):
        try:
            payload = jsontext.loads(payload)
        except jsontext.JSONTextError:
            payload = step.body.payload
    value = _without_gone(payload, scope, missing)
    for target, new in step.body.replacements:
        gone: list[str] = []
        put = value_of(new, scope, gone)
        missing += gone
        if not gone:
            try:
                value = set_at(None if value is MISSING else value, target, put)
            except KeyError:
                missing.append(target)
    return value


def _without_gone(payload: Any, scope: Scope, missing: list[str]) -> Any:
    """Return the payload with its expressions replaced; a member whose expression has no value is left out."""
    if isinstance(payload, Mapping) and "selector" not in payload:
        members = {}
        for name, member in payload.items():
            gone: list[str] = []
            value = _without_gone(member, scope, gone)
            missing += gone
            if value is not MISSING:
                members[name] = value
        return members
    gone = []
    value = value_of(payload, scope, gone)
    missing += gone
    return MISSING if gone and value is None else value


def defaults_of(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the default values that a schema of inputs gives."""
    properties = schema.get("properties")
    members = properties.items() if isinstance(properties, Mapping) else ()
    return {name: member["default"] for name, member in members if isinstance(member, Mapping) and "default" in member}


def parameter_values(
    parameters: tuple[Parameter, ...], scope: Scope, missing: list[str]
) -> list[tuple[Parameter, Any]]:
    """Return the parameters that have a value; expressions without one are added to `missing`."""
    values = []
    for parameter in parameters:
        gone: list[str] = []
        value = value_of(parameter.value, scope, gone)
        missing += [name for name in gone if name not in missing]
        if not gone or value is not None:
            values.append((parameter, value))
    return values
