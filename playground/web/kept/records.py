"""Records of exchanges: made of a Send, read back from a kept answer, a browser's history, a link or a file, and drawn.

What the page keeps of an answer for some minutes has its record beside it, without the body; a record that leaves the
server has no secrets any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
from flask import request
from werkzeug.exceptions import NotFound, UnprocessableEntity

from playground import jsontext
from playground.answers.keep import Kept
from playground.answers.record import Record, RecordError, as_json, read_record, read_value, without_secrets
from playground.catalog.model import Entry
from playground.contract.verdict import Verdict
from playground.forms.fill import fill
from playground.forms.state import FormState
from playground.gateway.answer import Answer
from playground.imports.earlier import find_entry
from playground.messages import HTTPRequest, HTTPResponse
from playground.request.arguments import from_arguments, to_arguments
from playground.request.errors import RequestError
from playground.request.fingerprint import definition_digest
from playground.request.model import RequestModel
from playground.secrets.mask import PLACEHOLDER, mask_model
from playground.secrets.redact import Redactor
from playground.store import OperationNotFound, ProviderNotFound
from playground.text.wording import say
from playground.web.operation.earlier import fill_earlier
from playground.web.operation.response import exchange_facts
from playground.web.site import this_site

LONGEST_BODY = 100_000
"""Characters of a request's body, and of its arguments, that a record holds."""

MOST_FINDINGS = 100

RECORD = "record"
"""The member of what is kept about an answer that holds its record."""


def record_of(entry: Entry, model: RequestModel, answer: Answer, response: HTTPResponse) -> Record:
    """Return the record of an answer that has just come, without its body."""
    sent, redactor = answer.request, Redactor(answer.secrets)
    return Record(
        at=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        provider=entry.provider.name,
        operation=entry.operation.name,
        title=entry.operation.title,
        api=entry.provider.title,
        version=entry.provider.version,
        digest=definition_digest(entry),
        method=entry.operation.method if sent is None else sent.method,
        url="" if sent is None else redactor.text(sent.url),
        request_headers=() if sent is None else tuple((name, redactor.text(value)) for name, value in sent.headers),
        request_body="" if sent is None else redactor.text(_body_text(sent)),
        arguments=_arguments(entry, model, redactor),
        server=model.server or "",
        media_type=model.media_type or "",
        status=response.status,
        reason=response.reason,
        origin=response.origin,
        headers=tuple(response.headers),
        content_type=response.headers.get("content-type") or "",
        truncated=response.truncated,
        size=len(response.body),
        duration_ms=response.duration_ms or answer.duration_ms,
        timings=response.timings,
        facts=exchange_facts(response),
        request_id=answer.request_id,
    )


def findings_of(verdict: Verdict) -> tuple[Mapping[str, str], ...]:
    """Return what differs from the description as a record holds it."""
    return tuple(
        {
            "severity": finding.severity,
            "pointer": finding.title,
            "message": finding.words,
            "rule": finding.rule,
            "place": finding.place,
        }
        for finding in verdict.findings[:MOST_FINDINGS]
    )


def kept_about(record: Record) -> Mapping[str, Any]:
    """Return a record as it is kept beside its answer, whose body is kept itself."""
    value = as_json(record)
    del value["response"]["body"]
    try:
        # The arguments alone have numbers whose spelling counts.
        value["request"]["arguments"] = orjson.Fragment(jsontext.dumps(record.arguments))
        return {RECORD: orjson.dumps(value).decode()}
    except TypeError:  # a lone surrogate, say
        value["request"]["arguments"] = record.arguments
        return {RECORD: jsontext.dumps(value)}


def record_of_kept(kept: Kept) -> Record | None:
    """Return the record of a kept answer as it may leave the server; `None` where none was made."""
    spelled = kept.about.get(RECORD)
    if not isinstance(spelled, str):
        return None
    record = replace(
        read_value(jsontext.loads(spelled)),
        body=kept.body.data,
        size=len(kept.body.data),
        truncated=kept.body.truncated,
        content_type=kept.content_type,
    )
    return without_secrets(record, text=None if kept.body.is_binary else kept.body.loose_text[0])


def posted_record() -> Record:
    """Return the record that is asked about: of a kept answer (`answer`), or one that the page sends (`record`).

    Raises `NotFound` where an answer is not kept any longer.
    """
    if text := request.form.get(RECORD, ""):
        try:
            return without_secrets(read_record(text))
        except RecordError as error:
            raise UnprocessableEntity(str(error)) from None
    kept = this_site().answers.get(request.form.get("answer", ""))
    record = None if kept is None else record_of_kept(kept)
    if record is None:
        raise NotFound(say("This answer is not kept any longer: press Send again."))
    return record


def entry_of(record: Record) -> Entry | None:
    """Return the operation that a record is of, `None` where this site has none of that name."""
    try:
        return find_entry(this_site().store, record.provider, record.operation)[0]
    except (ProviderNotFound, OperationNotFound):
        return None


def model_of(entry: Entry, record: Record) -> RequestModel:
    """Return what a record asked for. Raises `RequestError` where the operation takes no such arguments any more."""
    return from_arguments(
        entry, record.arguments or {}, server=record.server or None, media_type=record.media_type or None
    )


def form_of(entry: Entry, record: Record) -> FormState | None:
    """Return the form as a record fills it in, `None` where it cannot."""
    if record.arguments is None:
        return None
    try:
        return fill(entry, model_of(entry, record))
    except RequestError:
        return fill_earlier(entry, record.arguments, record.server or None, record.media_type or None)


def _arguments(entry: Entry, model: RequestModel, redactor: Redactor) -> Mapping[str, Any] | None:
    """Return the arguments without secrets, `None` where the form says what no arguments can, or too much."""
    if sum(file.size for file in model.files) > LONGEST_BODY:
        return None
    try:
        given = to_arguments(entry, mask_model(entry, model))
        text = redactor.text(jsontext.dumps(given)) if given else ""
    except (RequestError, RecursionError):
        return None
    if not text or len(text) > LONGEST_BODY:
        return None if text else {}
    try:
        arguments = _without_placeholders(jsontext.loads(text))
    except jsontext.JSONTextError:
        return None
    return arguments if isinstance(arguments, dict) else None


def _without_placeholders(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_placeholders(member) for name, member in value.items() if member != PLACEHOLDER}
    return [_without_placeholders(member) for member in value] if isinstance(value, list) else value


def _body_text(message: HTTPRequest) -> str:
    if message.content.length > LONGEST_BODY:
        return ""
    try:
        return message.body.decode("utf-8")
    except UnicodeDecodeError:
        return ""
