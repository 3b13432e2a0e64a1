"""Settings of a process, frozen, and whether they make it a local or a hosted site; `environment.py` reads them."""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from playground.branding import FooterLink

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
SandboxMode: TypeAlias = Literal["on", "off", "only"]
SharedScope: TypeAlias = Literal["host", "provider", "all"]
Scope: TypeAlias = Literal["visitor", "host", "provider", "all"]


class SettingsError(ValueError):
    """An environment variable has a value that cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedNetwork:
    """A private network and port the operator opened on purpose; `port` 0 means every port."""

    network: Network
    port: int

    def __str__(self) -> str:
        return f"{self.network}:{self.port or '*'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """At most `count` sends in `seconds` for one visitor."""

    count: int
    seconds: int


def default_catalog_file() -> Path:
    """Return where the catalogue is by default: the user's data folder."""
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "tryit-playground" / "catalog.sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Where a bucket is: its name, what its keys begin with, and the storage's own address where it is not Amazon's."""

    name: str
    prefix: str = ""
    endpoint: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of a process. `gateways` holds allowed gateway origins, `*` for any public address.

    `consoles` are origins whose pages may call the gateway from a browser; `rate_limits` and `concurrency` go by scope.
    """

    catalog: Path = field(default_factory=default_catalog_file)
    catalog_url: str | None = field(default=None, repr=False)
    """Where the catalogue is published; `catalog` is then its copy. The URL may be signed, so it is never shown."""
    catalog_token: str | None = field(default=None, repr=False)
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    gateway_url: str | None = None
    gateways: tuple[str, ...] = ()
    upstreams: tuple[str, ...] = ()
    private_networks: tuple[OpenedNetwork, ...] = ()
    credentials: Path | None = None
    rules: Path | None = None
    scenarios: Path | None = None
    """A folder of scenarios and Arazzo documents, which agents get as prompts."""
    reader_headers: tuple[str, ...] = ()
    """The fields in which a proxy names the reader and, if there is a second one, the groups."""
    reader_proxies: tuple[Network, ...] = ()
    oidc_issuer: str | None = None
    """The OpenID Connect provider at which readers sign in, as it names itself."""
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)
    oidc_scopes: tuple[str, ...] = ("openid", "email")
    oidc_name: str = "email"
    """The claim that names a reader; `oidc_groups` the one with the groups."""
    oidc_groups: str = "groups"
    oidc_hours: float = 8.0
    """How long a sign-in lasts."""
    owner_token: str | None = field(default=None, repr=False)
    versions: int = 10
    versions_bytes: int | None = None
    sandbox: SandboxMode = "on"
    add: bool | None = None
    """Whether visitors may add descriptions; unset, on a local site only, for as long as it runs."""
    frame_ancestors: tuple[str, ...] = ("'self'",)
    trusted_hosts: tuple[str, ...] = ()
    proxy_hops: int = 0
    redis_url: str | None = field(default=None, repr=False)
    rate_limit: RateLimit | None = None
    rate_limits: Mapping[SharedScope, RateLimit] = field(default_factory=dict)
    concurrency: Mapping[Scope, int] = field(default_factory=dict)
    send_timeout: float = 30.0
    answers: Path | str | Bucket | None = field(default=None, repr=False)
    """A folder, the URL of a Redis, or an S3-compatible bucket."""
    max_response_bytes: int = 10_000_000
    max_request_bytes: int = 32_000_000
    consoles: tuple[str, ...] = ()
    shared_cache: float = 0
    log: Literal["text", "json"] = "text"
    slow_request: float = 1.0
    traces: bool = False
    title: str = "Playground"
    logo: Path | None = None
    accent: str | None = None
    footer_links: tuple[FooterLink, ...] = ()
    stylesheet: Path | None = None
    analytics: str | None = None
    languages: tuple[str, ...] = ()
    locales: Path | None = None
    debug: bool = False
    local: bool = False
    """Whether visitor and operator are the same person (`mode_of`); anything else than `playground serve` is hosted."""


@dataclass(frozen=True, slots=True)
class Mode:
    """Whether a site is local, and the reason in words that continue "because"."""

    local: bool
    reason: str


def mode_of(settings: Settings, host: str | None) -> Mode:
    """Return whether a site is its user's own tool (local) or serves others as well (hosted); see docs/security.md.

    `host` is the address that `playground serve` listens on, `None` under any other server.
    """
    if host is None:
        return Mode(False, "another server than `playground serve` runs it")
    if settings.trusted_hosts:
        return Mode(False, "PLAYGROUND_TRUSTED_HOSTS is set")
    if settings.proxy_hops:
        return Mode(False, "PLAYGROUND_PROXY_HOPS is set")
    if not is_loopback(host):
        return Mode(False, f"other machines can reach {host or 'every address'}")
    return Mode(True, f"only this machine can reach {host}")


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach what listens on a host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
