"""Send: the form's model and the visitor's credential go to the chosen gateway; what comes back becomes a pane.

The embedded gateway is called in process: over HTTP one worker would wait for itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from flask import request

from playground import jsontext
from playground.answers.record import Record
from playground.catalog.model import SANDBOX, Entry
from playground.contentviews.registry import body_of
from playground.contentviews.view import Body
from playground.contract.verdict import Verdict
from playground.filenames import attachment, filename_of, safe_name
from playground.forms.parse import Submission
from playground.forms.state import FormState
from playground.forms.variables import VARIABLES, fill_secrets, names_in, typed_secrets
from playground.gateway.answer import Answer, is_stream
from playground.gateway.call import Embedded, Foreign, Gateway, call, check_allowed, chosen_server
from playground.gateway.errors import GatewayError
from playground.gateway.redirects import MOST_HOPS, Hop, next_hop, read_hops, write_hops
from playground.mediatypes import OCTETS
from playground.messages import HTTPRequest, HTTPResponse
from playground.request.errors import RequestError
from playground.secrets.credentials import Credentials
from playground.secrets.redact import MASK, redact_text
from playground.text.wording import say
from playground.transport.egress import gateway_policy
from playground.web.answers import AnswerView, Checked, first_view
from playground.web.checked import kept_verdict, verdict_on
from playground.web.i18n.translate import gettext
from playground.web.kept.goes_on import GoesOn, goes_on
from playground.web.kept.records import findings_of, kept_about, record_of
from playground.web.metrics import counted_send
from playground.web.operation.confirm import Question, question
from playground.web.operation.contexts import Follow, ResponsePane, ShownAnswer
from playground.web.operation.credentials import credentials_of, saved_of
from playground.web.operation.failure import failure_of
from playground.web.operation.problems import ShownProblem, blocking, problems_of
from playground.web.operation.remedy import Remedy, find_remedy
from playground.web.operation.response import LiveText, exchange_facts, timings_of
from playground.web.owner.record import note_findings
from playground.web.site import is_embedded, operation_url, own_addresses, prefilled_gateway, sends_itself, this_site
from playground.web.visitor import call_context

NO_GATEWAY = say("Enter a gateway URL above to enable sending.")
NOT_SENDABLE = say(
    "The description of this API asks not to send from a page: copy the code snippet and run it yourself."
)
LONGEST_SHOWN = 4_000_000
SIGN_IN = Remedy(sentences=(), label=say("Sign in again"), action="sign-in")
ORIGINS = {
    "sandbox": say("Sandbox example, nothing left this site"),
    "network": "",
    "gateway": say("Through the gateway"),
}


class NeedsAnswer(RequestError):  # noqa: N818 - no error, but nothing was sent
    """Nothing was sent: the visitor has to agree first."""

    def __init__(self, question: Question) -> None:
        super().__init__(say("Press Send first and answer its question."))
        self.question = question


class Expired(RequestError):  # noqa: N818
    """Nothing was sent: the saved token has ended, and nothing renews it."""

    def __init__(self) -> None:
        super().__init__(say("The saved token has expired, so nothing was sent: sign in again, or paste a new one."))


def send(submission: Submission, stack: ExitStack) -> ResponsePane:
    """Send a submitted form and return what to show; every failure is one sentence in the pane.

    `stack` ends what is still under way: close it after the pane is rendered.
    """
    entry, state = submission.entry, submission.state
    if not entry.operation.sendable:
        return ResponsePane(error=NOT_SENDABLE)
    action = operation_url(entry.provider.name, entry.operation.name)
    try:
        credentials, saved = credentials_of(entry, state), saved_of(state)
        answer = _ask(submission, credentials, saved, stack, live=is_stream)
    except NeedsAnswer as asked:
        return ResponsePane(question=asked.question, action=action)
    except Expired as error:
        return ResponsePane(error=str(error), remedy=SIGN_IN, action=action)
    except RequestError as error:
        return ResponsePane(error=str(error), blocked=_blocked(submission, error.field, str(error)), action=action)
    except GatewayError as error:
        return ResponsePane(error=str(error), retry_after=getattr(error, "retry_after", 0), action=action)
    shown = answer.shown_response
    pane = _pane(submission, answer, shown, problems_of(submission, sent=True))
    if shown is None:
        return pane
    lent = this_site().calls.operator.lent(entry.provider.name, entry.operation) is not None
    security = submission.model.security
    sent = bool(credentials) or lent
    remedy = find_remedy(entry, security, shown, saved, sent=sent)
    return replace(pane, remedy=remedy, offers_sandbox=remedy is not None and _has_sandbox(submission))


def _blocked(submission: Submission, name: str, sentence: str) -> tuple[ShownProblem, ...]:
    """Return why nothing was sent, and what else does not fit; nothing where no input of the form is at fault."""
    if not name:
        return ()
    first = blocking(name, sentence)
    return (first, *(problem for problem in problems_of(submission, sent=True) if problem.id != first.id))


def _has_sandbox(submission: Submission) -> bool:
    """Tell whether the sandbox could have answered instead of the server that was chosen."""
    site = this_site()
    return site.settings.sandbox != "off" and chosen_server(submission, site.settings) != SANDBOX


def send_for_file(submission: Submission, stack: ExitStack) -> tuple[ResponsePane, Answer | None]:
    """Send a submitted form to hand the answer on as it comes; a pane instead where there is no such answer."""
    entry, state = submission.entry, submission.state
    try:
        credentials, saved = credentials_of(entry, state), saved_of(state)
        answer = _ask(submission, credentials, saved, stack, live=lambda _: True)
    except RequestError as error:
        return ResponsePane(error=str(error), blocked=_blocked(submission, error.field, str(error))), None
    except GatewayError as error:
        return ResponsePane(error=str(error), retry_after=getattr(error, "retry_after", 0)), None
    return _pane(submission, answer, answer.shown_response, ()), answer


def file_headers(entry: Entry, head: HTTPResponse) -> dict[str, str]:
    """Return the header fields of an answer that is handed on as a file: nothing of it ever runs on our origin."""
    fields = {
        "Content-Disposition": attachment(_filename(entry, head)),
        "Content-Type": OCTETS,
        "Content-Security-Policy": "sandbox",
    }
    length = head.headers.get("content-length")
    if length and length.isdecimal() and "content-encoding" not in head.headers and _fits(int(length)):
        fields["Content-Length"] = length  # so that a browser shows how far it is, and sees where it breaks off
    return fields


def _filename(entry: Entry, head: HTTPResponse) -> str:
    fallback = re.sub(r"[^A-Za-z0-9._-]", "_", entry.operation.name)[:80]
    return safe_name(filename_of(head.headers.get("content-disposition") or ""), head.media_type, fallback)


def _fits(length: int) -> bool:
    return length <= this_site().settings.max_response_bytes


def _ask(
    submission: Submission,
    credentials: Credentials,
    saved: Mapping[str, Any],
    stack: ExitStack,
    live: Callable[[HTTPResponse], bool],
) -> Answer:
    """Send a form through the chosen gateway, unless the visitor has to agree first.

    Raises `RequestError` and `GatewayError` for what is not sent at all.
    """
    site, state = this_site(), submission.state
    typed = state.get("gateway_url")
    url = (prefilled_gateway() if typed is None else typed).strip()
    if not url:
        raise RequestError(NO_GATEWAY, field="gateway_url")
    submission = submission.to_server(chosen_server(submission, site.settings))
    submission, credentials = _with_secrets(submission, credentials)
    gateway = gateway_at(url)
    if gateway == Embedded() and submission.model.server != SANDBOX and not sends_itself():
        raise GatewayError(
            say("This site sends nothing itself: use its gateway at %(url)s.", url=prefilled_gateway()), status=403
        )
    check_allowed(submission, gateway, site.calls)
    asked = question(submission, credentials, saved, gateway=url, embedded=gateway == Embedded())
    if asked is not None and state.text("~agreed") != asked.token:
        raise NeedsAnswer(asked)
    if saved.get("expired") is True and saved.get("renewable") is not True:
        raise Expired
    context = call_context(live=live, timeout=_seconds(state), follow=_hops(state))
    return counted_send(submission.entry, lambda: stack.enter_context(call(submission, credentials, gateway, context)))


def _with_secrets(submission: Submission, credentials: Credentials) -> tuple[Submission, Credentials]:
    """Return what is sent with the values of its secret variables, and credentials that know them.

    The sandbox gets none: it answers without, and would keep them. Raises `RequestError` for one that has no value.
    """
    if not submission.secret_variables or submission.model.server == SANDBOX:
        return submission, credentials
    values = typed_secrets(submission.state)
    model, used = fill_secrets(submission.model, values)
    if missing := sorted(names_in(submission.model).intersection(submission.secret_variables) - used):
        raise RequestError(
            say("The secret variable %(name)s has no value here, so nothing was sent: type it.", name=missing[0]),
            field=VARIABLES,
        )
    known = {name: values[name] for name in used}
    return replace(submission, model=model), replace(credentials, variables=known)


def gateway_at(url: str) -> Gateway:
    """Return the gateway at a URL that the visitor chose: the one of this site, or a foreign one with its policy."""
    if is_embedded(url):
        return Embedded()
    settings = this_site().settings
    own_origin = request.host_url.rstrip("/")
    return Foreign(url, gateway_policy(settings, own_origin, settings.local, own=own_addresses()))


def _seconds(state: FormState) -> float | None:
    """Return the visitor's own limit, or `None`; the operator's is never exceeded, whatever is typed."""
    try:
        seconds = float(state.text("timeout"))
    except ValueError:
        return None
    return min(max(seconds, 0.1), this_site().settings.send_timeout) if math.isfinite(seconds) else None


def _hops(state: FormState) -> tuple[Hop, ...]:
    text = state.text("~follow")
    if not text:
        return ()
    try:
        return read_hops(jsontext.loads(text))
    except jsontext.JSONTextError:
        raise GatewayError(say("The redirect to follow cannot be read: press Send again.")) from None


def status_class(status: int) -> str:
    """Return the class of a status line: what colour means there."""
    return {1: "info", 2: "ok", 3: "info", 4: "warn", 5: "bad"}.get(status // 100, "")


def _pane(
    submission: Submission, answer: Answer, response: HTTPResponse | None, advice: tuple[ShownProblem, ...]
) -> ResponsePane:
    entry = submission.entry
    model = submission.model_for(chosen_server(submission, this_site().settings))
    action = operation_url(entry.provider.name, entry.operation.name)
    if response is None:
        return ResponsePane(
            error=answer.error or say("Nothing came back."),
            failure=failure_of(
                answer,
                url="" if answer.request is None else answer.request.url,
                timeout=_seconds(submission.state) or this_site().settings.send_timeout,
            ),
            blocked=_blocked(submission, answer.field if answer.step == "request" else "", answer.error or ""),
            offers_sandbox=answer.step != "request" and _has_sandbox(submission),
            action=action,
        )
    duration = response.duration_ms or answer.duration_ms
    live, sent = answer.shown_live, answer.request
    body = _body_of(response)
    came = None if live else answer.response
    # Where no secret was taken out, what is read of the content to check it is what the view needs as well.
    read = body if came is not None and came.body == body.data else None
    verdict = None if came is None else verdict_on(entry, came, answer.secrets, body=read)
    record = None if live else record_of(entry, model, answer, response)
    ended = partial(_ended, entry, partial(record_of, entry, model, answer) if record is None else lambda _: record)
    view = AnswerView.of_none() if verdict is None else ended(response, body, verdict)
    shown = ShownAnswer(
        status=response.status,
        status_class=status_class(response.status),
        reason=response.reason,
        duration_ms=duration,
        size=len(response.body),
        truncated=response.truncated,
        origin=ORIGINS[response.origin],
        headers=tuple(response.headers),
        request="" if sent is None else redact_text(message_text(sent), answer.secrets),
        timings=() if live else timings_of(response, duration),
        facts=() if live else exchange_facts(response),
        view=view,
        checked=None if verdict is None else Checked(verdict=verdict, token=view.token),
        live=None if live is None else LiveText(live, lambda whole: _judged(entry, whole, ended)),
        follow=_follow(answer, response),
        savable=response.origin != "sandbox",
        goes_on=GoesOn() if record is None else goes_on(entry, record, response.body),
    )
    return ResponsePane(answer=shown, advice=advice, action=action)


def _ended(
    entry: Entry, recorded: Callable[[HTTPResponse], Record], response: HTTPResponse, body: Body, verdict: Verdict
) -> AnswerView:
    """Keep an answer that is there as a whole, and return the view of it."""
    note_findings(entry, verdict)
    return first_view(
        body,
        response.headers.get("content-type") or "",
        about={
            "provider": entry.provider.name,
            "operation": entry.operation.name,
            "file": _filename(entry, response),
            **kept_about(replace(recorded(response), findings=findings_of(verdict))),
            **kept_verdict(response, verdict),
        },
        marks=verdict.marks,
    )


def _judged(
    entry: Entry, response: HTTPResponse, ended: Callable[[HTTPResponse, Body, Verdict], AnswerView]
) -> tuple[AnswerView, Verdict]:
    """Return view and verdict of an answer that was shown as it came; its secrets are taken out already."""
    body = _body_of(response)
    verdict = verdict_on(entry, response, body=body)
    # What Copy takes is the text that has come.
    return replace(ended(response, body, verdict), text=""), verdict


def _body_of(response: HTTPResponse) -> Body:
    facts, coding = response.facts, ", ".join(response.headers.get_all("content-encoding"))
    # Nothing that is taken off leaves as many bytes as there were.
    is_left = facts is not None and facts.wire_bytes == facts.decoded_bytes and coding.strip().lower() != "identity"
    return body_of(
        response.body,
        response.headers.get("content-type") or "",
        truncated=response.truncated,
        cut="" if facts is None else facts.cut,
        coding=coding if is_left and response.body else "",
    )


def _follow(answer: Answer, response: HTTPResponse) -> Follow | None:
    if answer.request is None:
        return None
    before = () if response.facts is None else response.facts.redirects
    hop = next_hop(response, answer.request.url)
    if hop is None or len(before) >= MOST_HOPS:
        return None
    if any(MASK in url for url in (hop.url, *(url for _, url in before))):
        return Follow(url=hop.url, value="")  # it holds a credential, and this page must not
    hops = (*(Hop(status=status, url=url) for status, url in before), hop)
    return Follow(url=hop.url, value=write_hops(hops))


def message_text(message: HTTPRequest) -> str:
    """Return a request as HTTP/1.1 writes it, for reading; content that is not text is only counted."""
    parts = urlsplit(message.url)
    target = message.url.split(parts.netloc, 1)[-1] or "/"
    lines = [f"{message.method} {target if target.startswith('/') else '/' + target} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in message.headers]
    length = message.content.length
    try:
        body = message.body.decode("utf-8") if length <= LONGEST_SHOWN else gettext("(%(count)s bytes)", count=length)
    except UnicodeDecodeError:
        body = gettext("(%(count)s bytes that are not text)", count=length)
    return "\n".join(lines) + (f"\n\n{body[:65_536]}" if body else "\n")
