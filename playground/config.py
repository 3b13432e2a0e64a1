"""Settings: every environment variable that is read (docs/configuration.md), once, checked, frozen.

A wrong value raises `SettingsError`, whose text names the variable and the accepted form.
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypeVar
from urllib.parse import parse_qs, urlsplit

from playground.branding import FooterLink, read_color, read_image, read_links, read_path, read_stylesheet, read_title
from playground.origins import origin_of

T = TypeVar("T")
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


def copied_catalog_file(url: str) -> Path:
    """Return where the copy of a catalogue that is published at a URL is kept: in the user's cache folder."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "tryit-playground" / hashlib.sha256(url.encode()).hexdigest()[:16] / "copy" / "catalog.sqlite"


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


def from_environ(environ: Mapping[str, str] | None = None) -> Settings:
    """Read `PLAYGROUND_*` variables; an empty value counts as not set. Raises `SettingsError`."""
    values = {key: text for key, text in (environ if environ is not None else os.environ).items() if text.strip()}
    fields: dict[str, Any] = {}
    for variable, (name, read, form) in VARIABLES.items():
        if variable in values:
            try:
                fields[name] = read(values[variable].strip())
            except (ValueError, OverflowError):
                # The text itself is not repeated: it may be a secret or a URL with a password.
                raise SettingsError(f"{variable} has a value that cannot be used: write {form}.") from None
    if isinstance(url := fields.get("catalog"), str):
        fields |= {"catalog": copied_catalog_file(url), "catalog_url": url}
    return Settings(**fields)


def read_origin(text: str) -> str:
    """Return `scheme://host[:port]` in canonical form. Raises `ValueError` for anything else."""
    parts = urlsplit(text)
    origin = origin_of(text)
    if not origin or parts.username is not None:
        raise ValueError("not an origin")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("an origin has no path")
    return origin


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise ValueError("not a URL")
    return text.rstrip("/")


def _list(read: Callable[[str], T]) -> Callable[[str], tuple[T, ...]]:
    return lambda text: tuple(read(word) for word in text.replace(",", " ").split())


def _gateway(text: str) -> str:
    return text if text == "*" else read_origin(text)


def _opened(text: str) -> OpenedNetwork:
    address, colon, port = text.rpartition(":")
    if not colon or not address:
        raise ValueError("no port")
    number = 0 if port == "*" else int(port)
    if not 0 <= number <= 65535 or (number == 0 and port != "*"):
        raise ValueError("no such port")
    return OpenedNetwork(
        network=ipaddress.ip_network(address.replace("[", "").replace("]", ""), strict=False), port=number
    )


def _rate(text: str) -> RateLimit:
    count, _, unit = text.partition("/")
    seconds = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}[unit.strip().rstrip("s")] if unit else 60
    if int(count) < 1:
        raise ValueError("not positive")
    return RateLimit(count=int(count), seconds=seconds)


def _by_scope(text: str, scopes: tuple[str, ...], read: Callable[[str], T]) -> dict[Any, T]:
    values = {}
    for word in text.replace(",", " ").split():
        scope, colon, value = word.partition(":")
        if scope not in scopes or not colon:
            raise ValueError("no such scope")
        values[scope] = read(value)
    return values


def _rates(text: str) -> dict[SharedScope, RateLimit]:
    return _by_scope(text, ("host", "provider", "all"), _guarded_rate)


def _concurrency(text: str) -> dict[Scope, int]:
    counts = _by_scope(text, ("visitor", "host", "provider", "all"), int)
    if any(not 1 <= count <= 100_000 for count in counts.values()):
        raise ValueError("out of range")
    return counts


def _answers(text: str) -> Path | str | Bucket:
    if "://" not in text:
        return Path(text).expanduser()
    return _bucket(text) if text.startswith("s3:") else _redis(text)


def _bucket(text: str) -> Bucket:
    parts = urlsplit(text)
    # The key that opens it is no part of the address: the SDK finds it where it always does.
    asked = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    if parts.scheme != "s3" or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{1,62}", parts.netloc) or parts.fragment:
        raise ValueError("no bucket")
    if set(asked) - {"endpoint", "region"} or any(len(values) != 1 for values in asked.values()):
        raise ValueError("unknown parameter")
    endpoint, region = asked.get("endpoint", [None])[0], asked.get("region", [None])[0]
    if endpoint is not None:
        place = urlsplit(endpoint)
        if place.scheme not in ("http", "https") or not place.hostname or place.username is not None:
            raise ValueError("no address of a storage")
    prefix = parts.path.strip("/")
    return Bucket(name=parts.netloc, prefix=f"{prefix}/" if prefix else "", endpoint=endpoint, region=region)
