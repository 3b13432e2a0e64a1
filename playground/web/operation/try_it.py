"""What the form on an operation page posts to: the snippet, one field, the body's views, the servers, Send.

Each answers a fragment for htmx and the whole page without it, from the same form data, so nothing needs a script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import replace

from flask import Blueprint, Response, jsonify, make_response, render_template, request, stream_template
from flask.typing import ResponseReturnValue

from playground.catalog.model import Entry
from playground.forms.alternatives import restore_alternatives
from playground.forms.build import MORE_BUDGET, OPENED_BUDGET
from playground.forms.buttons import with_example, with_generated, with_inputs
from playground.forms.example import with_whole_example
from playground.forms.fields import FieldNotFound, GroupField
from playground.forms.fill import fill
from playground.forms.operation_form import build_field, build_form, find_options
from playground.forms.parse import Submission, parse
from playground.forms.state import FormState
from playground.jsontext import JSONTextError, loads
from playground.request.arguments import from_arguments
from playground.request.errors import RequestError
from playground.snippets.registry import TARGETS, marked_snippet
from playground.text.wording import say
from playground.web.kept.comparison import with_comparison
from playground.web.operation.contexts import ResponsePane
from playground.web.operation.earlier import MOVE, earlier_note, fill_earlier, open_earlier
from playground.web.operation.form import (
    INSTEAD,
    Change,
    drop_secret_inputs,
    open_changed_field,
    press,
    read_state,
    reconcile,
)
from playground.web.operation.page import render_page, render_submission, server_pane, stream_page
from playground.web.operation.problems import field_problems, problems_of
from playground.web.operation.sandbox import read_submission, show_sandbox
from playground.web.operation.send import file_headers, send, send_for_file
from playground.web.operation.update import answer_update
from playground.web.scenarios.run_bar import bar_after, with_run_values
from playground.web.scenarios.steps import step_of
from playground.web.site import entry_at, operation_url, wants_fragment
from playground.web.stream import AS_IT_COMES, flushed, hand_on
from playground.web.timing import step

PICKED = "~"
"""The value of the example button where the input `body~example` picks the example from a list."""

bp = Blueprint("tryit", __name__)


@bp.post(
    "/providers/<path:path>/<any(snippet, form, field, options, body, servers, sandbox, step, send, download):action>"
)
def post(path: str, action: str) -> ResponseReturnValue:
    """Find the operation, bring the body's two views into step, and let the action answer."""
    entry = entry_at(path)
    with step("form"):
        state = read_state()
        if action != "form" or state.get("~fill") or state.get(MOVE):
            # /form gets a draft or a link, in which the alternatives are settled already, or what is drawn.
            state = restore_alternatives(entry, state)
        state, notice = reconcile(entry, state)
    if further := state.text("~page"):
        state = with_inputs(state.without("~page"), further)
    if wanted := state.text("~new"):
        # These buttons are beside many fields, so they have no address of their own. Whatever address the form is
        # posted to (that of Send, without a script), the field gets a fresh value and nothing else happens.
        return render_page(entry, with_generated(state.without("~new"), wanted), notice=notice)
    return ACTIONS[action](entry, state, notice)


def show_snippet(entry: Entry, state: FormState, notice: str) -> ResponseReturnValue:
    """Rebuild the snippet; the URL that Send would use and the raw body come along, out of band."""
    if not wants_fragment():
        return render_page(entry, state, notice=notice)
    submission = read_submission(entry, state)
    return _marked(submission) if state.get("~marked") else answer_update(submission)


def _not_taken(names: Iterable[str]) -> str:
    return say(
        "Not filled in by the embedding page: %(names)s. Type credentials here yourself.",
        names=", ".join(names),
    )


