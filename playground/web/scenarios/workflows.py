"""Arazzo documents on the site: opened, their inputs asked for, played step by step on the pages of the operations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from playground import jsontext
from playground.arazzo.document import ArazzoError, Document, Step, Workflow
from playground.arazzo.frames import Call, Result
from playground.arazzo.read import document_of, read_document
from playground.arazzo.requests import SourceError, bound_in, entry_of, model_of
from playground.arazzo.run import Run
from playground.arazzo.values import Input, check_inputs, inputs_of, read_input
from playground.arazzo.write import write_document, write_yaml
from playground.catalog.model import SANDBOX
from playground.forms.fill import fill
from playground.forms.state import FormState
from playground.request.errors import RequestError
from playground.text.wording import say
from playground.web.i18n.translate import localize
from playground.web.operation.form import drop_secret_inputs
from playground.web.operation.page import render_page
from playground.web.scenarios.run_bar import (
    LONGEST_DOCUMENT,
    RUN,
    Branch,
    Playing,
    bar_of_call,
    branches_of,
    entry_of_call,
    keep,
    kept_run,
)
from playground.web.site import this_site, wants_fragment

_NOT_NAME = re.compile(r"[^A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowStep:
    """A step as its workflow's page shows it: what it calls, and whether the catalogue has it (`problem` if not)."""

    id: str
    description: str
    called: str
    method: str
    path: str
    provider: str
    name: str
    criteria: tuple[str, ...]
    outputs: tuple[tuple[str, str], ...]
    branches: tuple[Branch, ...]
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source description of the document, and the API of the catalogue that it is."""

    name: str
    url: str
    provider: str
    is_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowPage:
    """`scenarios/workflow.html`: a document, one of its workflows, its inputs as a form, and what a run has given."""

    text: str
    title: str
    description: str
    told: tuple[str, ...]
    workflows: tuple[tuple[str, str], ...]
    workflow: str
    summary: str
    about: str
    sources: tuple[SourceRow, ...]
    inputs: tuple[Input, ...]
    given: Mapping[str, str]
    steps: tuple[WorkflowStep, ...]
    can_sandbox: bool
    sandbox: bool
    problem: str = ""
    results: tuple[Result, ...] = ()
    outputs: str = ""
    has_run: bool = False
    failed: bool = False


def workflows_blueprint() -> Blueprint:
    """Return the routes below `/scenarios/workflow`."""
    bp = Blueprint("workflows", __name__)

    @bp.post("/scenarios/workflow")
    def show() -> ResponseReturnValue:
        """Draw a document's page: the one that is posted, or that of a run."""
        if token := request.form.get(RUN):
            playing = kept_run(token)
            return _drawn(_page(playing.document, playing.text, playing.run.workflow.id, playing=playing))
        return open_document(request.form.get("document", ""))

    @bp.post("/scenarios/workflow/file")
    def download() -> Response:
        """Answer with the document as a file, YAML or JSON."""
        document = read_document(request.form.get("document", ""))
        as_json = request.form.get("as") == "json"
        name = _NOT_NAME.sub("-", document.title.lower()).strip("-.")[:60] or "workflow"
        kind = "json" if as_json else "yaml"
        response = Response(write_document(document, as_json=as_json), mimetype=f"application/{kind}")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.arazzo.{kind}"'
        return response

    @bp.post("/scenarios/workflow/play")
    def play() -> ResponseReturnValue:
        """Show the page of the next step's operation, its form filled in; the page of the workflow at its end."""
        if token := request.form.get(RUN):
            return _next(kept_run(token))
        text = request.form.get("document", "")
        document = read_document(text)
        workflow = _chosen(document)
        try:
            given = _inputs(workflow)
            run = Run(document, workflow.id, given)
        except ArazzoError as error:
            return _drawn(_page(document, text, workflow.id, problem=str(error)), 422)
        sandbox = request.form.get("where") == SANDBOX
        return _next(Playing(text=text, document=document, run=run, sources=_sources(document), sandbox=sandbox))

    @bp.post("/scenarios/workflow/output")
    def output() -> ResponseReturnValue:
        """Let the step whose answer is shown give a value of it as an output; the changed document is kept."""
        token = add_output(*(request.form.get(name, "") for name in (RUN, "pointer", "name")))
        if not wants_fragment():
            playing = kept_run(token)
            return _drawn(_page(playing.document, playing.text, playing.run.workflow.id, playing=playing))
        return Response(token, mimetype="text/plain")

    @bp.errorhandler(ArazzoError)
    @bp.errorhandler(SourceError)
    def refused(error: ValueError) -> tuple[Response, int]:
        return Response(localize(str(error)), mimetype="text/plain"), 422

    return bp


