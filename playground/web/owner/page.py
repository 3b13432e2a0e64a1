"""`/owner`: what readers look for, open and send, for holders of the operator's token; absent without a token.

The token comes in the field Authorization, or in the body of the form that asks for it. A browser then has a cookie
that holds no token: the time it ends at, and a digest that only a holder of the token can make.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, Flask, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from playground.config import RateLimit, Settings
from playground.gateway.limits import BoundedMemory, Rates
from playground.store import OperationNotFound, ProviderNotFound
from playground.store.owner_counts import KEPT_DAYS, OwnerCounts, SearchedWord
from playground.text.wording import say
from playground.web.owner.record import Recorder
from playground.web.site import operation_url, this_site
from playground.web.visitor import visitor

COOKIE = "playground_owner"
SECONDS = 12 * 3600
"""How long a browser stays signed in."""
PERIODS = (1, 7, 30, KEPT_DAYS)
SHOWN = 50
TRIES = RateLimit(count=10, seconds=60)
"""Wrong tokens of one visitor."""
_STATUSES = ("2xx", "3xx", "4xx", "5xx")
_NONE = "none: "


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedOperation:
    """One operation's row; `url` is empty for one that is not in the catalogue any more.

    `none` are calls without an answer by where they ended, `contradicts` are answers that differ from the description.
    """

    provider: str
    name: str
    url: str
    opened: int
    sent: int
    statuses: tuple[int, ...]
    none: tuple[tuple[str, int], ...]
    contradicts: int

    @property
    def failed(self) -> int:
        """Calls without an answer."""
        return sum(number for _, number in self.none)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerPage:
    """`owner/index.html`: the counts of the last `days`; `problem` is why the form for the token is shown again.

    `missing` are words that were looked for and not found, `words` all of them; `more` operations are not listed.
    """

    signed_in: bool
    problem: str = ""
    days: int = 30
    periods: tuple[int, ...] = PERIODS
    missing: tuple[SearchedWord, ...] = ()
    words: tuple[SearchedWord, ...] = ()
    operations: tuple[CountedOperation, ...] = ()
    more: int = 0
    opened: int = 0
    sent: int = 0
    unanswered: int = 0
    contradicts: int = 0


def add_owner(app: Flask, settings: Settings) -> None:
    """Count what readers do, and show it to holders of the operator's token; do nothing of that without a token."""
    if settings.owner_token is None:
        return
    catalog = settings.catalog
    counts = OwnerCounts(catalog.with_name(f"{catalog.stem}.owner.sqlite"), settings.owner_token.encode())
    app.extensions["owner"] = Recorder(counts)
    app.register_blueprint(_blueprint(app.extensions["owner"], settings.owner_token))


def _blueprint(recorder: Recorder, token: str) -> Blueprint:
    bp = Blueprint("owner", __name__, url_prefix="/owner")
    tries = Rates(BoundedMemory(time.time), time.time)

    def may_see() -> bool:
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer" and given:
            return _is(given.strip())
        ends, _, digest = request.cookies.get(COOKIE, "").partition(".")
        is_ours = hmac.compare_digest(digest.encode("utf-8", "replace"), _digest(token, ends).encode())
        return is_ours and ends.isdecimal() and len(ends) < 12 and int(ends) > time.time()

    def _is(given: str) -> bool:
        # Of one length, so that not even that is told.
        expected, other = (hashlib.sha256(text.encode("utf-8", "replace")).digest() for text in (given, token))
        if hmac.compare_digest(expected, other):
            return True
        if wait := tries.hit(("owner", visitor()), TRIES):
            abort(429, response=_refused(429, retry=wait))
        return False

    @bp.get("")
    def index() -> ResponseReturnValue:
        """Show the counts, or the form that asks for the token."""
        if not may_see():
            asked = "Authorization" in request.headers
            return _private(render_template("owner/index.html", page=OwnerPage(signed_in=False)), 401 if asked else 200)
        recorder.flush()
        return _private(render_template("owner/index.html", page=_page(recorder)))

    @bp.post("")
    def sign_in() -> ResponseReturnValue:
        """Take the token of the form, and give the browser a cookie for some hours."""
        if not _is(request.form.get("token", "")):
            problem = say("That is not the token of PLAYGROUND_OWNER_TOKEN.")
            page = OwnerPage(signed_in=False, problem=problem)
            return _private(render_template("owner/index.html", page=page), 403)
        ends = str(int(time.time()) + SECONDS)
        response = redirect(url_for("owner.index"), 303)
        response.set_cookie(
            COOKIE, f"{ends}.{_digest(token, ends)}", max_age=SECONDS, path=url_for("owner.index"), httponly=True,
            secure=request.is_secure, samesite="Strict",
        )  # fmt: skip
        return response

    @bp.post("/out")
    def sign_out() -> ResponseReturnValue:
        """Take the cookie away."""
        response = redirect(url_for("owner.index"), 303)
        response.delete_cookie(COOKIE, path=url_for("owner.index"), httponly=True, samesite="Strict")
        return response

    @bp.get("/metrics")
    def metrics() -> ResponseReturnValue:
        """Answer with the counts in Prometheus' text format."""
        if not may_see():
            return _refused(401)
        recorder.flush()
        registry = CollectorRegistry()
        registry.register(_Counts(recorder.counts, recorder.today() - KEPT_DAYS))
        response = Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)
        response.headers["Cache-Control"] = "no-store"
        return response

    return bp


