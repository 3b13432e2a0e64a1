"""Scenarios: the page that lists and edits them, the bar that plays them, and the step a form makes.

A scenario is kept in the visitor's browser or in a file. Every request carries its text, and the answer holds the
changed text, so the server stores nothing and the page works without a script.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from playground import jsontext
from playground.arazzo.document import ArazzoError, is_arazzo
from playground.arazzo.write import from_scenario, write_yaml
from playground.catalog.model import SANDBOX
from playground.scenario.model import (
    EditedScenario,
    EditedStep,
    Scenario,
    ScenarioError,
    Step,
    edit,
    move_step,
    read_scenario,
    remove_step,
    write_names,
    write_scenario,
)
from playground.store import OperationNotFound, ProviderNotFound
from playground.text.wording import say
from playground.web.i18n.translate import gettext, localize
from playground.web.scenarios.bar import bar_of_step
from playground.web.scenarios.steps import ShownStep, shown_step, statuses, take_from
from playground.web.scenarios.workflows import open_document
from playground.web.site import site_url, this_site, wants_fragment


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
            text = _text()
            if is_arazzo(text):
                return open_document(text)
            scenario = read_scenario(text)
        except (ScenarioError, ArazzoError) as error:
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
        response = Response(write_scenario(scenario) + "\n", mimetype="application/json")
        response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(scenario)}.json"'
        return response

    @bp.post("/scenarios/arazzo")
    def download_arazzo() -> Response:
        """Answer with the scenario as an Arazzo document; its description names what it has no place for."""
        scenario = read_scenario(_text())
        scenario = _edited(scenario, _typed(scenario))
        value, told = from_scenario(scenario, this_site().store, site_url())
        if told:
            info = dict(value["info"])
            info["description"] = "\n\n".join([*([scenario.note] if scenario.note else []), *map(localize, told)])
            value["info"] = info
        response = Response(write_yaml(value), mimetype="application/yaml")
        response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(scenario)}.arazzo.yaml"'
        return response

    @bp.post("/scenarios/take")
    def take_value() -> Response:
        """Let the last step of an operation take a value from its answer; answer with the scenario's text."""
        scenario = take_from(_text(), *(request.form.get(name, "") for name in ("operation", "pointer", "name")))
        return Response(write_scenario(scenario), mimetype="application/json")

    @bp.post("/scenarios/play")
    def play() -> ResponseReturnValue:
        """Draw the bar of one step; if an answer is posted with it, its values are taken first."""
        return render_template("scenarios/_bar.html", page=bar_of_step())

    @bp.errorhandler(ScenarioError)
    def refused(error: ScenarioError) -> tuple[Response, int]:
        return Response(localize(str(error)), mimetype="text/plain"), 422

    return bp


def _file_name(scenario: Scenario) -> str:
    return re.sub(r"[^a-z0-9]+", "-", scenario.title.lower()).strip("-")[:60] or "scenario"


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
                expect=field(f"step/{index}/expect", statuses(step)),
                check=field(f"step/{index}/check", "\n".join(step.check)),
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


def _shown(page: ScenarioPage, status: int) -> tuple[str, int]:
    # htmx shows a fragment with a sentence in it only if its status says success.
    if wants_fragment():
        return render_template("scenarios/_scenario.html", page=page), 200
    return render_template("scenarios/index.html", page=page), status


def _page(scenario: Scenario, problem: str = "", typed: EditedScenario | None = None) -> ScenarioPage:
    """Return the page of a scenario; its fields show `typed` where the changes could not be applied."""
    steps = [shown_step(scenario, index) for index in range(len(scenario.steps))]
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
