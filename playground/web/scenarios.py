"""Scenarios: the page that lists and edits them, the bar that plays them, and the step a form makes.

A scenario is kept in the visitor's browser or in a file. Every request carries its text, and the answer holds the
changed text, so the server stores nothing and the page works without a script.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from playground import jsontext
from playground.catalog.model import SANDBOX, Entry
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.imports.earlier import OperationGone, read_made
from playground.request.arguments import to_arguments
from playground.request.errors import RequestError
from playground.request.model import SandboxPlace
from playground.request.server import check_described, default_server
from playground.scenario.carry import fill_in, names_before, take
from playground.scenario.edit import EditedScenario, EditedStep, add_step, edit, move_step, remove_step
from playground.scenario.model import Scenario, ScenarioError, Step, read_scenario, write_names, write_scenario
from playground.snippets.registry import make_snippet
from playground.store import OperationNotFound, ProviderNotFound
from playground.text.wording import say
from playground.web.i18n.translate import gettext, localize
from playground.web.operation.sandbox import sandbox_address
from playground.web.site import this_site, wants_fragment

CURL = "shell_curl"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """One step of a scenario on its page, every field as text; `carried` are the names it may use.

    `method`, `path` and `code` (a curl command) are empty where `problem` says why the step cannot be sent.
    """

    number: int
    provider: str
    name: str
    method: str
    path: str
    title: str
    note: str
    arguments: str
    take: str
    expect: str
    server: str
    media_type: str
    carried: tuple[str, ...]
    code: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioPage:
    """`scenarios/index.html` and `_scenario.html`: one scenario to edit, play, print; `text` is its file.

    Without a scenario `text` is empty, and `example` is the text of one to try (empty where this site has none).
    `problem` is one sentence about what was posted.
    """

    title: str
    note: str
    text: str
    steps: tuple[ShownStep, ...]
    example: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayBar:
    """`scenarios/_bar.html`: one step while the scenario is played.

    `arguments` (JSON) fill the form; `values` are what earlier answers gave, by name, `values_text` the same as JSON;
    `taken` tells that this step's answer has given its values.
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
    problem: str


def scenarios_blueprint() -> Blueprint:
    """Return the routes below `/scenarios`."""
    bp = Blueprint("scenarios", __name__)

    @bp.get("/scenarios")
    def index() -> str:
        """Show the empty page; a script puts the browser's own scenarios into it."""
        return render_template("scenarios/index.html", page=_page(Scenario()))

    @bp.post("/scenarios")
    def change() -> ResponseReturnValue:
        """Open a scenario (text or file) with the changes of the page's form and its pressed button."""
        try:
            scenario = read_scenario(_text())
        except ScenarioError as error:
            return _shown(_page(Scenario(), problem=str(error)), status=422)
        typed = _typed(scenario)
        try:
            scenario = _edited(scenario, typed)
        except ScenarioError as error:
            return _shown(_page(scenario, problem=str(error), typed=typed), status=422)
        return _shown(_page(scenario), status=200)

    @bp.post("/scenarios/file")
    def download() -> Response:
        """Answer with the scenario as a file to keep, the form's changes in it."""
        scenario = read_scenario(_text())
        scenario = _edited(scenario, _typed(scenario))
        name = re.sub(r"[^a-z0-9]+", "-", scenario.title.lower()).strip("-")[:60] or "scenario"
        response = Response(write_scenario(scenario) + "\n", mimetype="application/json")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return response

    @bp.post("/scenarios/take")
    def take_value() -> Response:
        """Let the last step of an operation take a value from its answer; answer with the scenario's text."""
        scenario = take_from(_text(), *(request.form.get(name, "") for name in ("operation", "pointer", "name")))
        return Response(write_scenario(scenario), mimetype="application/json")

    @bp.post("/scenarios/play")
    def play() -> ResponseReturnValue:
        """Draw the bar of one step; if an answer is posted with it, its values are taken first."""
        return render_template("scenarios/_bar.html", page=_bar())

    @bp.errorhandler(ScenarioError)
    def refused(error: ScenarioError) -> tuple[Response, int]:
        return Response(localize(str(error)), mimetype="text/plain"), 422

    return bp


