"""Kept answers: their records, support bundles saved and opened, the page of the history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from playground.answers.bundle import CODE, FORMATS, Code, Format, data_of, file_name
from playground.answers.record import Record, RecordError, read_file, read_record, without_secrets, write_record
from playground.catalog.model import SANDBOX, Entry
from playground.contentviews.registry import body_of, show
from playground.contentviews.view import Text
from playground.filenames import attachment
from playground.forms.state import FormState
from playground.request.errors import RequestError
from playground.snippets.registry import make_snippet
from playground.text.wording import say
from playground.web.errors import ErrorPage, answer_error
from playground.web.kept.records import entry_of, form_of, model_of, posted_record
from playground.web.kept.shown import HistoryPage, OpenedPage, pane_of, request_text, time_text
from playground.web.operation.contexts import ResponsePane
from playground.web.operation.page import render_page
from playground.web.operation.response import step_title
from playground.web.site import wants_fragment

bp = Blueprint("kept", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePage:
    """`kept/bundle.html`: one exchange on a page that needs no script and no other file.

    `content` is the answer's body as text, empty where it is none or there is none; `data` is the record as JSON.
    """

    record: Record
    at: str
    request: str
    codes: tuple[Code, ...]
    content: str
    timings: tuple[tuple[str, float], ...]
    data: str


@bp.get("/history")
def history() -> str:
    """Show the page of the history, which a script fills from the browser's storage, and the way to open a bundle."""
    return render_template("kept/history.html", page=HistoryPage())


@bp.post("/answers/record")
def record() -> Response:
    """Answer with the record of a kept answer, for the browser's history."""
    response = Response(write_record(posted_record()), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/answers/bundle")
def bundle() -> Response:
    """Answer with a support bundle as a file."""
    wanted = request.form.get("format", "html")
    kind = cast(Format, wanted if wanted in FORMATS else "html")
    kept = posted_record()
    text = render_template("kept/bundle.html", page=_bundle_page(kept)) if kind == "html" else data_of(kept, kind)
    response = Response(text, content_type=f"{FORMATS[kind]}; charset=utf-8")
    response.headers["Content-Disposition"] = attachment(file_name(kept, kind))
    response.headers["Content-Security-Policy"] = "sandbox"
    return response


@bp.post("/answers/open")
def open_record() -> ResponseReturnValue:
    """Show the answer of a record: as a fragment, or in the page of its operation with the form filled in."""
    uploaded = request.files.get("file")
    try:
        if uploaded is not None and uploaded.filename:
            opened = read_file(uploaded.stream.read())
        else:
            opened = read_record(request.form.get("record", ""))
    except RecordError as error:
        if wants_fragment():
            # In the place of an answer: the next one goes there.
            sentence = say("This answer cannot be read: what was kept of it is broken.")
            return render_template("operation/_response.html", pane=ResponsePane(error=sentence))
        return render_template("kept/history.html", page=HistoryPage(problem=str(error))), 422
    # A file may be anybody's: whatever it holds that looks like a secret stays where it is.
    opened = without_secrets(opened)
    entry = entry_of(opened)
    pane = pane_of(opened, entry, request.form.get("from", "file"))
    if wants_fragment():
        return render_template("operation/_response.html", pane=pane)
    if entry is None:
        return render_template("kept/opened.html", page=OpenedPage(pane=pane, record=opened))
    return render_page(entry, _form(entry, opened), response=pane)


def _form(entry: Entry, opened: Record) -> FormState:
    state = form_of(entry, opened) or FormState()
    if opened.server == SANDBOX:
        return state
    # A file sets no server beside those of the description: a stranger may have written it.
    known = {server.url for server in (*entry.operation.servers, *entry.provider.servers)}
    return state if opened.server in known else state.without("server")


def _bundle_page(kept: Record) -> BundlePage:
    shown = show(body_of(kept.body, kept.content_type, truncated=kept.truncated), "text").content if kept.body else None
    return BundlePage(
        record=kept,
        at=time_text(kept.at),
        request=request_text(kept),
        codes=_codes(kept),
        content=shown.text if isinstance(shown, Text) else "",
        timings=tuple((step_title(name), duration) for name, duration in kept.timings),
        data=write_record(kept),
    )


def _codes(kept: Record) -> tuple[Code, ...]:
    entry = entry_of(kept)
    if entry is None or kept.arguments is None:
        return ()
    try:
        model = model_of(entry, kept)
    except RequestError:
        return ()
    if model.server == SANDBOX:
        # A terminal cannot reach the sandbox, so the code calls the API itself.
        model = replace(model, server=None)
    return tuple(
        Code(title=title, text=make_snippet(entry, model, target=target, via="direct").text) for target, title in CODE
    )


@bp.errorhandler(HTTPException)
def refused(error: HTTPException) -> ResponseReturnValue:
    """Say in the place of a part why it is not there; a page of its own without htmx."""
    status = error.code or 500
    sentence = error.description or say("This answer is not kept any longer: press Send again.")
    if not wants_fragment():
        return answer_error(status, sentence)
    return make_response(render_template("answer/_gone.html", page=ErrorPage(title="", sentence=sentence)))
