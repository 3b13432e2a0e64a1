"""Two answers compared: of the history, an example, the sandbox, or of another server or credential.

Both are kept like any answer, so that the page can ask again with another order or without what always differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound, UnprocessableEntity

from playground import jsontext
from playground.answers.compare import compare
from playground.answers.keep import Kept
from playground.answers.record import Record, RecordError, read_record, without_secrets
from playground.catalog.model import SANDBOX, Entry, MediaType, Response
from playground.contentviews.registry import body_of
from playground.gateway.call import Embedded, call
from playground.gateway.errors import GatewayError
from playground.mediatypes import is_json
from playground.request.built import BuiltRequest
from playground.request.errors import RequestError
from playground.schema.sample import sample
from playground.secrets.credentials import Credentials
from playground.text.wording import say
from playground.web.kept.records import entry_of, kept_about, model_of, record_of, record_of_kept
from playground.web.kept.routes import refused
from playground.web.kept.shown import time_text
from playground.web.operation.contexts import ComparedSide, ComparisonPane, ResponsePane
from playground.web.site import this_site, wants_fragment
from playground.web.visitor import call_context, visitor

bp = Blueprint("comparison", __name__)
bp.register_error_handler(HTTPException, refused)

MOST_IGNORED = 60
_LONGEST_POINTER = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPage:
    """`kept/compare.html` and `_comparison.html`: what differs between two answers."""

    comparison: ComparisonPane


@bp.post("/answers/compare")
def compare_answers() -> ResponseReturnValue:
    """Compare two kept answers, two records, or one answer with what `with` names: the `example` or the `sandbox`."""
    after_token, after = _posted("after")
    partner = request.form.get("with", "")
    if partner in ("example", "sandbox"):
        record = record_of_kept(after)
        entry = None if record is None else entry_of(record)
        if record is None or entry is None:
            raise NotFound(say("This site does not have the operation that this answer is of."))
        before_token = _example_of(entry, record) if partner == "example" else _of_sandbox(entry, record)
        before = _kept(before_token)
    else:
        before_token, before = _posted("before")
    pane = compared(before_token, before, after_token, after)
    template = "kept/_comparison.html" if wants_fragment() else "kept/compare.html"
    return render_template(template, page=ComparisonPage(comparison=pane))


def compared(before_token: str, before: Kept, after_token: str, after: Kept) -> ComparisonPane:
    """Return what differs, as the form that is posted wants it: in which order, and without what."""
    ignored = [pointer for pointer in request.form.getlist("ignored") if pointer][:MOST_IGNORED]
    if volatile := request.form.get("ignore", ""):
        ignored.append(_anywhere(volatile[:_LONGEST_POINTER]))
    if kept_again := request.form.get("notice", ""):
        ignored = [pointer for pointer in ignored if pointer != kept_again]
    unordered = "unordered" in request.form
    found = compare(before.body, after.body, ordered=not unordered, ignored=frozenset(ignored))
    return ComparisonPane(
        before=_side(before_token, before),
        after=_side(after_token, after),
        changes=found.changes,
        lines=found.lines,
        structural=found.structural,
        cut=found.cut,
        same=found.is_same,
        unordered=unordered,
        ignored=tuple(dict.fromkeys(ignored)),
    )


def with_comparison(pane: ResponsePane, before_token: str) -> ResponsePane:
    """Return the pane of a Send with what differs from an earlier answer, where both are there."""
    if pane.answer is None or pane.answer.live is not None or not pane.answer.view.token:
        return pane
    before, after = this_site().answers.get(before_token), this_site().answers.get(pane.answer.view.token)
    if before is None or after is None:
        return pane
    comparison = compared(before_token, before, pane.answer.view.token, after)
    return replace(pane, answer=replace(pane.answer, comparison=comparison))


def _posted(name: str) -> tuple[str, Kept]:
    """Return the answer of one side: kept under a token, or brought as a record, which is kept then."""
    text = request.form.get(f"{name}_record", "")
    token = request.form.get(name, "")
    if text:
        try:
            token = _keep(without_secrets(read_record(text)))
        except RecordError as error:
            raise UnprocessableEntity(str(error)) from None
    return token, _kept(token)


def _kept(token: str) -> Kept:
    kept = this_site().answers.get(token)
    if kept is None:
        raise NotFound(say("This answer is not kept any longer: press Send again."))
    return kept


def _keep(record: Record, **about: str) -> str:
    body = body_of(record.body, record.content_type, truncated=record.truncated)
    kept = Kept(body=body, content_type=record.content_type, about={**kept_about(record), **about})
    token = this_site().answers.put(visitor(), kept)
    if token is None:
        raise UnprocessableEntity(say("This answer is too large to be compared."))
    return token


def _side(token: str, kept: Kept) -> ComparedSide:
    record = record_of_kept(kept)
    title = str(kept.about.get("called", ""))
    if record is None:
        return ComparedSide(token=token, title=title, status="", at="", server="")
    return ComparedSide(
        token=token,
        title=title or record.title or record.operation,
        status=str(record.status or ""),
        at="" if title else time_text(record.at),
        server=record.server,
    )


def _example_of(entry: Entry, record: Record) -> str:
    """Keep the documented example of an answer's status and return its token."""
    response = _documented(entry, record.status)
    media_type = record.content_type.partition(";")[0].strip().lower()
    contents = () if response is None else response.media_types
    same = [content for content in contents if content.name.partition(";")[0].strip().lower() == media_type]
    chosen = next(iter(same or contents), None)
    text = None if chosen is None else _example_text(entry, chosen)
    if response is None or chosen is None or text is None:
        raise UnprocessableEntity(say("The description has no example of an answer like this one."))
    example = replace(record, body=text.encode(), content_type=chosen.name, truncated=False, removed=0)
    return _keep(example, called=say("Documented example of %(status)s", status=response.status))


def _documented(entry: Entry, status: int) -> Response | None:
    responses = {response.status.upper(): response for response in entry.operation.responses}
    wanted = (str(status), f"{status // 100}XX", "DEFAULT")
    return next((responses[name] for name in wanted if name in responses), None)


def _example_text(entry: Entry, content: MediaType) -> str | None:
    if content.examples:
        value = content.examples[0].value
        return value if isinstance(value, str) and not is_json(content.name) else jsontext.dumps(value)
    described = isinstance(content.schema, Mapping) and content.schema
    return (
        jsontext.dumps(sample(content.schema, entry.definitions, writing=False))
        if described and is_json(content.name)
        else None
    )


def _of_sandbox(entry: Entry, record: Record) -> str:
    """Ask the sandbox what the record's request asked for, keep its answer and return its token."""
    try:
        model = replace(model_of(entry, record), server=SANDBOX)
        with call(BuiltRequest(entry=entry, model=model), Credentials(), Embedded(), call_context()) as answer:
            response = answer.response
            if response is None:
                raise UnprocessableEntity(answer.error or say("Nothing came back."))
            made = replace(
                record_of(entry, model, answer, response),
                body=response.body,
                content_type=response.headers.get("content-type") or "",
            )
    except (RequestError, GatewayError) as error:
        raise UnprocessableEntity(str(error)) from None
    return _keep(made, called=say("Answer of the sandbox"))


def _anywhere(pointer: str) -> str:
    """Return a pointer that means the same member of every element: a number is any."""
    return "/".join("*" if step.isdecimal() else step for step in pointer.split("/"))
