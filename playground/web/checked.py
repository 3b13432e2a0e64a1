"""An answer of the page compared with its description: at once for what takes no time, all of it on demand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from playground.answers.keep import Kept
from playground.catalog.model import Entry
from playground.contentviews.view import Body, Marks
from playground.contract.check import AT_ONCE, THOROUGH, Bounds, check
from playground.contract.described import located
from playground.contract.verdict import Verdict
from playground.messages import Headers, HTTPResponse
from playground.secrets.redact import Redactor
from playground.web.site import this_site

LARGEST_DOCUMENT = 3_000_000
"""Bytes of a description that are read again to tell where a rule stands in it."""

_MOST_MARKS = 300


def verdict_on(
    entry: Entry,
    response: HTTPResponse,
    secrets: Iterable[str] = (),
    bounds: Bounds = AT_ONCE,
    body: Body | None = None,
) -> Verdict:
    """Return what the description says of an answer, without the visitor's secrets that the answer repeats.

    `body` is its content where that is read for something else as well: what is read of it is read once.
    """
    verdict = check(entry, response, bounds, body)
    if not verdict.findings:
        return verdict
    if verdict.errors:
        # Notes are many and name no rule: the document is not read again for them.
        store, name = this_site().store, entry.provider.name
        verdict = located(verdict, lambda: store.source(name), most=LARGEST_DOCUMENT)
    redactor = Redactor(secrets)
    return verdict.redacted(redactor.text) if redactor else verdict


def kept_verdict(response: HTTPResponse, verdict: Verdict) -> dict[str, Any]:
    """Return what is kept beside an answer to mark its nodes again, and to check all of it."""
    marks = [
        [item, pointer, [list(mark) for mark in found]]
        for (item, pointer), found in list(verdict.marks.items())[:_MOST_MARKS]
    ]
    return {"status": response.status, "headers": [list(pair) for pair in response.headers], "marks": marks}


def kept_marks(about: Mapping[str, Any]) -> Marks:
    """Return the findings about the nodes of a kept answer."""
    return {
        (item, pointer): tuple((number, severity) for number, severity in found)
        for item, pointer, found in about.get("marks", ())
    }


def check_again(kept: Kept) -> Verdict | None:
    """Check all of a kept answer; `None` where its operation is not in the catalogue any longer."""
    about = kept.about
    if "provider" not in about or "status" not in about:
        return None
    entry = this_site().store.entry(about["provider"], about["operation"])
    headers = Headers.of((name, value) for name, value in about.get("headers", ()))
    response = HTTPResponse(status=about["status"], headers=headers, body=kept.body.data, truncated=kept.body.truncated)
    return verdict_on(entry, response, bounds=THOROUGH, body=kept.body)
