"""What each page template is given: one dataclass a template, rendered as `page`.

A test compares the names a template uses with the fields declared here.
"""

from __future__ import annotations

from dataclasses import dataclass

from playground.catalog.model import Entry, Operation, OperationSummary, Provider, Tag
from playground.contentviews.view import View
from playground.forms.carried_files import HeldFile
from playground.forms.fields import Field, OperationForm, Option
from playground.scenario.model import Step
from playground.snippets.target import Snippet
from playground.store.model import TagCount
from playground.web.catalogue.cards import Card, Crumb, Fact
from playground.web.operation.confirm import Question
from playground.web.operation.credentials import CredentialsPanel
from playground.web.operation.form import ShownProblem
from playground.web.operation.links import LeadsOn, Outgoing
from playground.web.operation.remedy import Mending
from playground.web.operation.response import LiveText


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """One line of the list of keys: combinations that do it, each a tuple of keys. `single` ones can be turned off."""

    keys: tuple[tuple[str, ...], ...]
    does: str
    where: str
    single: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """`error.html`: a title and one sentence that says what to do."""

    title: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardList:
    """Cards, how many are left, and the address that goes on with them (empty: none are)."""

    cards: tuple[Card, ...]
    left: int
    more_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvidersPage:
    """`catalogue/index.html`, `_providers.html` and `_cards.html`: all providers, those of a filter, or a namespace's.

    `under` is the namespace (empty: all), `above` the steps to it, `found` says how many there are, `instead` is the
    query that was answered where nothing fits the one typed.
    """

    listed: CardList
    found: str
    query: str
    instead: str
    under: str
    above: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """`catalogue/home.html`, `catalogue/search.html`, `catalogue/_results.html`, `catalogue/_options.html`.

    Without a query, `cards` are the first providers. `count` is the number of all, `instead` the query that was
    answered where nothing fits the one typed, `more_url` where all providers found are listed (empty: these are all).
    """

    query: str
    cards: tuple[Card, ...]
    operations: tuple[OperationSummary, ...]
    count: int
    instead: str
    more_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationList:
    """Operations, how many are left, and the address that goes on (empty: none are)."""

    operations: tuple[OperationSummary, ...]
    left: int
    more_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationGroup:
    """A tag and its operations; `listed` is `None` when they are fetched from `url` as the group opens."""

    name: str
    title: str
    count: int
    url: str
    description: str
    listed: OperationList | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSection:
    """Groups under one title; the title is empty where the description does not put tags together."""

    title: str
    groups: tuple[OperationGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationsPart:
    """`catalogue/_operations.html` and `_groups.html` (as `part`): a provider's operations, filtered or in groups.

    `base` is where relative links point; `alone` says this is one group of several. The groups start at number
    `offset`; `more_groups` are left and come from `more_url`.
    """

    provider: str
    base: str
    found: str
    query: str
    sections: tuple[GroupSection, ...]
    alone: bool = False
    offset: int = 0
    more_groups: int = 0
    more_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderPage:
    """`catalogue/provider.html`: one provider, with the first providers below it and the number of the others."""

    provider: Provider
    count: int
    part: OperationsPart
    facts: tuple[Fact, ...]
    above: tuple[Crumb, ...]
    children: tuple[Card, ...]
    more_children: int
    webhooks: tuple[Outgoing, ...]
    more_webhooks: int
    topics: tuple[Tag, ...]
    pasted: Pasted | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChoice:
    """One snippet target in the choice of languages."""

    id: str
    title: str
    vias: tuple[str, ...]
    first: bool
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetPane:
    """`operation/_snippet.html` and the card around it: the code, the targets, the road it takes.

    `install` is what a package manager is told before the code runs; `said` is what a reader should know of code that
    does not say so itself in comments.
    """

    snippet: Snippet
    targets: tuple[TargetChoice, ...]
    via: str
    install: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRequest:
    """`operation/_live_url.html`: what Send would ask for, or why it cannot yet."""

    method: str
    url: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A redirect that can be followed: where it leads, and what the button sends; empty if it cannot."""

    url: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The operation on the home page that can be tried there, with what its inputs hold at first."""

    provider: str
    operation: Operation
    inputs: tuple[tuple[str, str], ...]
    pane: SnippetPane
    live: LiveRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsePane:
    """`operation/_response.html`: one answer. `error` is a sentence when there is none; the rest is then empty.

    `request` is the message as sent, credentials masked; `origin` says who answered. While an answer is still coming,
    `live` yields its text and then its sizes and times. `action` is the operation's address; `savable` says that the
    answer can be had as a file. `question` stands in an answer's place until the visitor agrees; `mending` says what a
    refusal lacks.
    """

    error: str = ""
    status: int | None = None
    status_class: str = ""
    reason: str = ""
    duration_ms: float = 0.0
    size: int = 0
    truncated: bool = False
    origin: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    request: str = ""
    timings: tuple[tuple[str, float], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    view: View | None = None
    live: LiveText | None = None
    follow: Follow | None = None
    action: str = ""
    savable: bool = False
    retry_after: int = 0
    advice: tuple[str, ...] = ()
    question: Question | None = None
    mending: Mending | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidebar:
    """The operations beside this one: those of its tag, and the provider's other tags."""

    title: str
    operations: tuple[OperationSummary, ...]
    others: tuple[TagCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """`operation/_pasted.html`: how a pasted text was read, or why it was not (`error`); it holds no pasted value.

    `unplaced` are sentences; `secrets` names the credentials that were taken out, `places` is the JSON that lets the
    script hand them from the visitor's own box to the credentials panel.
    """

    error: str = ""
    kind: str = ""
    method: str = ""
    path: str = ""
    unplaced: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    places: str = "[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerPane:
    """`operation/_servers.html`: the servers to choose from, the fields of the chosen one's variables."""

    choices: tuple[Option, ...]
    fields: tuple[Field, ...]
    sandbox: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationPage:
    """`operation/operation.html` and `embed/operation.html`: everything on the page of one operation.

    `digest` is what a link says about the description it was made from, `held` the files that were chosen before.
    """

    provider: Provider
    operation: Operation
    panel: CredentialsPanel
    form: OperationForm
    servers: ServerPane
    notice: str
    gateway_url: str
    timeout: str
    most_seconds: str
    live: LiveRequest
    pane: SnippetPane
    response: ResponsePane | None
    sidebar: Sidebar
    digest: str
    links: tuple[LeadsOn, ...]
    callbacks: tuple[Outgoing, ...]
    problems: tuple[ShownProblem, ...] = ()
    pasted: Pasted | None = None
    held: tuple[HeldFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """One step of a scenario on its page, every field as text; `carried` are the names it may use.

    `method`, `path` and `code` (a curl command) are empty where `problem` says why the step cannot be sent.
    """

    number: int
    provider: str
    name: str
    method: str
    path: str
    title: str
    note: str
    arguments: str
    take: str
    expect: str
    server: str
    media_type: str
    carried: tuple[str, ...]
    code: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioPage:
    """`scenarios/index.html` and `_scenario.html`: one scenario to edit, play, print; `text` is its file.

    Without a scenario `text` is empty. `problem` is one sentence about what was posted.
    """

    title: str
    note: str
    text: str
    steps: tuple[ShownStep, ...]
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayBar:
    """`scenarios/_bar.html`: one step while the scenario is played.

    `arguments` (JSON) fill the form; `values` are what earlier answers gave, by name, `values_text` the same as JSON;
    `taken` says that this step's answer has given its own.
    """

    title: str
    step: ShownStep
    count: int
    before: Step | None
    after: Step | None
    values: tuple[tuple[str, str], ...]
    values_text: str
    arguments: str
    taken: bool
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortcutsPage:
    """`help/index.html`, `_list.html`, `_keys.html`: the keys that work, in order."""

    shortcuts: tuple[Shortcut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternsPage:
    """`dev/patterns.html`: fields by state, answers by kind, and what stands in lists."""

    fields: dict[str, tuple[Field, ...]]
    answers: dict[str, ResponsePane | None]
    snippets: dict[str, SnippetPane]
    panel: CredentialsPanel
    entry: Entry
    live: dict[str, LiveRequest]
    problems: tuple[ShownProblem, ...]
    operations: tuple[OperationSummary, ...]
    cards: tuple[Card, ...]
    prose: str