def open_document(text: str) -> ResponseReturnValue:
    """Answer with the page of a document's text; the page of scenarios names what is wrong with it."""
    if len(text) > LONGEST_DOCUMENT:
        raise ArazzoError(say("This document is longer than %(most)s characters: split it.", most=LONGEST_DOCUMENT))
    document = read_document(text)
    return _drawn(_page(document, text, _chosen(document).id))


def add_output(token: str, pointer: str, name: str) -> str:
    """Return the token of a run whose last played step gives the value at a pointer. Raises `ArazzoError`."""
    playing = kept_run(token)
    last = next((result for result in reversed(playing.run.results) if result.status is not None), None)
    if last is None or (pointer and not pointer.startswith("/")) or len(pointer) > 500:
        raise ArazzoError(say("Send the step first: an output is a value of its answer."))
    stem = _NOT_NAME.sub("_", name).strip("_.")[:40] or "value"
    value = dict(playing.document.value)
    workflows = [dict(workflow) for workflow in value["workflows"]]
    for workflow in workflows:
        if workflow.get("workflowId") != last.workflow:
            continue
        steps = [dict(step) for step in workflow["steps"]]
        for step in steps:
            if step.get("stepId") == last.step:
                outputs = dict(step.get("outputs", {}))
                expression = f"$response.body#{pointer}" if pointer else "$response.body"
                if expression not in outputs.values():
                    names = (stem, *(f"{stem}_{number}" for number in range(2, 500)))
                    outputs[next(free for free in names if free not in outputs)] = expression
                step["outputs"] = outputs
        workflow["steps"] = steps
    value["workflows"] = workflows
    text = write_yaml(value)
    if len(text) > LONGEST_DOCUMENT:
        raise ArazzoError(say("This document is longer than %(most)s characters: split it.", most=LONGEST_DOCUMENT))
    document = document_of(value)
    run = Run.restore(document, playing.run.state())
    return keep(replace(playing, text=text, document=document, run=run))


def _next(playing: Playing) -> ResponseReturnValue:
    call = playing.run.plan()
    if call is None:
        return _drawn(_page(playing.document, playing.text, playing.run.workflow.id, playing=playing))
    try:
        entry = entry_of_call(playing, call)
        model = model_of(call, entry, _server(playing, call))
    except (SourceError, RequestError) as error:
        playing.run.take(None, error=str(error))
        return _next(playing)
    token = keep(playing)
    state, _ = drop_secret_inputs(entry, fill(entry, model))
    state = FormState.of([*state.pairs, (RUN, token)])
    response = make_response(render_page(entry, state, run=bar_of_call(playing, call, token)))
    response.headers["Cache-Control"] = "no-store"
    return response


def _server(playing: Playing, call: Call) -> str | None:
    if playing.sandbox or this_site().settings.sandbox == "only":
        return SANDBOX
    return SANDBOX if call.step.server == SANDBOX and this_site().settings.sandbox != "off" else None


def _drawn(page: WorkflowPage, status: int = 200) -> ResponseReturnValue:
    return render_template("scenarios/workflow.html", page=page), status, {"Cache-Control": "no-store"}