def _marked(submission: Submission) -> Response:
    """Answer with the snippet as text with markers for its secrets, which only the browser can put in."""
    wanted = submission.state.text("target")
    chosen = next((target.id for target in TARGETS if target.id == wanted), TARGETS[0].id)
    text, places = marked_snippet(submission, target=chosen)
    marked = [
        {
            "marker": marker,
            "scheme": injection.scheme.name,
            "kind": injection.kind,
            "location": injection.location,
        }
        for marker, injection in places
    ]
    response = jsonify(text=text, places=marked)
    response.headers["Cache-Control"] = "no-store"
    return response


def show_form(entry: Entry, state: FormState, notice: str) -> ResponseReturnValue:
    """Draw the whole form, filled in from a draft, a link or the flat arguments of an embedding page."""
    state = open_earlier(entry, state)
    if arguments := state.text("~arguments"):
        state, refused = drop_secret_inputs(entry, _filled(entry, state, arguments))
        notice = _not_taken(refused) if refused else notice
    if dropped := state.text("~without"):
        state = state.without("~without", dropped)
    if filling := state.text("~fill"):
        state = with_whole_example(entry, state.without("~fill"), everything=filling == "all")
    return _changed(render_form(entry, state, notice)) if wants_fragment() else render_page(entry, state, notice=notice)


def render_form(entry: Entry, state: FormState, notice: str = "") -> str:
    """Return the form card alone, filled in."""
    form = build_form(entry, state, problems=field_problems(parse(entry, state)))
    return render_template(
        "operation/_form.html",
        provider=entry.provider,
        operation=entry.operation,
        form=form,
        servers=replace(server_pane(entry, state, form), aside=True),
        notice=notice,
        earlier=earlier_note(state),
        **_place(entry),
    )


def show_field(entry: Entry, state: FormState, notice: str) -> ResponseReturnValue:
    """Draw one field again after its button was pressed: opened, with its rows changed, with another alternative."""
    change = press(entry, state)
    state, name = change.state, change.name
    if not wants_fragment():
        return render_page(entry, open_changed_field(entry, change), notice=notice)
    if name == "body":
        # The button names the field as its target, but the answer is the whole body.
        response = _body(entry, state, notice, change.announcement)
        response.headers["HX-Retarget"] = "#body-views"
        return response
    try:
        problems = field_problems(parse(entry, state))
        if state.text("~field"):
            budget = None if "~more/" in name else OPENED_BUDGET
            shown = build_field(entry, state, name, depth=1, budget=budget, problems=problems)
        else:
            # A row is added to be filled in, so its fields are drawn however many come before them.
            shown = build_field(entry, state, name, budget=MORE_BUDGET, problems=problems)
        shown = replace(shown, open=True) if isinstance(shown, GroupField) else shown
    except FieldNotFound:
        if not change.gone:
            raise
        return _changed("")
    return _changed(
        render_template("operation/_field.html", shown=shown, announcement=change.announcement, **_place(entry))
    )


def show_options(entry: Entry, state: FormState, notice: str) -> ResponseReturnValue:
    """Answer the values of a long list that match what is typed; the input that asks is named by htmx or a button."""
    name = state.text("~find") or request.headers.get("HX-Trigger-Name", "")
    options = find_options(entry, state, name)
    if not wants_fragment():
        found = Change(state=state.without("~find"), name=name, focus=f"here {name}")
        return render_page(entry, open_changed_field(entry, found), notice=notice)
    return render_template("operation/_options.html", options=options)


def show_body(entry: Entry, state: FormState, notice: str) -> ResponseReturnValue:
    """Draw the body again: in its other view, for another media type, or filled with an example."""
    example = state.get("~example")
    if example == PICKED:
        example = state.text("body~example")
    if example is not None:
        state = with_example(entry, example or None, state)
    return _body(entry, state, notice) if wants_fragment() else render_page(entry, state, notice=notice)


def show_servers(entry: Entry, state: FormState, notice: str) -> ResponseReturnValue:
    """Draw the choice of servers again, with the variables of the one chosen."""
    if not wants_fragment():
        return render_page(entry, state, notice=notice)
    servers = server_pane(entry, state, build_form(entry, state, depth=0))
    is_open = INSTEAD not in request.form
    return _changed(render_template("operation/_servers.html", servers=replace(servers, open=is_open), **_place(entry)))


