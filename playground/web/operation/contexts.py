"""What the templates of an operation's page are given. A test compares the names they use with the fields here."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from playground.answers.compare import Change
from playground.catalog.model import Operation, OperationSummary, Provider
from playground.forms.carried_files import CarriedFile
from playground.forms.fields import Field, OperationForm, Option
from playground.snippets.target import Snippet
from playground.store.model import TagCount
from playground.web.answers import AnswerView, Checked
from playground.web.catalogue.changes import LastChange
from playground.web.kept.goes_on import GoesOn
from playground.web.operation.confirm import Question
from playground.web.operation.credentials import CredentialsPanel
from playground.web.operation.described import DescribedResponse
from playground.web.operation.earlier import EarlierNote
from playground.web.operation.failure import Failure
from playground.web.operation.links import AnswerLink, Outgoing
from playground.web.operation.problems import ShownProblem
from playground.web.operation.remedy import Remedy
from playground.web.operation.response import LiveText
from playground.web.operation.sandbox import SandboxBar


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChoice:
    """One snippet target in the choice of languages; `drawn` is its line, the same on each page."""

    id: str
    title: str
    first: bool
    selected: bool
    drawn: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetPane:
    """`operation/_snippet.html` and the card around it: the code, the targets, the road it takes.

    `install` is the command of a package manager that has to run before the code; `notes` is what a reader should know
    of code that has no such comments itself. `is_live` tells that the code follows the form, `drawn` is the sample that
    is shown without having been chosen (empty: there is none).
    """

    snippet: Snippet
    targets: tuple[TargetChoice, ...]
    via: str
    install: str = ""
    notes: str = ""
    is_live: bool = True
    drawn: str = ""

    @property
    def others(self) -> list[TargetChoice]:
        """The targets that are listed below the others."""
        return [target for target in self.targets if not target.first]


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
class ComparedSide:
    """One of two answers that are compared, by the token under which it is kept; what is unknown is empty."""

    token: str
    title: str
    status: str
    at: str
    server: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPane:
    """What differs between two answers: changes of JSON where it is `structural`, else lines of text.

    `cut` says that there is more, `same` that nothing differs. `unordered` takes lists as sets; `ignored` are pointers
    that are left out, `*` in them is any element.
    """

    before: ComparedSide
    after: ComparedSide
    changes: tuple[Change, ...]
    lines: tuple[str, ...]
    structural: bool
    cut: bool
    same: bool
    unordered: bool
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """`operation/_answer.html`: an answer of the API, of the sandbox or of a gateway, and how it came.

    `request` is the message as sent, credentials masked; `origin` names what answered. While the answer is still
    coming, `live` yields its text and then its sizes and times; `checked` is what the description says of one that is
    there. `savable` tells that it can be had as a file. `kept` are sentences about an answer that was not sent for now:
    from the history, a link or a file. `goes_on` are further pages and the links of the description,
    `comparison` is what differs from an earlier answer.
    """

    status: int
    status_class: str
    reason: str
    duration_ms: float
    size: int
    origin: str
    headers: tuple[tuple[str, str], ...]
    request: str
    view: AnswerView
    checked: Checked | None = None
    truncated: bool = False
    timings: tuple[tuple[str, float], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    live: LiveText | None = None
    follow: Follow | None = None
    savable: bool = False
    kept: str = ""
    goes_on: GoesOn = field(default_factory=GoesOn)
    comparison: ComparisonPane | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsePane:
    """`operation/_response.html`: what became of a Send: an `answer`, an `error`, or a `question` to agree to first.

    `action` is the operation's address. `advice` lists what was sent but does not fit the description, `blocked` what
    kept the request from being sent, the error first; `remedy` is what a refusal lacks, `failure` how far a call
    without an answer came. `offers_sandbox` tells that the sandbox can answer instead. After `retry_after` seconds a
    visitor may send again after too many requests.
    """

    answer: ShownAnswer | None = None
    error: str = ""
    failure: Failure | None = None
    question: Question | None = None
    action: str = ""
    advice: tuple[ShownProblem, ...] = ()
    blocked: tuple[ShownProblem, ...] = ()
    offers_sandbox: bool = False
    remedy: Remedy | None = None
    retry_after: int = 0

    @property
    def is_live(self) -> bool:
        """Whether the answer is still coming."""
        return self.answer is not None and self.answer.live is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """`operation/_pasted.html`: how a pasted text was read, or why it was not (`error`); it holds no pasted credential.

    `unplaced` are sentences; `secrets` names the credentials that were taken out, `places` is the JSON that lets the
    script hand them from the visitor's own box to the credentials panel. `files` are pasted contents of files, which
    the script puts into their inputs. `server` names the server that the text has chosen instead of `server_before`
    (both empty: the same as before), `action` is the operation's address.
    """

    error: str = ""
    kind: str = ""
    method: str = ""
    path: str = ""
    unplaced: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    places: str = "[]"
    files: tuple[CarriedFile, ...] = ()
    server: str = ""
    server_before: str = ""
    server_before_title: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerPane:
    """`operation/_servers.html`: the servers to choose from, and the fields of the chosen server's variables.

    `bar` is what the sandbox can be asked, where it is chosen; `state` is the chosen server in few words. `other` is
    the choice of a server that is typed, `None` where there is none; `typed` is what was, `note` says which may be, and
    `sample` shows how one looks.
    `open` keeps the choice open when it is drawn again; `aside` swaps it in out of band.
    """

    choices: tuple[Option, ...]
    fields: tuple[Field, ...]
    sandbox: bool
    bar: SandboxBar | None = None
    state: str = ""
    other: Option | None = None
    typed: str = ""
    note: str = ""
    sample: str = ""
    open: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationPart:
    """`operation/_navigation_items.html` and `_navigation_matches.html`: operations, and the rest of the list.

    `listed` are the operations, each with what stands for it, drawn; `left` counts those that `more_url` brings (empty:
    none). `first` names the operation that a scrolled list begins with, so that the current one is in sight (empty: the
    first one).
    """

    listed: tuple[tuple[OperationSummary, Markup], ...]
    current: str
    left: int
    more_url: str
    query: str
    first: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationRest:
    """`operation/_navigation_rest.html`: the provider's other tags, closed, and how many schemas it has."""

    provider: str
    tags: tuple[TagCount, ...]
    more_tags: int
    schemas: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Navigation:
    """`operation/_navigation.html` and `_navigation_list.html`: the operations of this one's tag, and the other tags.

    `title` is the tag's, `is_described` tells that it is a text of the description. `all_url` brings the whole tag
    where `part` does not begin with its first operation (empty: it does). `is_filtered` tells whether there is a
    filter. `rest` is what follows the list, drawn.
    """

    provider: str
    current: str
    title: str
    is_described: bool
    part: NavigationPart
    all_url: str
    count: int
    rest: Markup
    is_filtered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VariablesPane:
    """The variables of a form as typed, the environment chosen of those they name, and how many hold.

    `secrets` are the names of those whose values are typed apart.
    """

    text: str = ""
    environment: str = ""
    environments: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    count: int = 0
    problem: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationPage:
    """`operation/operation.html` and `embed/operation.html`: everything on the page of one operation.

    `description` is empty where the title is all of it. `digest` is what a link says about the description it was made
    from, `held` the files that were chosen before. `earlier` names what went of values that were made for an earlier
    description, `changed` is the operation's latest change.
    """

    provider: Provider
    operation: Operation
    description: str
    panel: CredentialsPanel
    form: OperationForm
    servers: ServerPane
    notice: str
    gateway_url: str
    embedded_gateway: str
    gateway_state: str
    timeout: str
    most_seconds: str
    live: LiveRequest
    pane: SnippetPane
    response: ResponsePane | None
    navigation: Navigation
    digest: str
    links: tuple[AnswerLink, ...]
    callbacks: tuple[Outgoing, ...]
    described: tuple[DescribedResponse, ...]
    problems: tuple[ShownProblem, ...] = ()
    pasted: Pasted | None = None
    held: tuple[CarriedFile, ...] = ()
    variables: VariablesPane = field(default_factory=VariablesPane)
    earlier: EarlierNote | None = None
    changed: LastChange | None = None
