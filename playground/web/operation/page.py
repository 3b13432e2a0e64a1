"""The operation page: from an entry and the state of its form to everything the page shows."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from flask import render_template, request, stream_template
from werkzeug.wrappers import Response

from playground.catalog.model import SANDBOX, Entry, Server
from playground.catalog.titles import description_beyond
from playground.forms.carried_files import carried_files
from playground.forms.fields import OperationForm, Option
from playground.forms.operation_form import build_form
from playground.forms.parse import Submission
from playground.forms.state import FormState
from playground.forms.variables import ENVIRONMENT, VARIABLES, read_variables
from playground.request.built import BuiltRequest
from playground.request.errors import RequestError
from playground.request.fingerprint import definition_digest
from playground.request.model import RequestModel
from playground.request.server import OTHER, default_server, expand_server, is_complete, relative_path
from playground.request.undescribed import as_described
from playground.secrets.mask import mask_url
from playground.secrets.redact import MASK
from playground.text.markdown import plain_text
from playground.text.wording import say
from playground.web.cache import PageCache, mark_of
from playground.web.catalogue.changes import last_change
from playground.web.i18n.languages import language
from playground.web.live import live_key
from playground.web.operation.contexts import (
    LiveRequest,
    OperationPage,
    Pasted,
    ResponsePane,
    ServerPane,
    VariablesPane,
)
from playground.web.operation.credentials import build_panel, lent_sentence
from playground.web.operation.described import described_responses
from playground.web.operation.earlier import earlier_note
from playground.web.operation.links import callbacks_of, links_of
from playground.web.operation.navigation import build_navigation
from playground.web.operation.problems import field_problems, problems_of
from playground.web.operation.sandbox import read_submission, sandbox_bar
from playground.web.operation.snippet import snippet_pane
from playground.web.owner.record import note_opened
from playground.web.scenarios.run_bar import bar_after
from playground.web.site import embedded_gateway, is_embedded, prefilled_gateway, redirect_uri, this_site
from playground.web.timing import step

cache = PageCache("operation")


def show(entry: Entry) -> Response:
    """Answer with the page as every visitor gets it first: cached, compressed, with a strong validator."""
    note_opened(entry)
    key = page_key(entry)
    return cache.answer(key, lambda: render_page(entry, FormState()), content_mark(key))


def content_mark(key: tuple[str, ...]) -> str:
    """Return the marks of a page of that key in shared caches: its provider, and that in its present state."""
    _, name, generation, *_ = key
    return mark_of(name, generation)


def page_key(entry: Entry) -> tuple[str, ...]:
    """Return everything the first page of an operation depends on."""
    site = this_site()
    name = entry.provider.name
    generation = site.store.generation(name)
    addresses = prefilled_gateway(), embedded_gateway()
    settings = f"{site.settings.sandbox} {site.settings.send_timeout:g}"
    at = (str(site.store.path), name, generation, entry.operation.name, request.script_root)
    return (*at, *addresses, settings, site.look, language().tag, live_key(name))


def render_page(
    entry: Entry,
    state: FormState,
    response: ResponsePane | None = None,
    notice: str = "",
    *,
    pasted: Pasted | None = None,
    template: str = "operation/operation.html",
    **around: object,
) -> str:
    """Render the whole page for a form state, with an answer or a notice about the body if there is one.

    `around` is what another `template` needs beside the page.
    """
    with step("form"):
        submission = read_submission(entry, state)
    return render_submission(submission, response, notice, pasted=pasted, template=template, **around)


def render_submission(
    submission: Submission,
    response: ResponsePane | None = None,
    notice: str = "",
    *,
    pasted: Pasted | None = None,
    template: str = "operation/operation.html",
    **around: object,
) -> str:
    """Render the whole page for a form that has been parsed, as `render_page` does."""
    page = replace(_page(submission, response, notice), pasted=pasted)
    around.setdefault("run", bar_after(submission, response))
    return render_template(template, page=page, **around)


def stream_page(submission: Submission, response: ResponsePane, notice: str) -> Iterator[str]:
    """Render the whole page piece by piece, for an answer that is still coming."""
    run = bar_after(submission, response)
    return stream_template("operation/operation.html", page=_page(submission, response, notice), run=run)


def _page(submission: Submission, response: ResponsePane | None, notice: str) -> OperationPage:
    entry, state = as_described(submission.entry), submission.state
    sent = response is not None
    with step("form"):
        form = build_form(entry, state, problems=field_problems(submission, sent=sent))
    gateway_url = state.get("gateway_url")
    shown_gateway = prefilled_gateway() if gateway_url is None else gateway_url
    return OperationPage(
        provider=entry.provider,
        operation=entry.operation,
        description=description_beyond(entry.operation.title, entry.operation.description),
        panel=build_panel(entry, lent=lent_sentence(entry), redirect_uri=redirect_uri()),
        form=form,
        servers=server_pane(entry, state, form),
        notice=notice,
        gateway_url=shown_gateway,
        embedded_gateway=embedded_gateway(),
        gateway_state=_gateway_state(shown_gateway),
        timeout=state.text("timeout"),
        most_seconds=f"{this_site().settings.send_timeout:g}",
        live=live_request(submission),
        pane=snippet_pane(submission),
        response=response,
        navigation=build_navigation(entry),
        digest=definition_digest(entry),
        links=links_of(entry),
        callbacks=callbacks_of(entry),
        described=described_responses(entry),
        # What kept a request from being sent stands in the place of its answer.
        problems=() if response is not None and response.blocked else problems_of(submission, sent=sent),
        held=carried_files(state),
        variables=variables_pane(submission),
        earlier=earlier_note(state),
        changed=last_change(entry),
    )


def variables_pane(submission: Submission) -> VariablesPane:
    """Return the variables as they were typed; open where something is wrong with them."""
    text = submission.state.text(VARIABLES)
    environment = submission.state.text(ENVIRONMENT).strip()
    read = read_variables(text, environment)
    return VariablesPane(
        text=text,
        environment=environment,
        environments=read.environments,
        secrets=read.secrets,
        count=len(read.values) + len(read.secrets),
        problem=any(problem.name in (VARIABLES, ENVIRONMENT) for problem in submission.problems),
    )


def server_pane(entry: Entry, state: FormState, form: OperationForm) -> ServerPane:
    """Return the servers to choose from: the sandbox where it is on, those described, and one that is typed.

    A description without a full address leads to the sandbox at first, and else to the typed one.
    """
    mode = this_site().settings.sandbox
    usable = [server.server for server in form.servers if is_complete(server.server)]
    described = [] if mode == "only" else [(server.url, _server_label(server)) for server in usable]
    sandbox: list[tuple[str, str]] = [] if mode == "off" else [(SANDBOX, say("Sandbox"))]
    listed = sandbox + described if entry.provider.sandbox_first else described + sandbox
    first = default_server(entry, mode)
    chosen = state.get("server") or (first if any(first == url for url, _ in listed) else "")
    if not chosen:
        chosen = listed[0][0] if listed else OTHER
    is_typed = mode != "only" and all(url != chosen for url, _ in listed)
    return ServerPane(
        choices=tuple(Option(value=value, label=label, selected=value == chosen) for value, label in listed),
        fields=form.server_fields if chosen != SANDBOX and not is_typed else (),
        sandbox=chosen == SANDBOX,
        bar=sandbox_bar(entry, state) if chosen == SANDBOX else None,
        state=_short_server(entry, state, chosen),
        other=None if mode == "only" else Option(value=OTHER, label=say("Other…"), selected=is_typed),
        typed=chosen if is_typed and chosen != OTHER else "",
        note=_typed_servers(relative_path(entry)),
        sample=f"https://api.example.com{relative_path(entry)}",
    )


def _typed_servers(path: str) -> str:
    """Say which servers a visitor may type: any on a site of the visitor's own, those of the operator on others.

    `path` is where the API is on its server, as far as the description says so.
    """
    settings = this_site().settings
    if settings.local and path:
        return say(
            "With the path %(path)s, as the description says. Kept in this browser for all operations of this API.",
            path=path,
        )
    if settings.local:
        return say("Kept in this browser for all operations of this API.")
    if settings.upstreams:
        return say(
            "This site sends only where its operator allows: %(origins)s.", origins=", ".join(settings.upstreams[:12])
        )
    return say(
        "This site sends to the servers of the description only; its operator can allow others in PLAYGROUND_UPSTREAMS."
    )


def _gateway_state(url: str) -> str:
    """Return which gateway a URL names, in few words."""
    if not url.strip():
        return say("none")
    return say("built in") if is_embedded(url) else urlsplit(url).netloc or url


def _short_server(entry: Entry, state: FormState, url: str) -> str:
    """Return the host of a server with its variables filled in, and the whole of one that has none."""
    if url == OTHER:
        return say("none")
    variables = {name.removeprefix("server."): state.text(name) for name in state.names() if name.startswith("server.")}
    with contextlib.suppress(RequestError):
        url = expand_server(entry, RequestModel(server=url, server_variables=variables), placeholders=True)
    return urlsplit(url).netloc or url


def _server_label(server: Server) -> str:
    return f"{server.url} ({plain_text(server.description, 60)})" if server.description else server.url


def live_request(request: BuiltRequest) -> LiveRequest:
    """Return the method and URL that Send would use; what is still missing stays as `{name}`."""
    operation, marked = request.entry.operation, request.marked
    if marked.message is None:
        return LiveRequest(method=operation.method, url=operation.path, problem=str(marked.error))
    url = marked.message.url
    for marker in (*marked.markers, *marked.variables):
        url = url.replace(marker, MASK)
    return LiveRequest(method=operation.method, url=mask_url(request.entry, url), problem="")
