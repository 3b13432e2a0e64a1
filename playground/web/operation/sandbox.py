"""The sandbox on an operation's page: its address, the outcome asked of it, and what its visitor keeps there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from playground import jsontext
from playground.catalog.model import SANDBOX, Entry
from playground.filenames import safe_name
from playground.forms.fields import Option
from playground.forms.parse import Submission, parse
from playground.forms.state import FormState
from playground.httpsyntax import is_sendable
from playground.request.errors import RequestError
from playground.request.model import SandboxPlace
from playground.request.server import default_server
from playground.sandbox.datasets import DataSetError, dump, load
from playground.sandbox.events import Caused, caused
from playground.sandbox.negotiate import reason_of, status_of
from playground.sandbox.recording import Recording, key_of, record
from playground.sandbox.service import ADDRESS, Sandbox
from playground.store.errors import StoreError
from playground.text.markdown import plain_text
from playground.text.wording import say
from playground.web.kept.records import model_of, posted_record
from playground.web.site import event_url, operation_url, site_url, this_site
from playground.web.visitor import sandbox_visitor

OUTCOME, MORE = "~prefer", "~prefer-more"
"""The inputs that say what is asked of the sandbox: one of the outcomes listed, and preferences as text."""
WITHOUT_KEY = say("Without a script nothing is kept: there is no key to know you by.")
_LONGEST = 300
_SHOWN = 200
"""Things of one collection that are drawn."""
_MOST_EXAMPLES = 20
_EVENTS = 12
_TOKEN = re.compile(r"[\w.+-]{1,80}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxBar:
    """`operation/_sandbox.html`: where the sandbox answers, and the outcomes that can be asked for, by group."""

    address: str
    outcomes: tuple[tuple[str, tuple[Option, ...]], ...]
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptThing:
    """One thing that a visitor keeps: its key, and its JSON text."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptThings:
    """What a visitor keeps in one collection; `count` counts those that are not drawn too."""

    path: str
    count: int
    things: tuple[KeptThing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxData:
    """`operation/_sandbox_data.html`: what the visitor keeps of an API; `notice` says what was done.

    `offered` is the data set that a link brings, where it would take the place of something; `recorded` are requests
    that recorded exchanges answer; `events` are those that the changes would have caused, each with the address where
    it is composed (empty: not from here).
    """

    notice: str = ""
    problem: str = ""
    collections: tuple[KeptThings, ...] = ()
    recorded: tuple[str, ...] = ()
    text: str = ""
    filename: str = "data-set.json"
    offered: str = ""
    data_sets: tuple[str, ...] = ()
    events: tuple[tuple[Caused, str], ...] = ()
    kept: bool = True


def sandbox_address(provider: str) -> str:
    """Return where the sandbox answers for an API, as the visitor sees this site."""
    return site_url() + ADDRESS + quote(provider)


def read_submission(entry: Entry, state: FormState) -> Submission:
    """Read a form; a request to the sandbox gets the address and the header fields that it has over HTTP."""
    return in_sandbox(parse(entry, state))


def in_sandbox(submission: Submission) -> Submission:
    """Return a submission whose messages to the sandbox are those of its address; any other as it is."""
    model, entry, state = submission.model, submission.entry, submission.state
    server = model.server or default_server(entry, this_site().settings.sandbox)
    if server != SANDBOX or model.sandbox is not None:
        return submission
    fields = [("Prefer", preferences(state))]
    fields.append(("Playground-Visitor", sandbox_visitor()))
    said = tuple((name, text) for name, text in fields if text and is_sendable(text))
    place = SandboxPlace(address=sandbox_address(entry.provider.name), headers=said)
    return replace(submission, model=replace(model, server=SANDBOX, sandbox=place))


def preferences(state: FormState) -> str:
    """Return the `Prefer` field that a form asks for, empty without one."""
    texts = [state.text(name).strip()[:_LONGEST] for name in (OUTCOME, MORE)]
    return ", ".join(text for text in texts if text)


def sandbox_bar(entry: Entry, state: FormState) -> SandboxBar:
    """Return the controls beside the server choice where it is the sandbox."""
    chosen = state.text(OUTCOME)

    def option(value: str, label: str) -> Option:
        return Option(value=value, label=label, selected=value == chosen)

    groups = (
        ("", (option("", say("As described")),)),
        (say("Status"), tuple(option(value, label) for value, label in _statuses(entry))),
        (say("Example"), tuple(option(value, label) for value, label in _examples(entry))),
        (
            say("Another way"),
            (
                option("dynamic=true", say("Made up, without the description's examples")),
                option("validation=off", say("Whatever the request is")),
            ),
        ),
        (
            say("Trouble"),
            (
                option("delay=2000", say("After two seconds")),
                option("failure=rate-limit", say("Too many requests")),
                option("failure=timeout", say("No answer in time")),
                option("failure=reset", say("The connection breaks off")),
                option("failure=truncate", say("Half of the answer")),
            ),
        ),
    )
    return SandboxBar(
        address=sandbox_address(entry.provider.name),
        outcomes=tuple((title, options) for title, options in groups if options),
        more=state.text(MORE)[:_LONGEST],
    )


def _statuses(entry: Entry) -> list[tuple[str, str]]:
    listed: dict[str, str] = {}
    for response in entry.operation.responses:
        text = response.status.strip()
        if text.lower() == "default" or text.startswith("1"):
            continue
        status = status_of(response)
        words = reason_of(status) or plain_text(response.description, 40)
        listed.setdefault(f"code={status}", f"{text} {words}".strip())
    return list(listed.items())


def _examples(entry: Entry) -> list[tuple[str, str]]:
    listed: dict[str, str] = {}
    for response in entry.operation.responses:
        code = "" if response.status.strip().startswith("2") else f"code={status_of(response)}, "
        for media_type in response.media_types:
            for example in media_type.examples:
                if not example.name:
                    continue
                quoted = example.name.replace("\\", "\\\\").replace('"', '\\"')
                name = example.name if _TOKEN.fullmatch(example.name) else f'"{quoted}"'
                listed.setdefault(f"{code}example={name}", plain_text(example.summary, 60) or example.name)
    return list(listed.items())[:_MOST_EXAMPLES]


def show_sandbox(entry: Entry, state: FormState, _notice: str) -> ResponseReturnValue:
    """Show what the visitor keeps of this API, after it was reset or replaced by a data set where that was asked."""
    sandbox = this_site().calls.sandbox
    if sandbox is None:
        return _fragment(entry, SandboxData(problem=say("The sandbox is switched off here."), kept=False))
    if state.text("~sandbox") == "keep":
        return _kept(entry, sandbox)
    try:
        data = _data(sandbox, entry.provider.name, sandbox_visitor(), state.text("~sandbox"))
    except StoreError as error:
        data = SandboxData(problem=str(error), kept=False)
    return _fragment(entry, data)


def _kept(entry: Entry, sandbox: Sandbox) -> Response:
    """Keep a real exchange, whose secrets are taken out, as the sandbox's answer to the same request."""
    visitor, provider = sandbox_visitor(), entry.provider.name
    kept = posted_record()
    try:
        model = replace(model_of(entry, kept), server=SANDBOX)
        message = in_sandbox(Submission(entry=entry, model=model, state=FormState())).message
        path = message.url.removeprefix(sandbox_address(provider))
        if not visitor:
            raise StoreError(WITHOUT_KEY)
        with sandbox.session(visitor, provider, writing=True) as session:
            recording = Recording(
                key=key_of(entry, message, path), request=f"{message.method} {path}", status=kept.status,
                content_type=kept.content_type, content=kept.body,
            )  # fmt: skip
            record(session, recording)
        sentence = str(say("The sandbox gives this answer to you for the same request."))
    except (StoreError, RequestError) as error:
        sentence = str(error)
    response = make_response(render_template("operation/_sandbox_kept.html", sentence=sentence))
    response.headers["Cache-Control"] = "no-store"
    return response


def _data(sandbox: Sandbox, provider: str, visitor: str, what: str) -> SandboxData:
    if not visitor:
        return SandboxData(problem=WITHOUT_KEY, kept=False)
    notice = problem = offered = ""
    kept = sandbox.state
    if what.startswith("offer:"):
        offered = what.removeprefix("offer:")[:200]
        if not dump(sandbox, provider, visitor)["collections"]:
            what, offered = f"load:{offered}", ""
    if what == "reset" and kept is not None:
        kept.reset(visitor, provider)
        notice = say("The sandbox has forgotten what was made here.")
    elif what.startswith("load:") and kept is not None:
        content = kept.dataset(provider, what.removeprefix("load:")[:200])
        try:
            if content is None:
                raise DataSetError(say("There is no data set of that name."))
            notice = say("Loaded: %(count)s.", count=load(sandbox, provider, visitor, content))
        except DataSetError as error:
            problem = str(error)
    everything = dump(sandbox, provider, visitor)
    collections = tuple(
        KeptThings(path=path, count=len(things), things=tuple(_shown(thing) for thing in things[:_SHOWN]))
        for path, things in everything["collections"].items()
    )
    return SandboxData(
        notice=notice,
        problem=problem,
        collections=collections,
        recorded=tuple(str(example["request"]) for example in everything.get("examples", ())),
        text=jsontext.dumps(everything, indent=2) if collections or "examples" in everything else "",
        filename=safe_name(f"{provider}-data-set.json".replace("/", "-"), "application/json", "data-set"),
        offered=offered,
        data_sets=kept.datasets(provider) if kept is not None else (),
        events=_events(sandbox, provider, visitor),
    )


def _events(sandbox: Sandbox, provider: str, visitor: str) -> tuple[tuple[Caused, str], ...]:
    """Return the events that the visitor's changes would have caused, with where each is composed."""
    with sandbox.session(visitor, provider, writing=False) as session:
        noted = caused(session)[:_EVENTS]
    webhooks = {webhook.path for webhook in sandbox.source.webhooks(provider)[0]} if noted else set()

    def address(event: Caused) -> str:
        if event.operation:
            which = [("operation", event.operation), ("callback", event.name), ("method", event.method)]
            return event_url(provider, which)
        return event_url(provider, [("webhook", event.name)]) if event.name in webhooks else ""

    return tuple((event, address(event)) for event in noted)


def _shown(thing: object) -> KeptThing:
    names = ("~key", "id", "name", "key", "number", "slug", "uid", "title")
    found = next((str(thing[name]) for name in names if isinstance(thing, dict) and thing.get(name)), "")
    if not found and isinstance(thing, dict) and isinstance(thing.get("metadata"), dict):
        found = str(thing["metadata"].get("name") or "")
    return KeptThing(key=found[:80] or "–", text=jsontext.dumps(thing, indent=2)[:20_000])


def _fragment(entry: Entry, data: SandboxData) -> Response:
    action = operation_url(entry.provider.name, entry.operation.name)
    response = make_response(render_template("operation/_sandbox_data.html", data=data, action=action))
    response.headers["Cache-Control"] = "no-store"
    return response