def _chosen(document: Document) -> Workflow:
    return document.workflow(request.form.get("workflow", "")) or document.workflows[0]


def _sources(document: Document) -> dict[str, str]:
    typed = {source.name: request.form.get(f"source.{source.name}", "").strip() for source in document.sources}
    return {name: provider for name, provider in typed.items() if provider}


def _inputs(workflow: Workflow) -> dict[str, Any]:
    """Return the inputs as typed; secret ones are typed in the forms of the steps that send them."""
    given = {}
    for declared in inputs_of(workflow):
        text = request.form.get(f"input.{declared.name}", "").replace("\r\n", "\n")
        if text and not declared.is_secret:
            given[declared.name] = read_input(workflow, declared.name, text)
    secret = {declared.name: "" for declared in inputs_of(workflow) if declared.is_secret}
    check_inputs(workflow, {**secret, **given})
    return given


def _page(
    document: Document, text: str, workflow_id: str, problem: str = "", playing: Playing | None = None
) -> WorkflowPage:
    workflow = document.workflow(workflow_id) or document.workflows[0]
    sources = _sources(document) if playing is None else dict(playing.sources)
    store = this_site().store
    bind = bound_in(document, store, sources)
    bound = {source.name: found for source in document.sources if (found := bind(source.name)) is not None}
    mode = this_site().settings.sandbox
    run = None if playing is None else playing.run
    sandbox = playing.sandbox if playing is not None else request.form.get("where", SANDBOX) == SANDBOX
    return WorkflowPage(
        text=text,
        title=document.title,
        description=document.description or document.summary,
        told=document.told,
        workflows=tuple((listed.id, listed.summary) for listed in document.workflows),
        workflow=workflow.id,
        summary=workflow.summary,
        about=workflow.description,
        sources=tuple(
            SourceRow(
                name=source.name,
                url=source.url,
                provider=bound[source.name].provider if source.name in bound else sources.get(source.name, ""),
                is_known=source.name in bound,
            )
            for source in document.sources
            if source.type == "openapi"
        ),
        inputs=inputs_of(workflow),
        given={declared.name: _given(declared, run) for declared in inputs_of(workflow) if not declared.is_secret},
        steps=tuple(_step(document, step, sources) for step in workflow.steps),
        can_sandbox=mode == "on",
        sandbox=mode == "only" or (mode == "on" and sandbox),
        problem=problem,
        results=() if run is None else tuple(run.results),
        outputs="" if run is None or not run.ended or not run.outputs else write_yaml(run.outputs),
        has_run=run is not None,
        failed=run is not None and run.failed,
    )


def _given(one: Input, run: Run | None) -> str:
    """Return the text of an input: as it was played with, as it was typed, or its default."""
    if run is not None and one.name in run.inputs:
        value = run.inputs[one.name]
        return value if isinstance(value, str) else jsontext.dumps(value)
    return request.form.get(f"input.{one.name}", one.default)


def _step(document: Document, step: Step, sources: Mapping[str, str]) -> WorkflowStep:
    method, path, provider, name, problem = "", "", "", "", step.unplayed
    if not step.workflow and not step.unplayed:
        try:
            entry = entry_of(document, step, bound_in(document, this_site().store, sources))[1]
            method, path = entry.operation.method, entry.operation.path
            provider, name = entry.provider.name, entry.operation.name
        except SourceError as error:
            problem = str(error)
    return WorkflowStep(
        id=step.id,
        description=step.description,
        called=step.workflow or step.operation_id or step.operation_path,
        method=method,
        path=path,
        provider=provider,
        name=name,
        criteria=tuple(
            criterion.condition
            if criterion.kind == "simple"
            else f"{criterion.context} {criterion.kind} {criterion.condition}"
            for criterion in step.criteria
        ),
        outputs=tuple(
            (name, value if isinstance(value, str) else str(value.get("selector", "")))
            for name, value in step.outputs.items()
        ),
        branches=branches_of(step),
        problem=problem,
    )