def show_answer(entry: Entry, state: FormState, notice: str) -> ResponseReturnValue:
    """Send, and show the answer; one that is still coming is shown as it comes."""
    submission = with_run_values(read_submission(entry, state))
    with ExitStack() as stack:
        pane = send(submission, stack)
        if earlier := state.text("~compare"):
            pane = with_comparison(pane, earlier)
        # The example on the home page has no place for a list of problems, and no fields that sentences could lead to.
        is_example = wants_fragment() and bool(state.get("~brief"))
        template = "operation/_response.html" if is_example else "operation/_sent.html"
        if is_example:
            pane = replace(pane, blocked=(), advice=(), action="" if pane.error else pane.action)
        if not pane.is_live:
            # Drawn at once: a page in pieces takes half as long again.
            if wants_fragment():
                problems = () if pane.blocked else problems_of(submission, sent=True)
                text = render_template(template, pane=pane, problems=problems, run=bar_after(submission, pane))
            else:
                text = render_submission(submission, pane, notice)
            return as_sent(make_response(text), pane)
        if wants_fragment():
            pieces = stream_template(template, pane=pane, problems=problems_of(submission, sent=True))
        else:
            pieces = stream_page(submission, pane, notice)
        return hand_on(Response(flushed(pieces), mimetype="text/html", headers=AS_IT_COMES), stack)


def save_answer(entry: Entry, state: FormState, notice: str) -> ResponseReturnValue:
    """Send, and pass the answer on as a file of any size; without an answer the page says why."""
    with ExitStack() as stack:
        submission = read_submission(entry, state)
        pane, answer = send_for_file(submission, stack)
        if answer is None or answer.live is None:
            return as_sent(make_response(render_submission(submission, pane, notice)), pane)
        response = Response(answer.live.pieces(), headers=AS_IT_COMES | file_headers(entry, answer.live.head))
        return hand_on(response, stack)


def as_sent(response: Response, pane: ResponsePane) -> Response:
    """Name the time of the next possible Send after too many; the page itself is fine."""
    if pane.retry_after:
        response.headers["Retry-After"] = str(pane.retry_after)
    return response


def _body(entry: Entry, state: FormState, notice: str, announcement: str = "") -> Response:
    form = build_form(entry, state, problems=field_problems(parse(entry, state)))
    return _changed(
        render_template("operation/_body.html", body=form, notice=notice, announcement=announcement, **_place(entry))
    )


def _filled(entry: Entry, state: FormState, arguments: str) -> FormState:
    """Return the form filled with flat arguments (JSON), for the server and media type that the state names.

    Anything but arguments of this operation leaves it empty.
    """
    try:
        value = loads(arguments)
        if not isinstance(value, dict):
            return FormState()
    except JSONTextError:
        return FormState()
    server, media_type = state.text("server") or None, state.text("media_type") or None
    try:
        return fill(entry, from_arguments(entry, value, server=server, media_type=media_type))
    except RequestError:
        return fill_earlier(entry, value, server, media_type) or FormState()


def _place(entry: Entry) -> dict[str, str]:
    """Return the addresses that the macros of fields need."""
    return {
        "action": operation_url(entry.provider.name, entry.operation.name),
        "base": entry.provider.base_url,
    }


def _changed(html: str) -> Response:
    """Answer with a fragment, after which the page rebuilds the snippet."""
    response = make_response(html)
    response.headers["HX-Trigger-After-Settle"] = "refresh"
    return response


ACTIONS: dict[str, Callable[[Entry, FormState, str], ResponseReturnValue]] = {
    "snippet": show_snippet,
    "form": show_form,
    "field": show_field,
    "options": show_options,
    "body": show_body,
    "servers": show_servers,
    "sandbox": show_sandbox,
    "step": step_of,
    "send": show_answer,
    "download": save_answer,
}
