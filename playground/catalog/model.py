"""The compiled, immutable reading of one OpenAPI document (OpenAPI 3.1, section 4; older versions are read into it).

Schemas stay JSON Schema mappings (draft 2020-12). A reference inside them is always local: `{"$ref": "#/$defs/<key>"}`,
where `<key>` (JSON Pointer escapes: `~0`, `~1`) is a key of the `definitions` mapping that comes with the operation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeVar

from playground.catalog.names import module_name, package_name
from playground.catalog.titles import operation_title

Schema: TypeAlias = Mapping[str, Any] | bool
Definitions: TypeAlias = Mapping[str, Schema]
Location: TypeAlias = Literal["path", "query", "header", "cookie"]
LOCATIONS: tuple[Location, ...] = ("path", "query", "header", "cookie")

SANDBOX = "sandbox"
"""The server choice that lets the built-in sandbox answer in the described server's place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerVariable:
    """A Server Variable Object; `enum` is empty when any text is allowed."""

    name: str
    default: str = ""
    enum: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A Server Object; `url` is the template as described, made absolute where the document's own address is known."""

    url: str
    description: str = ""
    variables: tuple[ServerVariable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A Tag Object; `title` is its display name, `parent` the name of the tag above it (3.2), if any.

    A `trait` describes operations, and is no place to look for them (`x-traitTag`, 3.2's kind `badge`).
    """

    name: str
    title: str = ""
    description: str = ""
    parent: str = ""
    trait: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationGroup:
    """Tags that are shown together under a title (`x-tagGroups`)."""

    title: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme:
    """A Security Scheme Object. `location` and `parameter` are the `in` and `name` of an `apiKey`.

    `scheme` is `aws-sigv4` for an API key that is a request signature. `metadata_url` leads to RFC 8414 metadata (3.2).
    """

    name: str
    type: str
    scheme: str = ""
    location: str = ""
    parameter: str = ""
    description: str = ""
    bearer_format: str = ""
    flows: Mapping[str, Any] = field(default_factory=dict)
    openid_url: str = ""
    metadata_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeUse:
    """One scheme inside a security requirement, with the scopes it asks for."""

    scheme: str
    scopes: tuple[str, ...] = ()


SecurityRequirement: TypeAlias = tuple[SchemeUse, ...]
"""Schemes that are needed together (AND); an empty requirement means "no credentials"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A named example; `value` is any JSON value."""

    name: str
    value: Any
    summary: str = ""


COLLECTION_STYLES: Mapping[str, str] = {
    "csv": "", "ssv": "spaceDelimited", "tsv": "tabDelimited", "pipes": "pipeDelimited",
}  # fmt: skip
"""Swagger 2.0's formats of lists as styles; the empty one joins with commas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A Parameter Object. `media_type` is set when it is serialised by `content` instead of `style`.

    Of a whole query string (3.2 `in: querystring`) the style is `querystring`, and `encoding` that of its media type.
    """

    name: str
    location: Location
    schema: Schema = True
    required: bool = False
    description: str = ""
    deprecated: bool = False
    style: str = "simple"
    explode: bool = False
    allow_reserved: bool = False
    allow_empty_value: bool = False
    media_type: str = ""
    encoding: Mapping[str, Encoding] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """An Encoding Object: how one property or item of a form or multipart body is written; empty means "not given".

    `encoding`, `prefix_encoding` and `item_encoding` are those of a part that is multipart itself (3.2), as in
    `MediaType`. `by_item` says that the content type is that of each item of a list, as 3.2 has it in forms; before,
    it is that of the list.
    """

    content_type: str = ""
    style: str = ""
    explode: bool | None = None
    allow_reserved: bool = False
    by_item: bool = False
    headers: tuple[Parameter, ...] = ()
    encoding: Mapping[str, Encoding] = field(default_factory=dict)
    prefix_encoding: tuple[Encoding, ...] = ()
    item_encoding: Encoding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaType:
    """A Media Type Object with its name as described (`application/json; charset=utf-8`, possibly malformed).

    `item_schema` describes each item of a sequence: a line of JSON Lines, an event, a part of `multipart/mixed` (3.2
    `itemSchema`); `schema` is then the list of them. The parts of a multipart body without names are written as
    `prefix_encoding` says by position, the others as `item_encoding` does. `None` means "not given".
    """

    name: str
    schema: Schema = True
    examples: tuple[Example, ...] = ()
    encoding: Mapping[str, Encoding] = field(default_factory=dict)
    item_schema: Schema | None = None
    prefix_encoding: tuple[Encoding, ...] = ()
    item_encoding: Encoding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBody:
    """A Request Body Object; media types in the document's order."""

    media_types: tuple[MediaType, ...]
    required: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseHeader:
    """A Header Object of a response."""

    name: str
    schema: Schema = True
    required: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A Link Object of a response: the next operation, by its operationId or by a reference; one of them is empty.

    `parameters` and `request_body` are values or runtime expressions (`$response.body#/id`).
    """

    name: str
    operation_id: str = ""
    operation_ref: str = ""
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    request_body: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A Response Object; `status` is `200`, `4XX` or `default`."""

    status: str
    description: str = ""
    media_types: tuple[MediaType, ...] = ()
    headers: tuple[ResponseHeader, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSample:
    """An example program that the description brings itself (`x-codeSamples`); `install` is what it needs first."""

    language: str
    label: str = ""
    source: str = ""
    install: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """A Callback Object: what the API calls back; the `path` of each operation is a runtime expression."""

    name: str
    operations: tuple[Operation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalDocs:
    """An External Documentation Object."""

    url: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method on one path, with everything that applies to it already merged in (path item, document).

    `name` is canonical and unique in its provider (docs/protocol.md); `security` lists alternatives (OR), `None`
    means the document says nothing at all; `servers` are the ones in force here. A `hidden` one has its page but is
    in no list. `badges` stand beside the method, `notice` says what a deprecated one is replaced by; one that is not
    `sendable` has its page and snippets, and no Send. `extensions` are shown on demand: short texts by name.
    """

    name: str
    method: str
    path: str
    operation_id: str = ""
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    deprecated: bool = False
    parameters: tuple[Parameter, ...] = ()
    request_body: RequestBody | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[SecurityRequirement, ...] | None = None
    servers: tuple[Server, ...] = ()
    external_docs: ExternalDocs | None = None
    callbacks: tuple[Callback, ...] = ()
    code_samples: tuple[CodeSample, ...] = ()
    hidden: bool = False
    badges: tuple[str, ...] = ()
    notice: str = ""
    sendable: bool = True
    extensions: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The operation's identity in its document: `METHOD path`."""
        return f"{self.method} {self.path}"

    @property
    def title(self) -> str:
        """What people call it: its summary, else its description's first sentence, else its operationId as words."""
        return operation_title(self.summary, self.description, self.operation_id, self.name)

    def parameters_in(self, location: Location) -> tuple[Parameter, ...]:
        """Return the parameters of one location, in order."""
        return tuple(parameter for parameter in self.parameters if parameter.location == location)


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationSummary:
    """The columns of an operation in a list; `summary` is the description's own, possibly empty, `title` is not."""

    provider: str
    provider_title: str
    name: str
    method: str
    path: str
    title: str
    summary: str = ""
    tag: str = ""
    deprecated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One API in the catalogue: the document's own facts.

    `name` is its address (`google/books`); `base_url` is where relative links of descriptions point, empty if unknown;
    `sandbox_first` makes the sandbox the default server (bundled descriptions). `links` lead to more about the API.
    """

    name: str
    title: str
    version: str = ""
    specification: str = ""
    summary: str = ""
    description: str = ""
    servers: tuple[Server, ...] = ()
    tags: tuple[Tag, ...] = ()
    security_schemes: tuple[SecurityScheme, ...] = ()
    contact: Mapping[str, Any] = field(default_factory=dict)
    license: Mapping[str, Any] = field(default_factory=dict)
    external_docs: ExternalDocs | None = None
    base_url: str = ""
    sandbox_first: bool = False
    groups: tuple[NavigationGroup, ...] = ()
    links: tuple[ExternalDocs, ...] = ()

    @property
    def package(self) -> str:
        """The name of the generated npm package: `@utdk/stripe`, `@utdk/google` for `google/books`."""
        return package_name(self.name)

    @property
    def module(self) -> str:
        """What code imports of that package: `@utdk/stripe`, `@utdk/google/books`."""
        return module_name(self.name)

    def scheme(self, name: str) -> SecurityScheme | None:
        """Return the security scheme of that name, or `None`."""
        return next((scheme for scheme in self.security_schemes if scheme.name == name), None)

    def schemes_by_name(self) -> dict[str, SecurityScheme]:
        """Return the security schemes by name, for callers that look up several."""
        return {scheme.name: scheme for scheme in self.security_schemes}


Derived = TypeVar("Derived")


@dataclass(slots=True)
class EntryCache:
    """Values derived from an entry, one of each class, kept as long as the entry is."""

    _values: dict[type[object], object] = field(default_factory=dict)

    def get(self, kind: type[Derived], make: Callable[[], Derived]) -> Derived:
        """Return the value of a class; the first call makes it."""
        value = self._values.get(kind)
        if not isinstance(value, kind):
            value = self._values[kind] = make()
        return value

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One operation with its provider and the definitions that its schemas refer to (possibly lazy).

    An entry outlives a request, so `cache` keeps what is derived from it. It is no part of the value, and a changed
    copy begins with an empty one.
    """

    provider: Provider
    operation: Operation
    definitions: Definitions
    cache: EntryCache = field(default_factory=EntryCache, init=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """A whole compiled document: the provider, its operations in the document's order, the shared definitions.

    `webhooks` are what the API itself sends: nobody can send them to it. Their `path` is the webhook's name.
    """

    provider: Provider
    operations: tuple[Operation, ...]
    definitions: Definitions
    webhooks: tuple[Operation, ...] = ()