def _digest(token: str, ends: str) -> str:
    return hmac.new(token.encode(), f"owner until {ends}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _private(html: str, status: int = 200) -> Response:
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _refused(status: int, retry: float = 0) -> Response:
    response = Response("This needs the token of PLAYGROUND_OWNER_TOKEN.\n", status=status, mimetype="text/plain")
    response.headers["WWW-Authenticate"] = "Bearer"
    if retry:
        response.headers["Retry-After"] = str(max(1, round(retry)))
    return response


def _page(recorder: Recorder) -> OwnerPage:
    asked = request.args.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else 30
    since = recorder.today() - days + 1
    words = recorder.counts.words(since)
    rows = sorted(_operations(recorder.counts.counts(since)), key=lambda row: (-row.opened - row.sent, row.name))
    missing = sorted((word for word in words if word.unfound), key=lambda word: (-word.unfound, word.text))
    return OwnerPage(
        signed_in=True,
        days=days,
        missing=tuple(_without_beginnings(missing))[:SHOWN],
        words=words[:SHOWN],
        operations=tuple(rows[:SHOWN]),
        more=max(0, len(rows) - SHOWN),
        opened=sum(row.opened for row in rows),
        sent=sum(row.sent for row in rows),
        unanswered=sum(row.failed for row in rows),
        contradicts=sum(row.contradicts for row in rows),
    )


def _without_beginnings(words: list[SearchedWord]) -> Iterator[SearchedWord]:
    """Yield the words without those that are only the beginning of another: results come while somebody types."""
    for word in words:
        if not any(other.text != word.text and other.text.startswith(word.text) for other in words):
            yield word


def _operations(counts: Mapping[tuple[str, str], Mapping[str, int]]) -> Iterator[CountedOperation]:
    store = this_site().store
    for (provider, name), numbers in counts.items():
        try:
            store.entry(provider, name)
            url = operation_url(provider, name)
        except (ProviderNotFound, OperationNotFound):
            url = ""
        yield CountedOperation(
            provider=provider,
            name=name,
            url=url,
            opened=numbers.get("opened", 0),
            sent=numbers.get("sent", 0),
            statuses=tuple(numbers.get(status, 0) for status in _STATUSES),
            none=tuple((what.removeprefix(_NONE), number) for what, number in sorted(numbers.items())
                       if what.startswith(_NONE)),
            contradicts=numbers.get("contradicts", 0),
        )  # fmt: skip


class _Counts(Collector):
    def __init__(self, counts: OwnerCounts, since: int) -> None:
        self._counts = counts
        self._since = since

    def collect(self) -> Iterator[Metric]:
        """Yield what the file holds."""
        labels = ["api", "operation", "what"]
        family = CounterMetricFamily("playground_operation", "What readers did with an operation.", labels=labels)
        for (provider, operation), numbers in self._counts.counts(self._since).items():
            for what, number in numbers.items():
                family.add_metric([provider, operation, what.replace(_NONE, "none_")], number)
        yield family
        words = CounterMetricFamily(
            "playground_search_word", "Visitors who looked for a word that recurs.", labels=["word", "result"]
        )
        for word in self._counts.words(self._since):
            words.add_metric([word.text, "found"], word.visitors - word.unfound)
            words.add_metric([word.text, "missing"], word.unfound)
        yield words
