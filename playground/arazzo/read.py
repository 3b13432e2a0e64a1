"""An Arazzo document read: JSON or YAML, each mistake named with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from playground.arazzo.document import (
    KINDS,
    LIMITS,
    LONGEST_CONDITION,
    LONGEST_NAME,
    LONGEST_WAIT,
    MOST_LISTED,
    MOST_RETRIES,
    MOST_STEPS,
    MOST_WORKFLOWS,
    Action,
    ArazzoError,
    Body,
    Criterion,
    Document,
    Kind,
    Parameter,
    Source,
    Step,
    Workflow,
    token,
)
from playground.arazzo.fields import (
    FIELDS,
    Fields,
    as_object,
    check_references,
    check_unique,
    inlined,
    is_number,
    selector_kind,
    short,
    wrong,
)
from playground.catalog.model import LOCATIONS
from playground.openapi.parse import parse_document
from playground.openapi.problems import DocumentError
from playground.text.wording import say

_VERSION = re.compile(r"1\.[01]\.\d+(-[\w.]+)?")
_JSONPATH_VERSIONS = ("rfc9535",)


def read_document(data: bytes | str) -> Document:
    """Return the document that a JSON or YAML text is. Raises `ArazzoError`."""
    if isinstance(data, str):
        data = data.encode("utf-8", "replace")
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.strip():
        raise ArazzoError(say("The document is empty; give an Arazzo document in YAML or JSON."))
    if start.startswith(b"<"):
        raise ArazzoError(say("This is an HTML or XML page, not an Arazzo document in YAML or JSON."))
    try:
        value = parse_document(data, limits=LIMITS)
    except DocumentError as error:
        raise ArazzoError(_no_document() if "OpenAPI" in str(error) else str(error)) from None
    return document_of(value)


def document_of(value: Mapping[str, Any]) -> Document:
    """Return the typed document of plain values. Raises `ArazzoError`."""
    return _Reader(value).document()


class _Reader(Fields):
    """A reader of one document, which collects the remarks on it."""

    def __init__(self, value: Mapping[str, Any]) -> None:
        super().__init__()
        self._value = value
        self._components: Mapping[str, Any] = {}

    def document(self) -> Document:
        value = self._value
        version = value.get("arazzo")
        if isinstance(version, int | float) and not isinstance(version, bool):
            version = f"{version}.0" if isinstance(version, int) else str(version)
        if not isinstance(version, str):
            raise ArazzoError(_no_document())
        if not _VERSION.fullmatch(version):
            raise wrong(
                "/arazzo", say("%(version)s is not a version that is known: write 1.0.1.", version=short(version))
            )
        self._others(value, "document", "")
        info = self._object(value, "info", "")
        self._others(info, "info", "/info")
        self._components = self._object(value, "components", "", default={})
        self._others(self._components, "components", "/components")
        for name in FIELDS["components"]:
            self._object(self._components, name, "/components", default={})
        sources = tuple(self._each(value, "sourceDescriptions", "", self._source, most=50))
        if not sources:
            raise wrong("/sourceDescriptions", say("name at least one description that the workflows call."))
        check_unique([source.name for source in sources], "/sourceDescriptions", "name")
        workflows = tuple(self._each(value, "workflows", "", self._workflow, most=MOST_WORKFLOWS))
        if not workflows:
            raise wrong("/workflows", say("write at least one workflow."))
        check_unique([workflow.id for workflow in workflows], "/workflows", "workflowId")
        document = Document(
            value=value,
            version=version,
            title=self._text(info, "title", "/info", required=True),
            summary=self._text(info, "summary", "/info", longest=2_000),
            description=self._text(info, "description", "/info", longest=50_000),
            self_uri=self._text(value, "$self", "", longest=2_000),
            sources=sources,
            workflows=workflows,
        )
        check_references(document, self._tell)
        return replace(document, told=tuple(self._told))

    def _source(self, value: Any, where: str) -> Source:
        value = as_object(value, where, say("a source is an object with name and url."))
        self._others(value, "source", where)
        kind = self._text(value, "type", where) or "openapi"
        name = self._text(value, "name", where, required=True)
        if kind == "arazzo":
            self._tell(where, say("workflows of another Arazzo document are kept and not played."))
        elif kind != "openapi":
            self._tell(where, say("a source of the type %(type)s is kept and not played.", type=short(kind)))
        own = value.get("x-playground-provider")
        return Source(
            name=name,
            url=self._text(value, "url", where, required=True, longest=4_000),
            type=kind,
            provider=own if isinstance(own, str) and len(own) <= LONGEST_NAME else "",
        )

    def _workflow(self, value: Any, where: str) -> Workflow:
        value = as_object(value, where, say("a workflow is an object with workflowId and steps."))
        self._others(value, "workflow", where)
        shared = tuple(self._each(value, "parameters", where, self._parameter))
        success = tuple(self._each(value, "successActions", where, self._success))
        failure = tuple(self._each(value, "failureActions", where, self._failure))
        steps = [
            _inherited(step, shared, success, failure)
            for step in self._each(value, "steps", where, self._step, most=MOST_STEPS)
        ]
        if not steps:
            raise wrong(f"{where}/steps", say("write at least one step."))
        check_unique([step.id for step in steps], f"{where}/steps", "stepId")
        inputs = value.get("inputs", {})
        shared_inputs = self._components.get("inputs", {})
        if not isinstance(inputs, Mapping | bool):
            raise wrong(f"{where}/inputs", say("this must be a JSON Schema, an object."))
        return Workflow(
            id=self._text(value, "workflowId", where, required=True),
            summary=self._text(value, "summary", where, longest=2_000),
            description=self._text(value, "description", where, longest=50_000),
            inputs=inlined(inputs, shared_inputs, f"{where}/inputs") if isinstance(inputs, Mapping) else {},
            depends_on=self._names(value, "dependsOn", where),
            steps=tuple(steps),
            outputs=self._outputs(value, where),
        )

    def _step(self, value: Any, where: str) -> Step:
        value = as_object(value, where, say("a step is an object with stepId and operationId."))
        self._others(value, "step", where)
        calls = [name for name in ("operationId", "operationPath", "workflowId", "channelPath") if name in value]
        if len(calls) != 1:
            raise wrong(
                where, say("a step has exactly one of operationId, operationPath and workflowId; choose one of them.")
            )
        unplayed = ""
        if "channelPath" in value or "action" in value:
            unplayed = say("This step sends a message over a channel, which is not played here.")
            self._tell(where, say("a step over a channel (AsyncAPI) is kept and not played."))
        timeout = value.get("timeout")
        if timeout is not None and not is_number(timeout, least=0):
            raise wrong(f"{where}/timeout", say("this must be a number of milliseconds."))
        if "successCriteria" in value and value["successCriteria"] == []:
            raise wrong(f"{where}/successCriteria", say("write at least one criterion, or leave it out."))
        return Step(
            id=self._text(value, "stepId", where, required=True),
            description=self._text(value, "description", where, longest=50_000),
            operation_id=self._text(value, "operationId", where, longest=1_000),
            operation_path=self._text(value, "operationPath", where, longest=4_000),
            workflow=self._text(value, "workflowId", where, longest=1_000),
            parameters=tuple(self._each(value, "parameters", where, self._parameter)),
            body=self._body(value["requestBody"], f"{where}/requestBody") if "requestBody" in value else None,
            criteria=tuple(self._each(value, "successCriteria", where, self._criterion)),
            on_success=tuple(self._each(value, "onSuccess", where, self._success)),
            on_failure=tuple(self._each(value, "onFailure", where, self._failure)),
            outputs=self._outputs(value, where),
            timeout=None if timeout is None else float(timeout) / 1000,
            depends_on=self._names(value, "dependsOn", where),
            server=server if isinstance(server := value.get("x-playground-server"), str) else "",
            unplayed=unplayed,
        )

    def _parameter(self, value: Any, where: str) -> Parameter:
        value = as_object(value, where, say("a parameter is an object with name, in and value."))
        given = value
        if "reference" in value:
            value = self._component(value, "parameters", where)
        self._others(value, "parameter", where)
        place = self._text(value, "in", where)
        if place == "querystring":
            self._tell(where, say("a parameter for the whole query string is kept and not sent."))
        elif place and place not in LOCATIONS:
            raise wrong(
                f"{where}/in", say("%(place)s is no place: write path, query, header or cookie.", place=short(place))
            )
        if "value" not in value and "value" not in given:
            raise wrong(where, say("this parameter has no value: write one."))
        return Parameter(
            name=self._text(value, "name", where, required=True),
            value=given.get("value", value.get("value")),
            location=next((location for location in LOCATIONS if location == place), None),
        )

    def _body(self, value: Any, where: str) -> Body:
        value = as_object(value, where, say("a request body is an object with contentType and payload."))
        self._others(value, "body", where)
        return Body(
            payload=value.get("payload"),
            content_type=self._text(value, "contentType", where) or None,
            replacements=tuple(
                pair for pair in self._each(value, "replacements", where, self._replacement) if pair is not None
            ),
        )

    def _replacement(self, value: Any, where: str) -> tuple[str, Any] | None:
        value = as_object(value, where, say("a replacement is an object with target and value."))
        self._others(value, "replacement", where)
        target = self._text(value, "target", where, longest=2_000)
        kind = selector_kind(value.get("targetSelectorType"))
        if "value" not in value:
            raise wrong(where, say("this replacement has no value: write one."))
        if kind not in ("", "jsonpointer") or (target and not target.startswith("/")):
            self._tell(where, say("a target that is no JSON Pointer is kept and not replaced."))
            return None
        return target, value["value"]

    def _criterion(self, value: Any, where: str) -> Criterion:
        value = as_object(value, where, say("a criterion is an object with condition."))
        self._others(value, "criterion", where)
        condition = self._text(value, "condition", where, required=True, longest=LONGEST_CONDITION)
        written = value.get("type", "simple")
        version = ""
        if isinstance(written, Mapping):
            version = self._text(written, "version", f"{where}/type")
            written = self._text(written, "type", f"{where}/type", required=True)
        kind: Kind | None = next((kind for kind in KINDS if kind == written), None)
        if kind is None:
            raise wrong(f"{where}/type", say("this must be simple, regex, jsonpath or xpath."))
        context = self._text(value, "context", where, longest=1_000)
        if kind != "simple" and not context:
            raise wrong(where, say("a criterion of this type needs a context, like $response.body."))
        if kind == "xpath":
            spoken = {"xpath-10": "10", "xpath-20": "20", "xpath-30": "30"}.get(version)
            if version and spoken is None:
                self._tell(where, say("XPath is judged as version 3.1 says, whatever version is named."))
            return Criterion(condition=condition, kind=kind, context=context, version=spoken or "31")
        if kind == "jsonpath" and version and version not in _JSONPATH_VERSIONS:
            self._tell(where, say("JSONPath is judged as RFC 9535 says, whatever version is named."))
        return Criterion(condition=condition, kind=kind, context=context)

    def _success(self, value: Any, where: str) -> Action:
        return self._action(value, where, "successActions", "success", ("end", "goto"))

    def _failure(self, value: Any, where: str) -> Action:
        return self._action(value, where, "failureActions", "failure", ("end", "goto", "retry"))

    def _action(self, value: Any, where: str, components: str, fields: str, types: tuple[str, ...]) -> Action:
        value = as_object(value, where, say("an action is an object with name and type."))
        if "reference" in value:
            value = self._component(value, components, where)
        self._others(value, fields, where)
        kind = self._text(value, "type", where, required=True)
        if kind not in types:
            raise wrong(f"{where}/type", say("this must be one of %(types)s.", types=", ".join(types)))
        step, workflow = self._text(value, "stepId", where), self._text(value, "workflowId", where, longest=1_000)
        if (step and workflow) or (kind == "goto" and not (step or workflow)):
            raise wrong(where, say("name either a stepId or a workflowId to go to."))
        after, limit = value.get("retryAfter", 0), value.get("retryLimit", 1)
        if not is_number(after, least=0):
            raise wrong(f"{where}/retryAfter", say("this must be a number of seconds."))
        if not isinstance(limit, int) or isinstance(limit, bool) or limit < 0:
            raise wrong(f"{where}/retryLimit", say("this must be a whole number of attempts, from 0."))
        if after > LONGEST_WAIT:
            self._tell(where, say("a retry waits at most %(most)s seconds here.", most=int(LONGEST_WAIT)))
        if limit > MOST_RETRIES:
            self._tell(where, say("a step is tried again at most %(most)s times here.", most=MOST_RETRIES))
        return Action(
            name=self._text(value, "name", where, required=True),
            type="end" if kind == "end" else "goto" if kind == "goto" else "retry",
            step=step,
            workflow=workflow,
            criteria=tuple(self._each(value, "criteria", where, self._criterion)),
            parameters=tuple(self._each(value, "parameters", where, self._parameter)),
            retry_after=min(float(after), LONGEST_WAIT),
            retry_limit=min(limit, MOST_RETRIES),
        )

    def _component(self, value: Mapping[str, Any], kind: str, where: str) -> Mapping[str, Any]:
        reference = self._text(value, "reference", where, required=True, longest=1_000)
        prefix = f"$components.{kind}."
        name = reference.strip().removeprefix("{").removesuffix("}")
        held = self._components.get(kind, {}).get(name.removeprefix(prefix)) if name.startswith(prefix) else None
        if not isinstance(held, Mapping) or "reference" in held:
            raise wrong(
                f"{where}/reference",
                say(
                    "there is nothing at %(reference)s: write the name of an entry of components/%(kind)s, "
                    "like %(prefix)sname.",
                    reference=short(reference),
                    kind=kind,
                    prefix=prefix,
                ),
            )
        return held

    def _outputs(self, value: Mapping[str, Any], where: str) -> dict[str, Any]:
        outputs = self._object(value, "outputs", where, default={})
        if len(outputs) > MOST_LISTED:
            raise wrong(f"{where}/outputs", say("there may be at most %(most)s.", most=MOST_LISTED))
        for name, output in outputs.items():
            place = f"{where}/outputs/{token(name)}"
            if isinstance(output, Mapping):
                if not isinstance(output.get("context"), str) or not isinstance(output.get("selector"), str):
                    raise wrong(place, say("a selector is an object with context, selector and type."))
                if selector_kind(output.get("type")) not in ("jsonpath", "jsonpointer"):
                    self._tell(place, say("a selector in XPath is kept and gives nothing."))
            elif not isinstance(output, str) or len(output) > LONGEST_CONDITION:
                raise wrong(place, say("an output is an expression, like $response.body#/id."))
        return dict(outputs)


def _no_document() -> str:
    return say("This is not an Arazzo document: it begins with arazzo: 1.0.1.")


def _inherited(
    step: Step, shared: tuple[Parameter, ...], success: tuple[Action, ...], failure: tuple[Action, ...]
) -> Step:
    """Return a step with what its workflow says for all steps; the step's own wins."""
    own = {(parameter.name, parameter.location) for parameter in step.parameters}
    parameters = [common for common in shared if (common.name, common.location) not in own]
    named_success = {action.name for action in step.on_success}
    named_failure = {action.name for action in step.on_failure}
    return replace(
        step,
        parameters=(*parameters, *step.parameters),
        on_success=(*step.on_success, *(reaction for reaction in success if reaction.name not in named_success)),
        on_failure=(*step.on_failure, *(reaction for reaction in failure if reaction.name not in named_failure)),
    )
