"""What a run is made of: calls to send, results, workflows under way; and all of it as JSON and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, get_args

from playground.arazzo.criteria import Judged
from playground.arazzo.document import LONGEST_WAIT, Criterion, Document, Step
from playground.arazzo.expressions import Exchange
from playground.catalog.model import Location
from playground.messages import Headers

_KEPT_TEXT = 20_000
"""Characters of an answer that a run kept in a page remembers for the criteria of the step that called its workflow."""

Why: TypeAlias = Literal["top", "step", "retry", "depends", "goto"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The request that a step asks for. `missing` are expressions without a value, whose places stay empty.

    `location` of a parameter is `None` where the document does not say where it goes.
    """

    workflow: str
    step: Step
    number: int
    attempt: int = 1
    wait: float = 0.0
    parameters: tuple[tuple[str, Location | None, Any], ...] = ()
    has_payload: bool = False
    payload: Any = None
    content_type: str | None = None
    missing: tuple[str, ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One step that was played: whether it succeeded and why, what it gave, what follows.

    `called` is the workflow that the step called, if it did; `retried` tells that the same step was tried again.
    """

    workflow: str
    step: str
    number: int
    depth: int = 0
    attempt: int = 1
    operation: str = ""
    called: str = ""
    status: int | None = None
    milliseconds: float = 0.0
    success: bool = False
    retried: bool = False
    error: str = ""
    judged: tuple[Judged, ...] = ()
    outputs: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    action: str = ""


@dataclass(slots=True, kw_only=True)
class Frame:
    """One workflow under way."""

    workflow: str
    why: Why
    inputs: dict[str, Any]
    at: int = 0
    steps: dict[str, dict[str, Any]] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)
    attempt: int = 1
    wait: float = 0.0
    back: int | None = None
    waits_for: list[str] = field(default_factory=list)
    last: Exchange | None = None
    failed: bool = False


def frame_shape(frame: Frame) -> dict[str, Any]:
    """Return a workflow under way as JSON values."""
    members = {name: getattr(frame, name) for name in frame.__slots__ if name != "last"}
    return {**members, "last": _kept(frame.last)}


def _kept(exchange: Exchange | None) -> dict[str, Any] | None:
    if exchange is None:
        return None
    body = exchange.body if len(exchange.text) <= _KEPT_TEXT else None
    return {"status": exchange.status, "headers": [list(pair) for pair in exchange.headers], "body": body}


def read_frame(document: Document, value: Mapping[str, Any]) -> Frame:
    """Return the workflow under way that `frame_shape` wrote. Raises what a wrong value raises."""
    workflow = document.workflow(value["workflow"])
    why = next(why for why in get_args(Why) if why == value["why"])
    if workflow is None:
        raise KeyError(value["workflow"])
    last = value["last"]
    wait = float(value["wait"])
    return Frame(
        workflow=workflow.id,
        why=why,
        inputs=dict(value["inputs"]),
        at=min(abs(int(value["at"])), len(workflow.steps)),
        steps={str(name): dict(outputs) for name, outputs in value["steps"].items()},
        tries={str(name): abs(int(count)) for name, count in value["tries"].items()},
        attempt=abs(int(value["attempt"])),
        wait=min(wait, LONGEST_WAIT) if math.isfinite(wait) and wait > 0 else 0.0,
        back=None if value["back"] is None else min(abs(int(value["back"])), len(workflow.steps) - 1),
        waits_for=[str(name) for name in value["waits_for"]],
        last=None
        if last is None
        else Exchange(
            status=int(last["status"]),
            headers=Headers.of((str(name), str(text)) for name, text in last["headers"]),
            body=last["body"],
        ),
        failed=value["failed"] is True,
    )


def read_result(value: Mapping[str, Any]) -> Result:
    """Return a result written as JSON values. Raises what a wrong value raises."""
    judged = tuple(
        Judged(
            criterion=Criterion(
                condition=str(criterion["criterion"]["condition"]),
                context=str(criterion["criterion"]["context"]),
                kind=next(
                    (kind for kind in ("regex", "jsonpath", "xpath") if kind == criterion["criterion"]["kind"]),
                    "simple",
                ),
            ),
            holds=criterion["holds"] is True,
            reason=str(criterion["reason"]),
        )
        for criterion in value["judged"]
    )
    return Result(
        workflow=str(value["workflow"]),
        step=str(value["step"]),
        number=int(value["number"]),
        depth=int(value["depth"]),
        attempt=int(value["attempt"]),
        operation=str(value["operation"]),
        called=str(value["called"]),
        status=None if value["status"] is None else int(value["status"]),
        milliseconds=float(value["milliseconds"]),
        success=value["success"] is True,
        retried=value["retried"] is True,
        error=str(value["error"]),
        judged=judged,
        outputs=dict(value["outputs"]),
        missing=tuple(str(name) for name in value["missing"]),
        action=str(value["action"]),
    )
