"""A workflow played step by step: what to send next, and what follows from an answer. Nothing is sent here.

`Run.plan` gives the next call, `Run.take` its outcome; the caller sends in between, by any road. A run is
bounded whatever its document says: requests, moves between steps, and workflows inside workflows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from playground.arazzo.criteria import Judged, hold, judge_all
from playground.arazzo.document import LONGEST_WAIT, Action, ArazzoError, Criterion, Document, Step, Workflow
from playground.arazzo.expressions import MISSING, Exchange, Scope, TooMuchError
from playground.arazzo.frames import Call, Frame, Result, Why, frame_shape, read_frame, read_result
from playground.arazzo.values import defaults_of, parameter_values, payload_of, value_of
from playground.text.wording import say

MOST_SENT = 300
MOST_MOVES = 3_000
MOST_INSIDE = 12


class Run:
    """One workflow of a document being played."""

    def __init__(self, document: Document, workflow: str, inputs: Mapping[str, Any]) -> None:
        found = document.workflow(workflow)
        if found is None:
            names = ", ".join(listed.id for listed in document.workflows[:20])
            raise ArazzoError(
                say(
                    "There is no workflow named %(name)s in this document: it has %(names)s.",
                    name=workflow[:80],
                    names=names,
                )
            )
        self.document = document
        self.workflow = found
        self.inputs = dict(inputs)
        self.results: list[Result] = []
        self.outputs: dict[str, Any] = {}
        self.finished: dict[str, dict[str, Any]] = {}
        self._frames: list[Frame] = []
        self._sent = 0
        self._moves = 0
        self._push(found, dict(inputs), "top")

    @property
    def failed(self) -> bool:
        """Whether a step failed that no later attempt made good."""
        return any(not result.success and not result.retried for result in self.results)

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to send."""
        return not self._frames

    @property
    def position(self) -> tuple[str, int] | None:
        """The workflow and the number of the step that is next."""
        return (self._frames[-1].workflow, self._frames[-1].at) if self._frames else None

    def plan(self) -> Call | None:
        """Return what to send next; `None` where the run has ended."""
        while self._frames:
            frame = self._frames[-1]
            self._moves += 1
            if self._moves > MOST_MOVES:
                self._stop(say("The workflow moves from step to step without an end: it was stopped."))
                return None
            workflow = self._workflow_of(frame)
            if frame.waits_for:
                name = frame.waits_for.pop(0)
                if name not in self.finished and not self._enter(name, frame.inputs, "depends"):
                    return None
                continue
            if frame.at >= len(workflow.steps):
                self._end(frame)
                continue
            step = workflow.steps[frame.at]
            problem = step.unplayed or self._unready(frame, step)
            if problem:
                self._after(frame, step, self._result(frame, step, error=problem), None)
            elif step.workflow:
                scope = self._scope(frame)
                missing: list[str] = []
                inputs = {
                    parameter.name: value for parameter, value in parameter_values(step.parameters, scope, missing)
                }
                if not self._enter(step.workflow, inputs, "step"):
                    return None
            else:
                if self._sent >= MOST_SENT:
                    self._stop(
                        say("The workflow has sent %(most)s requests without an end: it was stopped.", most=MOST_SENT)
                    )
                elif (call := self._call(frame, step)) is not None:
                    return call
        return None

    def take(
        self,
        exchange: Exchange | None,
        *,
        error: str = "",
        operation: str = "",
        documented: bool = True,
        differences: tuple[str, ...] | None = None,
    ) -> Result:
        """Return what the planned step's outcome means, and go on from there.

        Without an exchange `error` says why. `documented` tells whether the description has the answer's status, which
        decides where the step has no criteria. `differences` are those between the answer and its description, `None`
        where nobody looked.
        """
        self._sent += 1
        frame = self._frames[-1]
        step = self._workflow_of(frame).steps[frame.at]
        frame.last = exchange
        scope = self._scope(frame).at(exchange)
        judged = judge_all(step.criteria, scope) if exchange is not None else ()
        if exchange is not None and not step.criteria and differences is None:
            text = say("The description has the status %(status)s", status=str(exchange.status))
            judged = (Judged(criterion=Criterion(condition=text), holds=documented),)
        if differences is not None:
            text = say("The answer matches its description")
            reason = " ".join(differences[:3])
            judged = (*judged, Judged(criterion=Criterion(condition=text), holds=not differences, reason=reason))
        success = exchange is not None and not error and all(outcome.holds for outcome in judged)
        outputs, missing = self._outputs(step.outputs, scope) if exchange is not None else ({}, ())
        result = self._result(
            frame,
            step,
            success=success,
            error=error,
            operation=operation,
            status=exchange.status if exchange is not None else None,
            milliseconds=exchange.milliseconds if exchange is not None else 0.0,
            judged=judged,
            outputs=outputs,
            missing=missing,
        )
        return self._after(frame, step, result, exchange)

    def scope(self) -> Scope:
        """Return what expressions may name now."""
        if not self._frames:
            return Scope(document=self.document, outputs=self.outputs, workflows=self.finished)
        return self._scope(self._frames[-1])

    def state(self) -> dict[str, Any]:
        """Return the run as JSON values; `restore` makes it again."""
        return {
            "workflow": self.workflow.id,
            "inputs": self.inputs,
            "sent": self._sent,
            "moves": self._moves,
            "outputs": self.outputs,
            "finished": self.finished,
            "frames": [frame_shape(frame) for frame in self._frames],
            "results": [asdict(result) for result in self.results],
        }

    @classmethod
    def restore(cls, document: Document, state: Any) -> Run:
        """Return the run that `state` was. Raises `ArazzoError` for what no run was."""
        try:
            run = cls(document, str(state["workflow"]), state["inputs"])
            run._sent, run._moves = abs(int(state["sent"])), abs(int(state["moves"]))
            run.outputs, run.finished = (
                dict(state["outputs"]),
                {
                    str(name): {"inputs": dict(ended["inputs"]), "outputs": dict(ended["outputs"])}
                    for name, ended in state["finished"].items()
                },
            )
            run._frames = [read_frame(document, frame) for frame in state["frames"][:MOST_INSIDE]]
            run.results = [read_result(result) for result in state["results"][: MOST_SENT * 2]]
        except (KeyError, TypeError, ValueError, AttributeError, StopIteration, RecursionError):
            raise ArazzoError(say("This run cannot be continued: start the workflow again.")) from None
        return run

    def _workflow_of(self, frame: Frame) -> Workflow:
        workflow = self.document.workflow(frame.workflow)
        assert workflow is not None  # noqa: S101 - a frame is made of one
        return workflow

    def _push(self, workflow: Workflow, inputs: dict[str, Any], why: Why) -> None:
        defaults = defaults_of(workflow.inputs)
        frame = Frame(workflow=workflow.id, why=why, inputs={**defaults, **inputs})
        frame.waits_for = [name for name in workflow.depends_on if not name.startswith("$")]
        self._frames.append(frame)

    def _enter(self, name: str, inputs: Mapping[str, Any], why: Why) -> bool:
        workflow = self.document.workflow(name)
        if workflow is None:
            self._stop(_elsewhere(name))
            return False
        if len(self._frames) >= MOST_INSIDE or (
            why == "depends" and any(earlier.workflow == name for earlier in self._frames)
        ):
            self._stop(
                say("Workflows call one another without an end: the run was stopped at %(name)s.", name=name[:80])
            )
            return False
        self._push(workflow, dict(inputs), why)
        return True

    def _unready(self, frame: Frame, step: Step) -> str:
        for name in step.depends_on:
            if not name.startswith("$") and name not in frame.steps:
                return say("This step depends on %(name)s, which has not been played.", name=name[:80])
        return ""

    def _scope(self, frame: Frame) -> Scope:
        workflows = {**self.finished}
        for earlier in self._frames:
            workflows.setdefault(earlier.workflow, {"inputs": earlier.inputs, "outputs": {}})
        return Scope(
            document=self.document, exchange=frame.last, inputs=frame.inputs, steps=frame.steps, workflows=workflows
        )

    def _call(self, frame: Frame, step: Step) -> Call | None:
        scope = self._scope(frame)
        missing: list[str] = []
        try:
            parameters = tuple(
                (parameter.name, parameter.location, value)
                for parameter, value in parameter_values(step.parameters, scope, missing)
            )
            payload = payload_of(step, scope, missing)
        except TooMuchError:
            error = say("The request's values are longer than a request may be.")
            self._after(frame, step, self._result(frame, step, error=error), None)
            return None
        wait, frame.wait = frame.wait, 0.0
        return Call(
            workflow=frame.workflow,
            step=step,
            number=frame.at,
            attempt=frame.attempt,
            wait=wait,
            parameters=parameters,
            has_payload=step.body is not None and payload is not MISSING,
            payload=None if payload is MISSING else payload,
            content_type=step.body.content_type if step.body is not None else None,
            missing=tuple(missing),
            depth=len(self._frames) - 1,
        )

    def _outputs(self, outputs: Mapping[str, Any], scope: Scope) -> tuple[dict[str, Any], tuple[str, ...]]:
        found: dict[str, Any] = {}
        missing = []
        for name, expression in outputs.items():
            gone: list[str] = []
            value = value_of(expression, scope, gone)
            if gone:
                missing.append(name)
            found[name] = value
        return found, tuple(missing)

    def _result(self, frame: Frame, step: Step, **facts: Any) -> Result:
        return Result(
            workflow=frame.workflow,
            step=step.id,
            number=frame.at,
            depth=len(self._frames) - 1,
            attempt=frame.attempt,
            called=step.workflow,
            **facts,
        )

    def _after(self, frame: Frame, step: Step, result: Result, exchange: Exchange | None) -> Result:
        """Note a step's result, then do what follows it: an action, the next step, or the end."""
        if result.status is not None or result.called:
            frame.steps[step.id] = {**frame.steps.get(step.id, {}), **result.outputs}
        scope = replace(self._scope(frame).at(exchange), outputs=result.outputs)
        action = self._chosen(frame, step, scope, success=result.success)
        result = replace(result, action=_named(action), retried=action is not None and action.type == "retry")
        self.results.append(result)
        frame.failed = frame.failed or (not result.success and not result.retried)
        detour, frame.back = frame.back, None
        if action is not None and action.type == "retry":
            self._retry(frame, step, action, exchange)
        elif detour is not None:
            frame.at = detour
        elif action is not None and action.type == "goto":
            self._go(frame, action, scope)
        elif action is not None or not result.success:
            self._end(frame)
        else:
            frame.at, frame.attempt = frame.at + 1, 1
        return result

    def _chosen(self, frame: Frame, step: Step, scope: Scope, *, success: bool) -> Action | None:
        for action in step.on_success if success else step.on_failure:
            spent = frame.tries.get(f"{step.id}/{action.name}", 0) >= action.retry_limit
            if (action.type == "retry" and spent) or not hold(action.criteria, scope):
                continue
            return action
        return None

    def _retry(self, frame: Frame, step: Step, action: Action, exchange: Exchange | None) -> None:
        key = f"{step.id}/{action.name}"
        frame.tries[key] = frame.tries.get(key, 0) + 1
        frame.attempt += 1
        frame.wait = max(action.retry_after, 0.0) if (asked := _retry_after(exchange)) is None else asked
        if action.workflow:
            scope = self._scope(frame).at(exchange)
            inputs = {parameter.name: value for parameter, value in parameter_values(action.parameters, scope, [])}
            self._enter(action.workflow, inputs or frame.inputs, "retry")
        elif action.step:
            place = self._workflow_of(frame).step(action.step)
            if place is not None and place != frame.at:
                frame.back, frame.at = frame.at, place

    def _go(self, frame: Frame, action: Action, scope: Scope) -> None:
        frame.attempt = 1
        if action.step:
            place = self._workflow_of(frame).step(action.step)
            frame.at = len(self._workflow_of(frame).steps) if place is None else place
            return
        workflow = self.document.workflow(action.workflow)
        if workflow is None:
            self._stop(_elsewhere(action.workflow))
            return
        inputs = {parameter.name: value for parameter, value in parameter_values(action.parameters, scope, [])}
        # One way: the workflow that is left does not come back, but whoever called it gets what the new one gives.
        self._frames.pop()
        self._push(workflow, inputs or frame.inputs, frame.why)
        self._frames[-1].failed = frame.failed

    def _end(self, frame: Frame) -> None:
        """End a workflow: compute its outputs and continue with its caller."""
        workflow = self._workflow_of(frame)
        outputs, _gone = self._outputs(workflow.outputs, self._scope(frame))
        self.finished[workflow.id] = {"inputs": frame.inputs, "outputs": outputs}
        self._frames.pop()
        if not self._frames:
            self.outputs = outputs
            return
        caller = self._frames[-1]
        if frame.why == "depends" and frame.failed:
            step = self._workflow_of(caller).steps[caller.at]
            error = say("The workflow %(name)s, which this one depends on, failed.", name=workflow.id)
            self.results.append(self._result(caller, step, error=error))
            caller.failed = True
            caller.waits_for = []
            self._end(caller)
        elif frame.why == "step":
            step = self._workflow_of(caller).steps[caller.at]
            scope = replace(self._scope(caller).at(frame.last), outputs=outputs)
            judged = judge_all(step.criteria, scope) if not frame.failed else ()
            given, gone = self._outputs(step.outputs, scope)
            result = self._result(
                caller,
                step,
                success=not frame.failed and all(outcome.holds for outcome in judged),
                error=say("A step of %(name)s failed.", name=workflow.id) if frame.failed else "",
                judged=judged,
                outputs=given,
                missing=gone,
            )
            self._after(caller, step, result, frame.last)

    def _stop(self, sentence: str) -> None:
        """End the whole run with a sentence."""
        frame = self._frames[-1]
        steps = self._workflow_of(frame).steps
        step = steps[min(frame.at, len(steps) - 1)]
        self.results.append(self._result(frame, step, error=sentence))
        self._frames.clear()


def _retry_after(exchange: Exchange | None) -> float | None:
    text = "" if exchange is None else exchange.headers.get("Retry-After") or ""
    return min(float(text), LONGEST_WAIT) if text.isdecimal() and len(text) < 9 else None


def _elsewhere(name: str) -> str:
    return say("The workflow %(name)s is in another document, which is not played here.", name=name[:80])


def _named(action: Action | None) -> str:
    if action is None:
        return ""
    target = action.step or action.workflow
    return f"{action.name}: {action.type}" + (f" {target}" if target else "")
