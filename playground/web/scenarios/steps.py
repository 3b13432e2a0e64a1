"""Steps of scenarios: as their page shows them, made of a form, and taking values of an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from flask import Response
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
from playground.scenario.carry import names_before
from playground.scenario.model import (
    LONGEST_TEXT,
    Scenario,
    ScenarioError,
    Step,
    add_step,
    read_scenario,
    write_names,
    write_scenario,
)
from playground.snippets.registry import make_snippet
from playground.store import OperationNotFound, ProviderNotFound
from playground.text.wording import say
from playground.web.i18n.translate import gettext, localize
from playground.web.operation.sandbox import sandbox_address
from playground.web.site import this_site

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
    check: str
    server: str
    media_type: str
    carried: tuple[str, ...]
    code: str
    problem: str


def shown_step(scenario: Scenario, index: int) -> ShownStep:
    """Return a step as its page shows it."""
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
        expect=statuses(step),
        check="\n".join(step.check),
        server=step.server or "",
        media_type=step.media_type or "",
        carried=carried,
        code=code,
        problem=problem,
    )


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
    taken = {other for step in scenario.steps for other in step.take}
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
        if sum(file.size for file in model.files) > LONGEST_TEXT:
            raise ScenarioError(
                say("The files are too large for a scenario of %(most)s characters: leave them out.", most=LONGEST_TEXT)
            )
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


def statuses(step: Step) -> str:
    """Return the expected statuses as a person types them."""
    return ", ".join(map(str, step.expect))
