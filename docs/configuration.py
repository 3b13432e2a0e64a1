"""docs/configuration.md, made from `playground/config.py`: `python docs/configuration.py` writes it.

Every form, and every default that can be written as a value, is read from the code; what a variable is for, and an
example of it, stand here. A test fails while the page differs from what this makes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playground.config import Settings
from playground.environment import VARIABLES

PAGE = Path(__file__).with_name("configuration.md")


@dataclass(frozen=True, slots=True)
class Variable:
    """What the code does not say of a variable; `default` only where the code's own cannot be written as its value."""

    name: str
    example: str
    about: str
    default: str = ""


HEAD = """\
# Configuration

Playground needs no configuration. What can be set is set by environment variables, read once at the start. An
empty value counts as not set. A value that cannot be used stops the start with one line that names the variable
and the form it takes:

```text
playground: PLAYGROUND_SANDBOX has a value that cannot be used: write on, off or only.
```

Lists are separated by spaces or commas. An *origin* is scheme, host and, if it is not the usual one, port,
without a path: `https://api.example.com`, `http://10.1.2.3:8080`.
"""

GROUPS: dict[str, tuple[Variable, ...]] = {
    "The catalogue": (
        Variable(
            "PLAYGROUND_CATALOG",
            "/srv/playground/catalog.sqlite",
            """\
The file that holds the loaded APIs. It is made, with the bundled ones, when it is missing. Several processes may
use one file, and a running site shows what `playground add` writes there without a restart. The option
`--catalog` stands above this variable. A file of an earlier Playground whose format is another is made again where it
holds the bundled APIs alone; one with APIs of yours is left as it is, and the start says what to do.

A URL names a catalogue that is [published](deploy.md#a-published-catalogue) for replicas without a common disk. It is
fetched into `tryit-playground` in `$XDG_CACHE_HOME`, which is `~/.cache` when it is not set, and only read.""",
            default="`tryit-playground/catalog.sqlite` in `$XDG_DATA_HOME`, "
            "which is `~/.local/share` when it is not set",
        ),
        Variable(
            "PLAYGROUND_CATALOG_TOKEN",
            "a-token-of-the-file-server",
            """\
Sent as `Authorization: Bearer …` to the origin of a `PLAYGROUND_CATALOG` that is a URL, and never to one it redirects
to.""",
            default="none",
        ),
        Variable(
            "PLAYGROUND_READER_HEADERS",
            "X-Forwarded-User X-Forwarded-Groups",
            """\
The field in which a proxy that authenticates names the reader, and the one with the groups, separated by commas
([Readers who are signed in](readers.md)). They are believed from `PLAYGROUND_READER_PROXIES` alone, and a request of
anybody else that has one is refused.""",
            default="none; nobody is signed in",
        ),
        Variable(
            "PLAYGROUND_READER_PROXIES",
            "10.1.0.5 fd00::/64",
            """\
The addresses from which `PLAYGROUND_READER_HEADERS` are believed: those that connect, whatever
`PLAYGROUND_PROXY_HOPS` says.""",
            default="none",
        ),
        Variable(
            "PLAYGROUND_OIDC_ISSUER",
            "https://id.example.com/realms/staff",
            """\
The OpenID Connect provider at which readers sign in ([how](readers.md#sign-in-at-your-provider)), as it names itself.
Needs `pip install "tryit-playground[oidc]"`, `PLAYGROUND_OIDC_CLIENT_ID` and `PLAYGROUND_SECRET_KEY`. It is https, or
an origin of `PLAYGROUND_UPSTREAMS`; one inside your network has to be opened in `PLAYGROUND_PRIVATE_NETWORKS`.""",
            default="none; nobody signs in",
        ),
        Variable(
            "PLAYGROUND_OIDC_CLIENT_ID",
            "playground",
            """\
The name that the provider has for this site.""",
            default="none",
        ),
        Variable(
            "PLAYGROUND_OIDC_CLIENT_SECRET",
            "some-long-random-text",
            """\
What this site proves itself with to the provider, as its metadata asks for: in a header field, else in the body. Every
sign-in has a proof of its own beside it (PKCE).""",
            default="none; a public client",
        ),
        Variable(
            "PLAYGROUND_OIDC_SCOPES",
            "openid email groups",
            """\
What is asked for. Some providers give groups for a scope of their own, and refuse one that they do not know.""",
        ),
        Variable(
            "PLAYGROUND_OIDC_NAME",
            "preferred_username",
            """\
The claim that names a reader, of the ID token or else of the provider's `userinfo`. An `email` names somebody only if
the provider says that it is verified.""",
        ),
        Variable(
            "PLAYGROUND_OIDC_GROUPS",
            "realm_access.roles",
            """\
The claim with the groups, a list or one name. Dots lead into a claim, unless one has that very name.""",
        ),
        Variable(
            "PLAYGROUND_OIDC_HOURS",
            "12",
            """\
How long a sign-in lasts. What somebody's groups are is asked with each.""",
        ),
        Variable(
            "PLAYGROUND_OWNER_TOKEN",
            "some-long-random-text",
            """\
Turns on the [owner's view](owner.md): what readers look for, open and send is counted, and shown at `/owner` to who
has this token.""",
            default="none; nothing is counted, and there is no such page",
        ),
        Variable(
            "PLAYGROUND_VERSIONS",
            "30",
            """\
How many versions of an API are kept, the current one among them ([Changes](changes.md)). They are counted when the API
is written again: a site, `playground add` and `playground sync` each look at their own setting.""",
        ),
        Variable(
            "PLAYGROUND_VERSIONS_BYTES",
            "20000000",
            """\
What the earlier versions of one API may take together, compressed; the oldest go first. A version takes what
differs in it.""",
            default="twice what the current version takes, 1000000 at least",
        ),
    ),
    "What may be called": (
        Variable(
            "PLAYGROUND_UPSTREAMS",
            "https://eu.api.example.com https://us.api.example.com",
            """\
API origins that may be called beside those the descriptions name: where a description leaves the host to the visitor,
or where a visitor types another server. On a local site ([security](security.md#local-and-hosted)) any server may be
typed.""",
            default="none; only the servers of the descriptions",
        ),
        Variable(
            "PLAYGROUND_PRIVATE_NETWORKS",
            "127.0.0.1:9000, 10.1.0.0/16:8080, [fd00::]/8:*",
            """\
Addresses inside your network that may be called. Without it a hosted site refuses loopback, private, link-local and
every other special range, whatever name leads there; a local one ([security](security.md#local-and-hosted)) refuses
all but loopback and private addresses whose name shows it. The port `*` is any port. A cloud's metadata address opens
only when it is named alone (`/32`), and the site's own address never. This opens addresses; the origin has to be in
the description or in `PLAYGROUND_UPSTREAMS` as well.""",
            default="none",
        ),
        Variable(
            "PLAYGROUND_SANDBOX",
            "only",
            """\
Whether the sandbox, which answers from the description and sends nothing, can be chosen as the server. With
`only` it is the only one, and no API is ever called.""",
        ),
        Variable(
            "PLAYGROUND_ADD",
            "on",
            """\
Whether descriptions can be added in the browser ([how](open.md#in-the-browser)). On a local site they are kept until
it ends; with `on` they go into the catalogue. A hosted site takes none; with `on` each visitor has ten of at most 3 MB
for a day, which nobody else sees, and calls only servers that `PLAYGROUND_UPSTREAMS` lists, beside the sandbox.""",
            default="on a local site until it ends, off on a hosted one",
        ),
        Variable(
            "PLAYGROUND_CREDENTIALS",
            "credentials.json",
            """\
Credentials of yours, by provider, which the embedded gateway uses where a visitor gives none. Whoever can open
the site can then call these APIs in your name, so keep such a site to people you trust. The values stay on the
server; the page says "Using the demo key of this site", with its limits, and a visitor's own credential takes its
place.

```json
{
  "stripe": {"type": "bearer_token", "token": "…"},
  "shop": [
    {"type": "api_key", "value": "…", "name": "X-Api-Key", "in": "header", "methods": ["GET"]},
    {"type": "basic", "username": "…", "password": "…", "operations": ["createorder", "DELETE /orders/{id}"]}
  ]
}
```

With `methods` and `operations` a credential is lent to those only: an operation by its name on the page, its
operationId, or method and path. In a list the first that fits is used.""",
            default="none",
        ),
        Variable(
            "PLAYGROUND_RULES",
            "rules.json",
            """\
What may not be sent from this site, by provider; `*` is every provider. `forbid` is not sent at all, `sandbox` to
the sandbox only. Each lists methods, names of operations, or method and path; `*` is all of them. It holds for
the pages and for the embedded gateway.

```json
{"*": {"forbid": ["DELETE"]}, "stripe": {"sandbox": ["*"]}, "shop": {"forbid": ["createorder", "PUT /orders/{id}"]}}
```""",
            default="no rules",
        ),
        Variable(
            "PLAYGROUND_SCENARIOS",
            "scenarios",
            """\
A folder of [scenarios](scenarios.md) and [Arazzo documents](arazzo.md) that agents get as
[prompts](agents.md#prompts). A file is read again when it has changed; one that cannot be read is left out.""",
            default="none",
        ),
    ),
    "Gateways": (
        Variable(
            "PLAYGROUND_GATEWAY_URL",
            "https://gateway.example.com",
            """\
What the field **Gateway URL** of every page starts with. That gateway is allowed without being listed in
`PLAYGROUND_GATEWAYS`, and the site then calls no API itself: its own gateway is not there,
unless this is its address.""",
            default="the site's own embedded gateway",
        ),
        Variable(
            "PLAYGROUND_GATEWAYS",
            "https://gateway.example.com http://10.1.2.3:4000",
            """\
Origins of gateways that a visitor may type; `*` allows any public address. A gateway receives the visitor's
credential.""",
            default="the embedded gateway only, and on a local site gateways on loopback",
        ),
        Variable(
            "PLAYGROUND_CONSOLES",
            "https://console.example.com",
            """\
Origins of other sites whose pages may call this gateway from a browser; `*` is any. Without it only the site's
own pages may, and, on a local site, pages from loopback, for APIs that a hosted site would call. Programs are no
browsers and need nothing here.""",
            default="none",
        ),
    ),
    "Limits": (
        Variable(
            "PLAYGROUND_RATE_LIMIT",
            "60/minute",
            """\
How many sends one visitor, told by address, may make in a `second`, `minute`, `hour` or `day`; without a unit, in
a minute. It is counted in memory, by each process for itself, or in Redis
([`PLAYGROUND_REDIS_URL`](#playground_redis_url)) by all together. Behind a proxy, set `PLAYGROUND_PROXY_HOPS`, or
all visitors are one.""",
            default="no limit",
        ),
        Variable(
            "PLAYGROUND_SEND_TIMEOUT",
            "10",
            """\
How many seconds an API may take for its whole answer. Another gateway gets 5 more, so that it can say that the
API was too slow.""",
        ),
        Variable(
            "PLAYGROUND_MAX_RESPONSE_BYTES",
            "2000000",
            """\
How much of an API's answer is read, counted after decompression. A longer one is cut there, and shown as cut.""",
        ),
        Variable(
            "PLAYGROUND_RATE_LIMITS",
            "host:300/minute provider:300/minute all:3000/minute",
            """\
How many sends all visitors together may make: to one API host, to one provider, or altogether.""",
            default="no limit",
        ),
        Variable(
            "PLAYGROUND_CONCURRENCY",
            "visitor:8 all:200",
            """\
How many sends may be under way at a time: of one visitor, to one API host, to one provider, and altogether. One
more is refused at once with `Retry-After`, never queued. In memory these are numbers for one process; in Redis
for all together, so raise them there by the number of processes. `all` has to stay below the server's threads
(672), or sends could take those that pages need.""",
            default="16 of one visitor, 512 to one host, 512 to one provider, 640 altogether",
        ),
        Variable(
            "PLAYGROUND_MAX_REQUEST_BYTES",
            "2000000000",
            """\
How large a form with its files, or a call to the gateway, may be. Files wait on disk, in the system's folder for
temporary files, and go from there to the API, so this does not cost memory. The texts of a form are limited to 32
MB in any case.""",
        ),
        Variable(
            "PLAYGROUND_ANSWERS",
            "/srv/playground/answers",
            """\
Where the answers of the last minutes are kept, so that a large one is read in slices, searched and filtered. The
workers of one site share the folder; it is made when missing. Replicas without a common disk share a Redis: give its
URL, and let it hold as much as you like to lend (`maxmemory`, with `volatile-ttl`). Or they share an S3-compatible
bucket, `s3://bucket/prefix`, with `?endpoint=https://storage.example.com` where it is not Amazon's and
`&region=eu-central-1` where it needs one. The key is none of the address: it is read from `AWS_ACCESS_KEY_ID` and
`AWS_SECRET_ACCESS_KEY`, a profile or the machine's role, and needs to list, read, write and delete below the prefix.
What is kept is what the visitor saw, without secrets, and goes after 15 minutes; let a lifecycle rule of the bucket
remove what is left after a day, should the site be switched off.""",
            default="a folder below the system's one for temporary files",
        ),
        Variable(
            "PLAYGROUND_REDIS_URL",
            "redis://cache:6379/0",
            """\
Where limits are counted that several processes share, and where the sandbox keeps what visitors make, for several
replicas; needs `pip install 'tryit-playground[redis]'`. Without it each process counts for itself, and each machine has
a sandbox of its own. While Redis does not answer, a Send is refused with a sentence and nothing leaves;
pages go on as ever.""",
            default="none",
        ),
    ),
    "On the open internet": (
        Variable(
            "PLAYGROUND_SECRET_KEY",
            "only-an-example-write-a-random-one",
            """\
Signs the session of a client that posts without saying where it comes from, and so needs a token; browsers do
not. Set it when several processes serve one site, or a token from one is refused by the next.""",
            default="a random one at every start",
        ),
        Variable(
            "PLAYGROUND_TRUSTED_HOSTS",
            "playground.example.com",
            """\
The host names the site answers to; a request for another one is refused. `.example.com` is every name below it as
well.""",
            default="any",
        ),
        Variable(
            "PLAYGROUND_PROXY_HOPS",
            "1",
            """\
How many proxies of yours stand before the site. The visitor's address, the scheme and the host are taken from
what that many proxies wrote into `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host`. With `0` these
fields are not believed.""",
        ),
        Variable(
            "PLAYGROUND_FRAME_ANCESTORS",
            "'self' https://docs.example.com https://*.example.org",
            """\
The sites whose pages may show this one in a frame.""",
        ),
    ),
    "Running it": (
        Variable(
            "PLAYGROUND_LOG",
            "json",
            """\
The form of the log on standard error: a line a request with status, method, path and time, and a line for each
failure. It never holds a query, a header or a body. `json` writes one object a line, with the request's id, which
the answer carries as `X-Request-ID`.""",
        ),
        Variable(
            "PLAYGROUND_SHARED_CACHE",
            "60",
            """\
How many seconds a cache in front of the site, which many visitors share, may show a page without asking for it.
Set it where everybody may read the catalogue. Pages carry `Cache-Tag` with their provider and its state, by which a
cache purges them ([Deploy](deploy.md#a-cache-in-front)).""",
        ),
        Variable(
            "PLAYGROUND_SLOW_REQUEST",
            "0.5",
            """\
How many seconds of the site's own time make a request slow. Such a one has a second line in the log, with the time of
each step and the one that took longest; the wait for an API is left out.""",
        ),
        Variable(
            "PLAYGROUND_TRACES",
            "on",
            """\
Sends a trace of every request to an [OpenTelemetry collector](deploy.md#traces), which the variables of
OpenTelemetry name (`OTEL_EXPORTER_OTLP_ENDPOINT` and others). Needs `pip install "tryit-playground[traces]"`.""",
        ),
        Variable(
            "PLAYGROUND_DEBUG",
            "on",
            """\
Shows `/dev/patterns`, every component in every state, to whoever works on the looks. `playground serve --debug`
does the same.""",
        ),
    ),
    "Its languages": (
        Variable(
            "PLAYGROUND_LANGUAGES",
            "de en",
            """\
The languages that pages speak, the first one the default for whoever asks for none of them. With one language the
choice in the header goes. More in [Languages](languages.md).""",
            default="English, and every language there is a catalogue of",
        ),
        Variable(
            "PLAYGROUND_LOCALES",
            "locale",
            """\
A folder with catalogues of your own, `<language>/LC_MESSAGES/playground.po`: they add languages, and change single
messages of ours.""",
            default="none",
        ),
    ),
    "Its looks": (
        Variable(
            "PLAYGROUND_TITLE",
            "Acme API Console",
            """\
The name of the site: in its header, in titles, in the footer and in breadcrumbs.""",
        ),
        Variable(
            "PLAYGROUND_LOGO",
            "logo.svg",
            """\
A picture beside the name, 24 pixels high. The file is read at start and served by the site itself.""",
            default="none",
        ),
        Variable(
            "PLAYGROUND_ACCENT",
            "#0b6e4f",
            """\
The one colour of actions, links and focus. It is darkened for the light theme and lightened for the dark one
until text in it has a contrast of 4.5 to 1, so any colour can be given.""",
            default="none",
        ),
        Variable(
            "PLAYGROUND_FOOTER_LINKS",
            "Docs=https://docs.example.com; Status=https://status.example.com",
            """\
Links at the end of every page, to a path on this site or to any other.""",
            default="none",
        ),
        Variable(
            "PLAYGROUND_STYLESHEET",
            "brand.css",
            """\
Rules that follow the site's own, in the same file, so they cost no request and win where they are as specific.
What they load must stand on this site: the policy allows no other origin. The names to set are in
`static/css/tokens.css`.""",
            default="none",
        ),
        Variable(
            "PLAYGROUND_ANALYTICS",
            "/stats/script.js",
            """\
A script that every page but the one for frames loads, off unless it is set. It stands on this very origin (your
proxy answers that path), because a script beside stored credentials must be yours; the policy is not widened for
it.""",
            default="none",
        ),
    ),
}


def make() -> str:
    """Return the page. Raises `ValueError` where a variable of the code is missing here, or the other way round."""
    variables = [one for group in GROUPS.values() for one in group]
    if sorted(one.name for one in variables) != sorted(VARIABLES):
        raise ValueError("docs/configuration.py and playground/config.py do not name the same variables")
    rows = [
        f"| {title} | {', '.join(f'[`{one.name}`](#{one.name.lower()})' for one in group)} |"
        for title, group in GROUPS.items()
    ]
    return "\n".join([HEAD, "| | |", "|---|---|", *rows, *(_section(one) for one in variables)]) + "\n"


def _section(one: Variable) -> str:
    default = one.default or f"`{_written(getattr(Settings(), VARIABLES[one.name][0]))}`"
    facts = [
        f"- Form: {VARIABLES[one.name][2]}",
        f"- Default: {default}",
        f"- Example: `{one.name}={one.example}`",
    ]
    return "\n".join(["", f"## {one.name}", "", one.about, "", *facts])


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return " ".join(map(_written, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    PAGE.write_text(make(), "utf-8")
