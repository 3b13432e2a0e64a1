"""The bar of a step while a scenario is played: what it takes, what it expects, and whether the answer is so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request

from playground import jsontext
from playground.answers.keep import Kept
from playground.arazzo.checks import judge_check, needs_contract
from playground.arazzo.criteria import Judged
from playground.arazzo.document import Criterion
from playground.arazzo.expressions import Exchange
from playground.arazzo.requests import content_of
from playground.messages import Headers, HTTPResponse
from playground.scenario.carry import fill_in, take
from playground.scenario.model import ScenarioError, Step, read_scenario
from playground.store import StoreError
from playground.text.wording import say
from playground.web.checked import check_again
from playground.web.kept.records import RECORD
from playground.web.scenarios.steps import ShownStep, shown_step
from playground.web.site import this_site


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayBar:
    """`scenarios/_bar.html`: one step while the scenario is played.

    `arguments` (JSON) fill the form; `values` are what earlier answers gave, by name, `values_text` the same as JSON;
    `taken` tells that this step's answer has given its values, `judged` whether it is as the step's checks expect.
    """

    title: str
    step: ShownStep
    count: int
    before: Step | None
    after: Step | None
    values: tuple[tuple[str, str], ...]
    values_text: str
    arguments: str
    taken: bool
    judged: tuple[Judged, ...]
    problem: str


def bar_of_step() -> PlayBar:
    """Return the bar that the posted scenario, index, values and answer ask for. Raises `ScenarioError`."""
    form = request.form
    scenario = read_scenario(form.get("scenario", ""))
    index = int(form["index"]) if form.get("index", "").isdecimal() else 0
    if index >= len(scenario.steps):
        raise ScenarioError(say("This scenario has no such step: open it again from the list of scenarios."))
    values = _values(form.get("values", ""))
    step, problem, taken = scenario.steps[index], "", False
    if "answer" in form:
        try:
            values |= take(step, form["answer"])
            taken = True
        except ScenarioError as error:
            problem = str(error)
    kept = this_site().answers.get(form.get("token", ""))
    judged = _judged(step, kept) if kept is not None else ()
    filled = step
    try:
        filled = fill_in(scenario, index, values)
    except ScenarioError as error:
        problem = problem or str(error)
    return PlayBar(
        title=scenario.title,
        step=shown_step(scenario, index),
        count=len(scenario.steps),
        before=scenario.steps[index - 1] if index else None,
        after=scenario.steps[index + 1] if index + 1 < len(scenario.steps) else None,
        values=tuple(
            (name, value if isinstance(value, str) else jsontext.dumps(value)) for name, value in values.items()
        ),
        values_text=jsontext.dumps(values),
        arguments=jsontext.dumps(filled.arguments),
        taken=taken,
        judged=judged,
        problem=problem,
    )


def _values(text: str) -> dict[str, Any]:
    """Return the values taken so far; storage that holds rubbish holds none."""
    try:
        values = jsontext.loads(text)
    except jsontext.JSONTextError:
        return {}
    return dict(values) if isinstance(values, dict) else {}


def exchange_of_kept(kept: Kept) -> Exchange:
    """Return a kept answer as checks and criteria see it."""
    about = kept.about
    headers = Headers.of((str(name), str(value)) for name, value in about.get("headers", ()))
    status = about.get("status")
    response = HTTPResponse(
        status=status if isinstance(status, int) else 0,
        headers=headers,
        body=kept.body.data,
        truncated=kept.body.truncated,
    )
    text, body = content_of(response)
    record = record_shape(kept)
    spent = record.get("response", {}).get("duration_ms")
    return Exchange(
        status=response.status,
        headers=headers,
        body=body,
        text=text,
        milliseconds=float(spent) if isinstance(spent, int | float) else 0.0,
    )


def record_shape(kept: Kept) -> dict[str, Any]:
    """Return what is kept of the exchange beside its answer; nothing where there is no such record."""
    try:
        record = jsontext.loads(str(kept.about.get(RECORD, "")))
    except jsontext.JSONTextError:
        return {}
    return record if isinstance(record, dict) else {}


def differences_of(kept: Kept) -> tuple[str, ...] | None:
    """Return where a kept answer differs from its description; `None` where that is no longer known."""
    try:
        verdict = check_again(kept)
    except StoreError:
        return None
    return None if verdict is None else tuple(finding.text for finding in verdict.errors)


def _judged(step: Step, kept: Kept) -> tuple[Judged, ...]:
    exchange = exchange_of_kept(kept)
    differences = differences_of(kept) if needs_contract(step.check) else None
    expected = " or ".join(str(status) for status in step.expect) or "200 to 299"
    judged = tuple(judge_check(line, exchange, differences) for line in step.check)
    if not exchange.status:
        return judged
    reason = "" if step.expects(exchange.status) else say("Found: %(found)s", found=str(exchange.status))
    status = Judged(criterion=Criterion(condition=f"status {expected}"), holds=not reason, reason=reason)
    return (status, *judged)
