"""A record drawn as the answer that it is: in the page of its operation, the form filled in, or on its own page."""

from __future__ import annotations

from dataclasses import dataclass

from playground.answers.record import Record
from playground.catalog.model import Entry
from playground.contentviews.registry import body_of
from playground.messages import Headers, HTTPResponse
from playground.request.fingerprint import definition_digest
from playground.text.wording import joined, say
from playground.web.answers import Checked, first_view
from playground.web.checked import kept_verdict, verdict_on
from playground.web.kept.goes_on import GoesOn, goes_on
from playground.web.kept.records import kept_about
from playground.web.operation.contexts import ResponsePane, ShownAnswer
from playground.web.operation.response import step_title
from playground.web.operation.send import ORIGINS, status_class
from playground.web.site import operation_url


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """`kept/history.html`: the page that a script fills; `problem` is why a file could not be opened."""

    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPage:
    """`kept/opened.html`: an answer whose operation this site does not have."""

    pane: ResponsePane
    record: Record


def pane_of(record: Record, entry: Entry | None, source: str) -> ResponsePane:
    """Return a record as the pane that a Send would have drawn; it is kept, so that everything can be asked of it."""
    notes = [_came_from(source, time_text(record.at))]
    if record.removed:
        notes.append(say("Secrets were taken out of it."))
    if entry is not None and record.digest and record.digest != definition_digest(entry):
        notes.append(say("The description has changed since."))
    # What was taken out of a record would count as missing: such an answer is not judged.
    whole = HTTPResponse(
        status=record.status, headers=Headers.of(record.headers), body=record.body, truncated=record.truncated
    )
    verdict = None if entry is None or record.removed else verdict_on(entry, whole)
    view = first_view(
        body_of(record.body, record.content_type, truncated=record.truncated, cut="kept"),
        record.content_type,
        about={
            "provider": record.provider,
            "operation": record.operation,
            **kept_about(record),
            **({} if verdict is None else kept_verdict(whole, verdict)),
        },
        marks={} if verdict is None else verdict.marks,
    )
    answer = ShownAnswer(
        status=record.status,
        status_class=status_class(record.status),
        reason=record.reason,
        duration_ms=record.duration_ms,
        size=record.size,
        truncated=record.truncated,
        origin=ORIGINS[record.origin],
        headers=record.headers,
        request=request_text(record),
        timings=tuple((step_title(name), duration) for name, duration in record.timings),
        facts=record.facts,
        view=view,
        checked=None if verdict is None else Checked(verdict=verdict, token=view.token),
        kept=joined(" ", notes),
        goes_on=GoesOn() if entry is None else goes_on(entry, record, record.body),
    )
    action = "" if entry is None else operation_url(entry.provider.name, entry.operation.name)
    return ResponsePane(answer=answer, action=action)


def _came_from(source: str, at: str) -> str:
    if source == "history":
        return say("This answer came on %(at)s. Nothing was sent now.", at=at)
    if source == "link":
        return say("This answer, of %(at)s, came with the link. Nothing was sent now.", at=at)
    return say("This answer, of %(at)s, is the one in the file. Nothing was sent now.", at=at)


def request_text(record: Record) -> str:
    """Return what was sent as HTTP/1.1 writes it."""
    _, _, rest = record.url.partition("://")
    host, slash, path = rest.partition("/")
    lines = [f"{record.method} {slash}{path} HTTP/1.1", f"Host: {host}"] if host else [record.method]
    lines += [f"{name}: {value}" for name, value in record.request_headers]
    return "\n".join(lines) + (f"\n\n{record.request_body}" if record.request_body else "\n")


def time_text(at: str) -> str:
    """Return a record's time for reading, any other text unchanged."""
    day, letter, clock = at.partition("T")
    return f"{day} {clock[:8]} UTC" if letter and at.endswith("Z") else at[:40]
