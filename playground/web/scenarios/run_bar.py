"""A workflow under way: kept under a token for some minutes, continued by the answer of a Send, drawn as a bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from playground import jsontext
from playground.answers.keep import Kept
from playground.arazzo.document import Action, ArazzoError, Document, Step
from playground.arazzo.expressions import Exchange
from playground.arazzo.frames import Call, Result
from playground.arazzo.read import read_document
from playground.arazzo.requests import SourceError, bound_in, entry_of
from playground.arazzo.run import Run
from playground.catalog.model import Entry
from playground.contentviews.registry import body_of
from playground.contract.described import described_status
from playground.forms.parse import Submission
from playground.request.errors import RequestError
from playground.request.model import ABSENT
from playground.secrets.detect import is_secret_name
from playground.text.wording import say
from playground.web.operation.contexts import ResponsePane
from playground.web.scenarios.bar import exchange_of_kept
from playground.web.site import this_site
from playground.web.visitor import visitor

RUN = "~run"
"""The input of an operation's form that names the run which its answer continues."""
LONGEST_DOCUMENT = 400_000
_ABOUT = "workflow_run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Playing:
    """A run with its document and what its visitor chose; `text` is the document's, `sandbox` where it is sent."""

    text: str
    document: Document
    run: Run
    sources: Mapping[str, str]
    sandbox: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One action after a step: when it is done (`criteria`), and what then."""

    when: str
    criteria: tuple[str, ...]
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBar:
    """`scenarios/_run.html`: the step that is next, and the results so far.

    `token` is what the form carries until its answer has come, `next_token` what the next step begins with. `results`
    are those of the answer that has just come.
    """

    title: str
    workflow: str
    step: str
    number: int
    count: int
    description: str
    branches: tuple[Branch, ...]
    missing: tuple[str, ...]
    token: str
    next_token: str = ""
    next_step: str = ""
    ended: bool = False
    failed: bool = False
    results: tuple[Result, ...] = ()
    problem: str = ""


def keep(playing: Playing) -> str:
    """Return a token under which a run is kept. Raises `ArazzoError` where it cannot be."""
    value = {
        "document": playing.text,
        "sources": dict(playing.sources),
        "sandbox": playing.sandbox,
        "state": playing.run.state(),
    }
    data = jsontext.dumps(value).encode("utf-8", "surrogatepass")
    body = body_of(data, "application/json")
    kept = Kept(body=body, content_type="application/json", about={_ABOUT: True})
    token = this_site().answers.put(visitor(), kept)
    if token is None:
        raise ArazzoError(say("This site has no room to keep the run: try again later."))
    return token


def kept_run(token: str) -> Playing:
    """Return the run that a token names. Raises `ArazzoError`."""
    kept = this_site().answers.get(token)
    if kept is None or kept.about.get(_ABOUT) is not True:
        raise ArazzoError(say("This run is not kept any longer: open the document and play it again."))
    value = jsontext.loads(kept.body.data.decode("utf-8", "surrogatepass"))
    document = read_document(value["document"])
    run = Run.restore(document, value["state"])
    return Playing(
        text=value["document"],
        document=document,
        run=run,
        sources=value["sources"],
        sandbox=value["sandbox"] is True,
    )


def entry_of_call(playing: Playing, call: Call) -> Entry:
    """Return the operation of a planned call. Raises `SourceError`."""
    return entry_of(playing.document, call.step, bound_in(playing.document, this_site().store, playing.sources))[1]


def bar_of_call(playing: Playing, call: Call, token: str) -> RunBar:
    """Return the bar of a step that is about to be sent."""
    workflow = playing.document.workflow(call.workflow)
    return RunBar(
        title=(workflow.summary if workflow else "") or call.workflow,
        workflow=call.workflow,
        step=call.step.id,
        number=call.number + 1,
        count=len(workflow.steps) if workflow else 1,
        description=call.step.description,
        branches=branches_of(call.step),
        missing=call.missing,
        token=token,
    )


def bar_after(submission: Submission, pane: ResponsePane | None) -> RunBar | None:
    """Return the bar of the run that a form names; an answer takes the run to the next step. `None` without a run."""
    token = submission.state.text(RUN)
    if not token:
        return None
    try:
        playing = kept_run(token)
        call = playing.run.plan()
        if call is None:
            return None
        bar = bar_of_call(playing, call, token)
        if pane is None or pane.answer is None or pane.is_live:
            return bar
        exchange = _exchange(submission, pane.answer.view.token, pane.answer.duration_ms)
        if exchange is None:
            return replace(bar, problem=say("This answer is not kept, so it cannot be judged: press Send again."))
        return _advanced(playing, bar, submission, exchange)
    except (ArazzoError, SourceError) as error:
        return _broken(str(error))


def with_run_values(submission: Submission) -> Submission:
    """Return a submission with the secret parameters that earlier answers of its run gave; no form shows them."""
    token = submission.state.text(RUN)
    if not token:
        return submission
    try:
        call = kept_run(token).run.plan()
    except ArazzoError:
        return submission
    if call is None:
        return submission
    model = submission.model
    parameters = {location: dict(values) for location, values in model.parameters.items()}
    for name, location, value in call.parameters:
        is_hidden = is_secret_name(name) or name.lower() == "authorization"
        if location is not None and is_hidden and model.parameter(location, name) in (ABSENT, "", None):
            parameters.setdefault(location, {})[name] = value
    return replace(submission, model=replace(model, parameters=parameters))


def branches_of(step: Step) -> tuple[Branch, ...]:
    """Return what may follow a step, in the order in which it is tried."""

    def branch(action: Action, when: str) -> Branch:
        criteria = tuple(
            criterion.condition
            if criterion.kind == "simple"
            else f"{criterion.context} {criterion.kind} {criterion.condition}"
            for criterion in action.criteria
        )
        target = action.step or action.workflow
        if action.type == "end":
            then = say("end")
        elif action.type == "goto":
            then = say("go to %(name)s", name=target)
        else:
            then = say("try again, up to %(count)s times", count=action.retry_limit)
        return Branch(when=when, criteria=criteria, then=then)

    return (
        *(branch(action, say("after success")) for action in step.on_success),
        *(branch(action, say("after a failure")) for action in step.on_failure),
    )


def _exchange(submission: Submission, token: str, milliseconds: float) -> Exchange | None:
    kept = this_site().answers.get(token)
    if kept is None:
        return None
    exchange = exchange_of_kept(kept)
    try:
        message = submission.message
    except RequestError:
        return exchange
    parameters = submission.model.parameters
    return replace(
        exchange,
        url=message.url,
        method=message.method,
        request_headers=message.headers,
        query=parameters.get("query", {}),
        path=parameters.get("path", {}),
        request_body=None if submission.model.body is ABSENT else submission.model.body,
        milliseconds=milliseconds,
    )


def _advanced(playing: Playing, bar: RunBar, submission: Submission, exchange: Exchange) -> RunBar:
    run, entry = playing.run, submission.entry
    before = len(run.results)
    run.take(
        exchange,
        operation=f"{entry.provider.name}/{entry.operation.name}",
        documented=bool(described_status(entry, exchange.status)),
    )
    following = run.plan()
    return replace(
        bar,
        results=tuple(run.results[before:]),
        next_token=keep(playing),
        next_step="" if following is None else following.step.id,
        ended=run.ended,
        failed=run.failed,
    )


def _broken(problem: str) -> RunBar:
    return RunBar(
        title=say("Workflow"), workflow="", step="", number=1, count=1, description="", branches=(), missing=(),
        token="", ended=True, problem=problem,
    )  # fmt: skip
