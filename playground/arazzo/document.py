"""An Arazzo document as values: what is written stays whole, and typed views of it are what is played.

`Document.value` is the document as it was read, so that writing it again loses nothing, extensions included. Reusable
objects stand in the views resolved. What a document may say and cannot be played is in `Document.told`, one sentence
each with its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from playground.catalog.model import Location
from playground.openapi.problems import Limits

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

Kind: TypeAlias = Literal["simple", "regex", "jsonpath", "xpath"]
KINDS: tuple[Kind, ...] = ("simple", "regex", "jsonpath", "xpath")


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
    """One condition; `version` is that of an XPath: `10`, `20`, `30` or `31`."""

    condition: str
    kind: Kind = "simple"
    context: str = ""
    version: str = "31"


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


def called_by(workflow: Workflow) -> tuple[str, ...]:
    """Return the names of the workflows that one needs, calls or goes to."""
    actions = (action for step in workflow.steps for action in (*step.on_success, *step.on_failure))
    called = (
        *workflow.depends_on,
        *(step.workflow for step in workflow.steps),
        *(reaction.workflow for reaction in actions),
    )
    return tuple(name for name in called if name)


def is_arazzo(text: str) -> bool:
    """Say whether a text looks like an Arazzo document rather than a scenario's file."""
    return re.search(r"^\s*[{]?\s*[\"']?arazzo[\"']?\s*:", text[:4_000], re.MULTILINE) is not None


def token(name: str) -> str:
    """Return a name as a part of a JSON Pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def source_of(reference: str) -> str:
    """Return the name of the source that an operation's reference begins with; empty if it names none."""
    found = re.match(r"\{?\$sourceDescriptions\.([^.}]+)", reference)
    return found[1] if found else ""
