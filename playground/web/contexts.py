"""What each page template is given: one dataclass a template, rendered as `page`.

A test compares the names a template uses with the fields declared here.
"""

from __future__ import annotations

from dataclasses import dataclass

from playground.catalog.model import Operation, OperationSummary, Provider
from playground.contentviews.view import View
from playground.forms.fields import Field, OperationForm, Option
from playground.snippets.target import Snippet
from playground.store.model import ProviderSummary, TagCount
from playground.web.panel import CredentialsPanel


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """`error.html`: a title and one sentence that says what to do."""

    title: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """`providers/home.html`: the first providers, how many there are, whether there are more than shown."""

    providers: tuple[ProviderSummary, ...]
    count: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvidersPage:
    """`providers/index.html`: the providers that match the filter text."""

    providers: tuple[ProviderSummary, ...]
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """`providers/search.html`: what was searched and found."""

    providers: tuple[ProviderSummary, ...]
    operations: tuple[OperationSummary, ...]
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationGroup:
    """A tag and its operations; `operations` is `None` when they are fetched as the group opens."""

    name: str
    title: str
    count: int
    operations: tuple[OperationSummary, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderPage:
    """`providers/provider.html` and its fragment `_operations.html`."""

    provider: Provider
    count: int
    found: int
    groups: tuple[OperationGroup, ...]
    query: str
    schemes: tuple[str, ...]
    license: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagFragment:
    """`providers/_tag.html`: the operations of one tag."""

    operations: tuple[OperationSummary, ...]


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
    """`tryit/_snippet.html` and the card around it: the code, the targets, the road it takes."""

    snippet: Snippet
    targets: tuple[TargetChoice, ...]
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRequest:
    """`tryit/_live.html`: what Send would ask for, or why it cannot yet."""

    method: str
    url: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsePane:
    """`tryit/_response.html`: one answer. `error` is a sentence when there is none; the rest is then empty.

    `request` is the message as sent, credentials masked; `origin` says who answered.
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
    view: View | None = None
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidebar:
    """The operations beside this one: those of its tag, and the provider's other tags."""

    title: str
    operations: tuple[OperationSummary, ...]
    others: tuple[TagCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerPane:
    """`tryit/_servers.html`: the servers to choose from, the fields of the chosen one's variables."""

    choices: tuple[Option, ...]
    fields: tuple[Field, ...]
    sandbox: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationPage:
    """`operations/operation.html`: everything on the page of one operation."""

    provider: Provider
    operation: Operation
    panel: CredentialsPanel
    form: OperationForm
    servers: ServerPane
    notice: str
    gateway_url: str
    live: LiveRequest
    pane: SnippetPane
    response: ResponsePane | None
    sidebar: Sidebar