def take_from(text: str, operation: str, pointer: str, name: str) -> Scenario:
    """Return a scenario whose last step of that operation takes the value at a pointer, under a name of its own.

    A scenario without such a step gets one. Raises `ScenarioError`.
    """
    scenario = read_scenario(text) if text else Scenario(title=gettext("New scenario"))
    at = next((at for at in range(len(scenario.steps) - 1, -1, -1) if scenario.steps[at].operation == operation), None)
    if at is None:
        scenario = add_step(scenario, Step(operation=operation))
        at = len(scenario.steps) - 1
    step = scenario.steps[at]
    if pointer in step.take.values():
        return scenario
    stem = re.sub(r"[^A-Za-z0-9_]+", "_", name).strip("_")[:40] or "value"
    stem = f"_{stem}" if stem[0].isdigit() else stem
    taken = {other for each in scenario.steps for other in each.take}
    free = next(free for free in (stem, *(f"{stem}_{number}" for number in range(2, 10_000))) if free not in taken)
    steps = (*scenario.steps[:at], replace(step, take={**step.take, free: pointer}), *scenario.steps[at + 1 :])
    # Read again, so that what a visitor made of the pointer and the operation is checked as any file is.
    return read_scenario(write_scenario(replace(scenario, steps=steps)))


def step_of(entry: Entry, state: FormState, _notice: str) -> ResponseReturnValue:
    """Add the form as a step to the scenario in `~scenario` (empty: a new one), and answer with its text.

    A parameter that holds a credential is no argument of a step, so it is left out.
    """
    text = state.text("~scenario")
    try:
        scenario = (
            read_scenario(text)
            if text
            else Scenario(title=gettext("%(title)s: new scenario", title=entry.provider.title))
        )
        model = parse(entry, state).model
        chosen = state.text("server")
        step = Step(
            operation=f"{entry.provider.name}/{entry.operation.name}",
            title=entry.operation.title[:200],
            arguments=to_arguments(entry, model),
            server=None if chosen == default_server(entry, this_site().settings.sandbox) else chosen or None,
            media_type=state.text("media_type") or None,
        )
        scenario = add_step(scenario, step)
    except (ScenarioError, RequestError) as error:
        return Response(localize(str(error)), mimetype="text/plain"), 422
    response = Response(write_scenario(scenario), mimetype="application/json")
    response.headers["X-Playground-Steps"] = str(len(scenario.steps))
    return response


def _text() -> str:
    """Return the scenario's text: an uploaded file's, else the form's."""
    uploaded = request.files.get("file")
    if uploaded is None or not uploaded.filename:
        return request.form.get("scenario", "")
    data: bytes = uploaded.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ScenarioError(say("This file is not UTF-8 text; save it as UTF-8.")) from None


def _typed(scenario: Scenario) -> EditedScenario | None:
    """Return the scenario as the page's fields have it; `None` if they were not posted."""
    form = request.form
    if "title" not in form:
        return None

    def field(name: str, default: str) -> str:
        return form.get(name, default).replace("\r\n", "\n")

    return EditedScenario(
        title=field("title", ""),
        note=field("note", scenario.note),
        steps=tuple(
            EditedStep(
                title=field(f"step/{index}/title", step.title),
                note=field(f"step/{index}/note", step.note),
                arguments=field(f"step/{index}/arguments", jsontext.dumps(step.arguments, indent=2)),
                take=field(f"step/{index}/take", write_names(step.take)),
                expect=field(f"step/{index}/expect", _statuses(step)),
            )
            for index, step in enumerate(scenario.steps)
        ),
    )


def _edited(scenario: Scenario, typed: EditedScenario | None) -> Scenario:
    """Return the scenario with what was typed, then with what the pressed button does. Raises `ScenarioError`."""
    if typed is not None:
        scenario = edit(scenario, typed)
    for button, change in _BUTTONS.items():
        if (index := request.form.get(button, "")).isdecimal() and int(index) < len(scenario.steps):
            scenario = change(scenario, int(index))
    return scenario


_BUTTONS: dict[str, Callable[[Scenario, int], Scenario]] = {
    "~up": lambda scenario, index: move_step(scenario, index, -1),
    "~down": lambda scenario, index: move_step(scenario, index, 1),
    "~remove": remove_step,
}


def _statuses(step: Step) -> str:
    return ", ".join(map(str, step.expect))


def _shown(page: ScenarioPage, status: int) -> tuple[str, int]:
    # htmx shows a fragment with a sentence in it only if its status says success.
    if wants_fragment():
        return render_template("scenarios/_scenario.html", page=page), 200
    return render_template("scenarios/index.html", page=page), status


