"""An Arazzo document as values: what is written stays whole, and typed views of it are what is played.

`Document.value` is the document as it was read, so that writing it again loses nothing, extensions included. Reusable
objects stand in the views resolved. What a document may say and cannot be played is in `Document.told`, one sentence
each with its place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias, TypeVar

from playground.catalog.model import LOCATIONS, Location
from playground.openapi.parse import parse_document
from playground.openapi.problems import DocumentError, Limits
from playground.text.visible import reveal
from playground.text.wording import say

LIMITS = Limits(size=2_000_000, depth=60, nodes=200_000, aliases=2_000, repeated=50_000, string=500_000)
MOST_WORKFLOWS = 200
MOST_STEPS = 200
MOST_LISTED = 200
"""Parameters, criteria, actions and outputs of one step."""
LONGEST_NAME = 200
LONGEST_CONDITION = 4_000
MOST_RETRIES = 20
LONGEST_WAIT = 60.0
"""Seconds between two attempts; a document that asks for more waits so long."""
_DEEPEST_INPUTS = 20
_MOST_INPUT_NODES = 20_000

Kind: TypeAlias = Literal["simple", "regex", "jsonpath", "xpath"]
KINDS: tuple[Kind, ...] = ("simple", "regex", "jsonpath", "xpath")
Item = TypeVar("Item")

_VERSION = re.compile(r"1\.[01]\.\d+(-[\w.]+)?")
_EXTENSION = "x-"
_FIELDS = {
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
_JSONPATH_VERSIONS = ("rfc9535",)


class ArazzoError(ValueError):
    """The text is no Arazzo document, or one that cannot be played; `str()` names the place and what to write there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A description that workflows call; `provider` is the name of an API here that its extension gives."""

    name: str
    url: str
    type: str = "openapi"
    provider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value handed to an operation (`location` is where) or to a workflow (`None`)."""

    name: str
    value: Any
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The content to send: `payload` with expressions in it, then `replacements` (JSON Pointer, value)."""

    payload: Any = None
    content_type: str | None = None
    replacements: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One condition. `unread` says why it can never be judged here."""

    condition: str
    kind: Kind = "simple"
    context: str = ""
    unread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What follows a step where all criteria hold."""

    name: str
    type: Literal["end", "goto", "retry"]
    step: str = ""
    workflow: str = ""
    criteria: tuple[Criterion, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    retry_after: float = 0.0
    retry_limit: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A call of an operation (by id or path) or of a workflow; `unplayed` says why it is neither.

    `server` is what an extension of ours says: the sandbox, or one that the description lists.
    """

    id: str
    description: str = ""
    operation_id: str = ""
    operation_path: str = ""
    workflow: str = ""
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    criteria: tuple[Criterion, ...] = ()
    on_success: tuple[Action, ...] = ()
    on_failure: tuple[Action, ...] = ()
    outputs: Mapping[str, Any] = field(default_factory=dict)
    timeout: float | None = None
    depends_on: tuple[str, ...] = ()
    server: str = ""
    unplayed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """Steps in order; `inputs` is a JSON Schema without references into the document."""

    id: str
    summary: str = ""
    description: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    depends_on: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    outputs: Mapping[str, Any] = field(default_factory=dict)

    def step(self, name: str) -> int | None:
        """Return the number (from 0) of a step, `None` if there is none of this name."""
        return next((number for number, step in enumerate(self.steps) if step.id == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document: what it says (`value`) and how it is played."""

    value: Mapping[str, Any]
    version: str
    title: str
    summary: str = ""
    description: str = ""
    self_uri: str = ""
    sources: tuple[Source, ...] = ()
    workflows: tuple[Workflow, ...] = ()
    told: tuple[str, ...] = ()

    def workflow(self, name: str) -> Workflow | None:
        """Return a workflow by its id."""
        return next((workflow for workflow in self.workflows if workflow.id == name), None)

    def source(self, name: str) -> Source | None:
        """Return a source by its name."""
        return next((source for source in self.sources if source.name == name), None)


def is_arazzo(text: str) -> bool:
    """Say whether a text looks like an Arazzo document rather than a scenario's file."""
    return re.search(r"^\s*[{]?\s*[\"']?arazzo[\"']?\s*:", text[:4_000], re.MULTILINE) is not None


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


def token(name: str) -> str:
    """Return a name as a part of a JSON Pointer."""
    return name.replace("~", "~0").replace("/", "~1")


class _Reader:
    """Reads one document, and collects what is told about it."""

    def __init__(self, value: Mapping[str, Any]) -> None:
        self._value = value
        self._told: list[str] = []
        self._components: Mapping[str, Any] = {}

    def document(self) -> Document:
        value = self._value
        version = value.get("arazzo")
        if isinstance(version, int | float) and not isinstance(version, bool):
            version = f"{version}.0" if isinstance(version, int) else str(version)
        if not isinstance(version, str):
            raise ArazzoError(_no_document())
        if not _VERSION.fullmatch(version):
            raise _wrong(
                "/arazzo", say("%(version)s is not a version that is known: write 1.0.1.", version=_short(version))
            )
        self._others(value, "document", "")
        info = self._object(value, "info", "")
        self._others(info, "info", "/info")
        self._components = self._object(value, "components", "", default={})
        self._others(self._components, "components", "/components")
        for name in _FIELDS["components"]:
            self._object(self._components, name, "/components", default={})
        sources = tuple(self._each(value, "sourceDescriptions", "", self._source, most=50))
        if not sources:
            raise _wrong("/sourceDescriptions", say("name at least one description that the workflows call."))
        _unique([source.name for source in sources], "/sourceDescriptions", "name")
        workflows = tuple(self._each(value, "workflows", "", self._workflow, most=MOST_WORKFLOWS))
        if not workflows:
            raise _wrong("/workflows", say("write at least one workflow."))
        _unique([workflow.id for workflow in workflows], "/workflows", "workflowId")
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
        self._check_references(document)
        return replace(document, told=tuple(self._told))

    def _source(self, value: Any, where: str) -> Source:
        value = _mapping(value, where, say("a source is an object with name and url."))
        self._others(value, "source", where)
        kind = self._text(value, "type", where) or "openapi"
        name = self._text(value, "name", where, required=True)
        if kind == "arazzo":
            self._tell(where, say("workflows of another Arazzo document are kept and not played."))
        elif kind != "openapi":
            self._tell(where, say("a source of the type %(type)s is kept and not played.", type=_short(kind)))
        own = value.get("x-playground-provider")
        return Source(
            name=name,
            url=self._text(value, "url", where, required=True, longest=4_000),
            type=kind,
            provider=own if isinstance(own, str) and len(own) <= LONGEST_NAME else "",
        )

    def _workflow(self, value: Any, where: str) -> Workflow:
        value = _mapping(value, where, say("a workflow is an object with workflowId and steps."))
        self._others(value, "workflow", where)
        shared = tuple(self._each(value, "parameters", where, self._parameter))
        success = tuple(self._each(value, "successActions", where, self._success))
        failure = tuple(self._each(value, "failureActions", where, self._failure))
        steps = [
            _inherited(step, shared, success, failure)
            for step in self._each(value, "steps", where, self._step, most=MOST_STEPS)
        ]
        if not steps:
            raise _wrong(f"{where}/steps", say("write at least one step."))
        _unique([step.id for step in steps], f"{where}/steps", "stepId")
        inputs = value.get("inputs", {})
        if not isinstance(inputs, Mapping | bool):
            raise _wrong(f"{where}/inputs", say("this must be a JSON Schema, an object."))
        return Workflow(
            id=self._text(value, "workflowId", where, required=True),
            summary=self._text(value, "summary", where, longest=2_000),
            description=self._text(value, "description", where, longest=50_000),
            inputs=self._inlined(inputs, f"{where}/inputs") if isinstance(inputs, Mapping) else {},
            depends_on=self._names(value, "dependsOn", where),
            steps=tuple(steps),
            outputs=self._outputs(value, where),
        )

    def _step(self, value: Any, where: str) -> Step:
        value = _mapping(value, where, say("a step is an object with stepId and operationId."))
        self._others(value, "step", where)
        calls = [name for name in ("operationId", "operationPath", "workflowId", "channelPath") if name in value]
        if len(calls) != 1:
            raise _wrong(
                where, say("a step has exactly one of operationId, operationPath and workflowId; choose one of them.")
            )
        unplayed = ""
        if "channelPath" in value or "action" in value:
            unplayed = say("This step sends a message over a channel, which is not played here.")
            self._tell(where, say("a step over a channel (AsyncAPI) is kept and not played."))
        timeout = value.get("timeout")
        if timeout is not None and not _is_number(timeout, least=0):
            raise _wrong(f"{where}/timeout", say("this must be a number of milliseconds."))
        if "successCriteria" in value and value["successCriteria"] == []:
            raise _wrong(f"{where}/successCriteria", say("write at least one criterion, or leave it out."))
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
        value = _mapping(value, where, say("a parameter is an object with name, in and value."))
        given = value
        if "reference" in value:
            value = self._component(value, "parameters", where)
        self._others(value, "parameter", where)
        place = self._text(value, "in", where)
        if place == "querystring":
            self._tell(where, say("a parameter for the whole query string is kept and not sent."))
        elif place and place not in LOCATIONS:
            raise _wrong(
                f"{where}/in", say("%(place)s is no place: write path, query, header or cookie.", place=_short(place))
            )
        if "value" not in value and "value" not in given:
            raise _wrong(where, say("this parameter has no value: write one."))
        return Parameter(
            name=self._text(value, "name", where, required=True),
            value=given.get("value", value.get("value")),
            location=next((location for location in LOCATIONS if location == place), None),
        )

    def _body(self, value: Any, where: str) -> Body:
        value = _mapping(value, where, say("a request body is an object with contentType and payload."))
        self._others(value, "body", where)
        return Body(
            payload=value.get("payload"),
            content_type=self._text(value, "contentType", where) or None,
            replacements=tuple(
                pair for pair in self._each(value, "replacements", where, self._replacement) if pair is not None
            ),
        )

    def _replacement(self, value: Any, where: str) -> tuple[str, Any] | None:
        value = _mapping(value, where, say("a replacement is an object with target and value."))
        self._others(value, "replacement", where)
        target = self._text(value, "target", where, longest=2_000)
        kind = _selector_kind(value.get("targetSelectorType"))
        if "value" not in value:
            raise _wrong(where, say("this replacement has no value: write one."))
        if kind not in ("", "jsonpointer") or (target and not target.startswith("/")):
            self._tell(where, say("a target that is no JSON Pointer is kept and not replaced."))
            return None
        return target, value["value"]

    def _criterion(self, value: Any, where: str) -> Criterion:
        value = _mapping(value, where, say("a criterion is an object with condition."))
        self._others(value, "criterion", where)
        condition = self._text(value, "condition", where, required=True, longest=LONGEST_CONDITION)
        written = value.get("type", "simple")
        version = ""
        if isinstance(written, Mapping):
            version = self._text(written, "version", f"{where}/type")
            written = self._text(written, "type", f"{where}/type", required=True)
        kind: Kind | None = next((kind for kind in KINDS if kind == written), None)
        if kind is None:
            raise _wrong(f"{where}/type", say("this must be simple, regex, jsonpath or xpath."))
        context = self._text(value, "context", where, longest=1_000)
        if kind in ("regex", "jsonpath") and not context:
            raise _wrong(where, say("a criterion of this type needs a context, like $response.body."))
        unread = ""
        if kind == "xpath":
            unread = say("XPath is not judged here.")
            self._tell(where, say("a criterion in XPath is kept and not judged."))
        elif kind == "jsonpath" and version and version not in _JSONPATH_VERSIONS:
            self._tell(where, say("JSONPath is judged as RFC 9535 says, whatever version is named."))
        return Criterion(condition=condition, kind=kind, context=context, unread=unread)

    def _success(self, value: Any, where: str) -> Action:
        return self._action(value, where, "successActions", "success", ("end", "goto"))

    def _failure(self, value: Any, where: str) -> Action:
        return self._action(value, where, "failureActions", "failure", ("end", "goto", "retry"))

    def _action(self, value: Any, where: str, components: str, fields: str, types: tuple[str, ...]) -> Action:
        value = _mapping(value, where, say("an action is an object with name and type."))
        if "reference" in value:
            value = self._component(value, components, where)
        self._others(value, fields, where)
        kind = self._text(value, "type", where, required=True)
        if kind not in types:
            raise _wrong(f"{where}/type", say("this must be one of %(types)s.", types=", ".join(types)))
        step, workflow = self._text(value, "stepId", where), self._text(value, "workflowId", where, longest=1_000)
        if (step and workflow) or (kind == "goto" and not (step or workflow)):
            raise _wrong(where, say("name either a stepId or a workflowId to go to."))
        after, limit = value.get("retryAfter", 0), value.get("retryLimit", 1)
        if not _is_number(after, least=0):
            raise _wrong(f"{where}/retryAfter", say("this must be a number of seconds."))
        if not isinstance(limit, int) or isinstance(limit, bool) or limit < 0:
            raise _wrong(f"{where}/retryLimit", say("this must be a whole number of attempts, from 0."))
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
            raise _wrong(
                f"{where}/reference",
                say(
                    "there is nothing at %(reference)s: write the name of an entry of components/%(kind)s, "
                    "like %(prefix)sname.",
                    reference=_short(reference),
                    kind=kind,
                    prefix=prefix,
                ),
            )
        return held

    def _outputs(self, value: Mapping[str, Any], where: str) -> dict[str, Any]:
        outputs = self._object(value, "outputs", where, default={})
        if len(outputs) > MOST_LISTED:
            raise _wrong(f"{where}/outputs", say("there may be at most %(most)s.", most=MOST_LISTED))
        for name, output in outputs.items():
            place = f"{where}/outputs/{token(name)}"
            if isinstance(output, Mapping):
                if not isinstance(output.get("context"), str) or not isinstance(output.get("selector"), str):
                    raise _wrong(place, say("a selector is an object with context, selector and type."))
                if _selector_kind(output.get("type")) not in ("jsonpath", "jsonpointer"):
                    self._tell(place, say("a selector in XPath is kept and gives nothing."))
            elif not isinstance(output, str) or len(output) > LONGEST_CONDITION:
                raise _wrong(place, say("an output is an expression, like $response.body#/id."))
        return dict(outputs)

    def _names(self, value: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
        names = value.get(name, [])
        if not isinstance(names, list) or len(names) > MOST_LISTED or not all(isinstance(one, str) for one in names):
            raise _wrong(f"{where}/{name}", say("this must be a list of names."))
        return tuple(names)

    def _inlined(self, schema: Mapping[str, Any], where: str) -> Mapping[str, Any]:
        """Return a schema of inputs with references to `#/components/inputs/…` replaced by what they name."""
        left = _MOST_INPUT_NODES

        def follow(value: Any, depth: int) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise _wrong(where, say("these schemas refer to one another too often: make them smaller."))
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
                held = self._components.get("inputs", {}).get(name) if reference.startswith(prefix) else None
                if held is None:
                    raise _wrong(
                        where,
                        say(
                            "there is nothing at %(reference)s: write a reference like %(prefix)sname.",
                            reference=_short(reference),
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

    def _check_references(self, document: Document) -> None:
        """Refuse names of steps, workflows and sources that the document does not have."""
        for number, workflow in enumerate(document.workflows):
            where = f"/workflows/{number}"
            for name in workflow.depends_on:
                self._check_workflow(document, name, f"{where}/dependsOn")
            for at, step in enumerate(workflow.steps):
                place = f"{where}/steps/{at}"
                if step.workflow:
                    self._check_workflow(document, step.workflow, f"{place}/workflowId")
                source = source_of(step.operation_id) or source_of(step.operation_path)
                if source and document.source(source) is None:
                    raise _wrong(place, say("there is no source named %(name)s: add it.", name=_short(source)))
                if not step.workflow and not step.unplayed:
                    for parameter in step.parameters:
                        if parameter.location is None:
                            self._tell(
                                place,
                                say(
                                    "the parameter %(name)s has no “in”, so it goes where the operation has one of "
                                    "this name.",
                                    name=_short(parameter.name),
                                ),
                            )
                for action in (*step.on_success, *step.on_failure):
                    if action.step and workflow.step(action.step) is None:
                        raise _wrong(
                            place,
                            say(
                                "the action %(action)s goes to %(name)s, which is no step of this workflow.",
                                action=_short(action.name),
                                name=_short(action.step),
                            ),
                        )
                    if action.workflow:
                        self._check_workflow(document, action.workflow, place)

    def _check_workflow(self, document: Document, name: str, where: str) -> None:
        if name.startswith("$sourceDescriptions."):
            self._tell(where, say("a workflow of another document is kept and not played."))
        elif document.workflow(name) is None:
            raise _wrong(where, say("there is no workflow named %(name)s in this document.", name=_short(name)))

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
            raise _wrong(f"{where}/{name}", say("this must be a list."))
        if len(items) > most:
            raise _wrong(f"{where}/{name}", say("there may be at most %(most)s.", most=most))
        return [read(item, f"{where}/{name}/{at}") for at, item in enumerate(items)]

    def _object(
        self, value: Mapping[str, Any], name: str, where: str, default: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        held = value.get(name, default)
        if not isinstance(held, Mapping):
            raise _wrong(f"{where}/{name}", say("this must be an object."))
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
            raise _wrong(f"{where}/{name}", say("this must be a text of 1 to %(most)s characters.", most=longest))
        return text

    def _others(self, value: Mapping[str, Any], kind: str, where: str) -> None:
        for name in value:
            if name not in _FIELDS[kind] and not name.startswith(_EXTENSION):
                self._tell(where or "/", say("%(name)s is no field of Arazzo; it is kept.", name=_short(name)))

    def _tell(self, where: str, sentence: str) -> None:
        if len(self._told) < MOST_LISTED:
            told = say("%(where)s: %(sentence)s", where=where, sentence=sentence)
            if told not in self._told:
                self._told.append(told)


def _no_document() -> str:
    return say("This is not an Arazzo document: it begins with arazzo: 1.0.1.")


def source_of(reference: str) -> str:
    """Return the name of the source that an operation's reference begins with; empty if it names none."""
    found = re.match(r"\{?\$sourceDescriptions\.([^.}]+)", reference)
    return found[1] if found else ""


def _inherited(
    step: Step, shared: tuple[Parameter, ...], success: tuple[Action, ...], failure: tuple[Action, ...]
) -> Step:
    """Return a step with what its workflow says for all steps; the step's own wins."""
    own = {(parameter.name, parameter.location) for parameter in step.parameters}
    parameters = [one for one in shared if (one.name, one.location) not in own]
    named_success = {action.name for action in step.on_success}
    named_failure = {action.name for action in step.on_failure}
    return replace(
        step,
        parameters=(*parameters, *step.parameters),
        on_success=(*step.on_success, *(one for one in success if one.name not in named_success)),
        on_failure=(*step.on_failure, *(one for one in failure if one.name not in named_failure)),
    )


def _selector_kind(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("type")
    return value if isinstance(value, str) else ""


def _mapping(value: Any, where: str, sentence: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(where, sentence)
    return value


def _unique(names: list[str], where: str, field_name: str) -> None:
    for at, name in enumerate(names):
        if name in names[:at]:
            raise _wrong(
                f"{where}/{at}/{field_name}",
                say("%(name)s is there twice: give each its own name.", name=_short(name)),
            )


def _is_number(value: Any, *, least: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= least


def _short(text: str) -> str:
    return reveal(text)[:80]


def _wrong(where: str, sentence: str) -> ArazzoError:
    return ArazzoError(say("%(where)s: %(sentence)s", where=where, sentence=sentence))