def _page(scenario: Scenario, problem: str = "", typed: EditedScenario | None = None) -> ScenarioPage:
    """Return the page of a scenario; its fields show `typed` where the changes could not be applied."""
    steps = [_shown_step(scenario, index) for index in range(len(scenario.steps))]
    if typed is not None:
        steps = [replace(step, **asdict(edited)) for step, edited in zip(steps, typed.steps, strict=True)]
    return ScenarioPage(
        title=scenario.title if typed is None else typed.title,
        note=scenario.note if typed is None else typed.note,
        text=write_scenario(scenario) if scenario.steps or scenario.title else "",
        steps=tuple(steps),
        example="" if scenario.steps or scenario.title else _example(),
        problem=problem,
    )


def _example() -> str:
    """Return the text of a scenario that the sandbox plays; empty without the sandbox or an operation of it."""
    scenario = Scenario(
        title=gettext("A customer, twice"),
        note=gettext("Shows that a new customer can be read at once. Nothing leaves this site: the sandbox answers."),
        steps=(
            Step(
                operation="stripe/postcustomers",
                title=gettext("Create a customer"),
                note=gettext("Press **Send**: the `id` of the answer is kept for the next step."),
                arguments={"email": "ada@example.com"},
                server=SANDBOX,
                take={"customer": "/id"},
                expect=(200,),
            ),
            Step(
                operation="stripe/getcustomerscustomer",
                title=gettext("Read the same customer"),
                arguments={"customer": "{{customer}}"},
                server=SANDBOX,
                expect=(200,),
            ),
        ),
    )
    site = this_site()
    try:
        for step in scenario.steps:
            site.store.entry(step.provider, step.name)
    except (ProviderNotFound, OperationNotFound):
        return ""
    return write_scenario(scenario) if site.settings.sandbox != "off" else ""


def _shown_step(scenario: Scenario, index: int) -> ShownStep:
    step = scenario.steps[index]
    carried = tuple(sorted(names_before(scenario, index)))
    method, path, canonical, code, problem = "", "", step.name, "", ""
    try:
        made = read_made(
            this_site().store, step.provider, step.name, step.arguments, server=step.server, media_type=step.media_type
        )
        entry, model, problem = made.entry, made.model, made.note
        method, path, canonical = entry.operation.method, entry.operation.path, entry.operation.name
        check_described(entry, step.server)
        place = SandboxPlace(address=sandbox_address(step.provider))
        shown = replace(model, sandbox=place) if model.server == SANDBOX else model
        code = make_snippet(entry, shown, target=CURL, via="direct").text
        for name in carried:  # what is still to come is easier to read unescaped
            code = code.replace(f"%7B%7B{name}%7D%7D", f"{{{{{name}}}}}")
    except OperationGone as error:
        problem = str(error)
    except (ProviderNotFound, OperationNotFound):
        problem = say(
            "This site has no operation %(operation)s: add its description, or remove the step.",
            operation=step.operation,
        )
    except RequestError as error:
        problem = str(error)
    return ShownStep(
        number=index + 1,
        provider=step.provider,
        name=canonical,
        method=method,
        path=path,
        title=step.title or step.operation,
        note=step.note,
        arguments=jsontext.dumps(step.arguments, indent=2),
        take=write_names(step.take),
        expect=_statuses(step),
        server=step.server or "",
        media_type=step.media_type or "",
        carried=carried,
        code=code,
        problem=problem,
    )


def _bar() -> PlayBar:
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
    filled = step
    try:
        filled = fill_in(scenario, index, values)
    except ScenarioError as error:
        problem = problem or str(error)
    return PlayBar(
        title=scenario.title,
        step=_shown_step(scenario, index),
        count=len(scenario.steps),
        before=scenario.steps[index - 1] if index else None,
        after=scenario.steps[index + 1] if index + 1 < len(scenario.steps) else None,
        values=tuple(
            (name, value if isinstance(value, str) else jsontext.dumps(value)) for name, value in values.items()
        ),
        values_text=jsontext.dumps(values),
        arguments=jsontext.dumps(filled.arguments),
        taken=taken,
        problem=problem,
    )


def _values(text: str) -> dict[str, Any]:
    """Return the values taken so far; storage that holds rubbish holds none."""
    try:
        values = jsontext.loads(text)
    except jsontext.JSONTextError:
        return {}
    return dict(values) if isinstance(values, dict) else {}
