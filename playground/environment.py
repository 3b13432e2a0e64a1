"""Every environment variable that is read (docs/configuration.md): its form, checked once, as `Settings`.

A wrong value raises `SettingsError`, whose text names the variable and the accepted form.
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from playground.branding import read_color, read_image, read_links, read_path, read_stylesheet, read_title
from playground.config import (
    Bucket,
    Network,
    OpenedNetwork,
    RateLimit,
    SandboxMode,
    Scope,
    Settings,
    SettingsError,
    SharedScope,
)
from playground.origins import origin_of

T = TypeVar("T")


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
    if "oidc_issuer" in fields and "secret_key" not in fields:
        raise SettingsError(
            "PLAYGROUND_OIDC_ISSUER needs PLAYGROUND_SECRET_KEY, which signs the cookie of who is signed in: write at "
            "least 16 characters, for example those of: openssl rand -hex 32."
        )
    return Settings(**fields)


def copied_catalog_file(url: str) -> Path:
    """Return where the copy of a catalogue that is published at a URL is kept: in the user's cache folder."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "tryit-playground" / hashlib.sha256(url.encode()).hexdigest()[:16] / "copy" / "catalog.sqlite"


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


def _catalog(text: str) -> Path | str:
    if "://" not in text:
        return Path(text).expanduser()
    if urlsplit(text).fragment or not urlsplit(text).path.strip("/"):
        raise ValueError("no file's URL")
    return _url(text)


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


def _redis(text: str) -> str:
    if urlsplit(text).scheme not in ("redis", "rediss", "unix"):
        raise ValueError("not a Redis URL")
    return text


def _fields(text: str) -> tuple[str, ...]:
    names = _list(str)(text)
    if len(names) > 2 or not all(re.fullmatch(r"[A-Za-z0-9-]{1,64}", name) for name in names):
        raise ValueError("no names of fields")
    return names


def _network(text: str) -> Network:
    return ipaddress.ip_network(text.strip("[]"), strict=False)


def _versions(text: str) -> int:
    if not 1 <= int(text) <= 1000:
        raise ValueError("out of range")
    return int(text)


def _versions_bytes(text: str) -> int:
    if not 0 <= int(text) <= 10_000_000_000:
        raise ValueError("out of range")
    return int(text)


def _upload(text: str) -> int:
    if not 1_000_000 <= int(text) <= 10_000_000_000:
        raise ValueError("out of range")
    return int(text)


def _guarded_rate(text: str) -> RateLimit:
    try:
        return _rate(text)
    except KeyError:
        raise ValueError("no such unit") from None


def _sandbox(text: str) -> SandboxMode:
    modes: tuple[SandboxMode, ...] = ("on", "off", "only")
    return modes[modes.index(text.lower())]


def _log(text: str) -> str:
    return ("text", "json")[("text", "json").index(text.lower())]


def _switch(text: str) -> bool:
    return ("off", "on").index(text.lower()) == 1


def _file(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_file():
        raise ValueError("no such file")
    return path


def _folder(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_dir():
        raise ValueError("no such folder")
    return path


def _language(text: str) -> str:
    tag = text.replace("_", "-")
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag):
        raise ValueError("not a language")
    return tag


def _hops(text: str) -> int:
    if not 0 <= int(text) <= 10:
        raise ValueError("out of range")
    return int(text)


def _kept(text: str) -> float:
    seconds = int(text)
    if not 0 <= seconds <= 86_400:
        raise ValueError(text)
    return seconds


def _seconds(text: str) -> float:
    if not 0 < float(text) <= 600:
        raise ValueError("out of range")
    return float(text)


def _bytes(text: str) -> int:
    if not 1024 <= int(text) <= 1_000_000_000:
        raise ValueError("out of range")
    return int(text)


def _ancestor(text: str) -> str:
    if text in ("'self'", "'none'", "*"):
        return text
    return text if text.startswith("https://*.") and urlsplit(text).path in ("", "/") else read_origin(text)


def _token(text: str) -> str:
    if not re.fullmatch(r"[!-~]{1,4096}", text):
        raise ValueError("not a token")
    return text


def _issuer(text: str) -> str:
    parts = urlsplit(text)
    _url(text)
    if parts.query or parts.fragment:
        raise ValueError("an issuer has neither")
    return text  # a slash at its end is a part of its name


def _scopes(text: str) -> tuple[str, ...]:
    scopes = _list(_token)(text)
    if "openid" not in scopes:
        raise ValueError("no sign-in")
    return scopes


def _claim(text: str) -> str:
    if not re.fullmatch(r"[!-~]{1,200}", text):
        raise ValueError("no claim")
    return text


def _hours(text: str) -> float:
    if not 0 < float(text) <= 720:
        raise ValueError("out of range")
    return float(text)


def _key(text: str) -> str:
    if len(text) < 16:
        raise ValueError("too short")
    return text


VARIABLES: dict[str, tuple[str, Callable[[str], object], str]] = {
    "PLAYGROUND_CATALOG": (
        "catalog",
        _catalog,
        "the path of an SQLite file, or a URL like https://files.example.com/catalog.sqlite",
    ),
    "PLAYGROUND_CATALOG_TOKEN": ("catalog_token", _token, "a token without blanks, of at most 4096 characters"),
    "PLAYGROUND_VERSIONS": ("versions", _versions, "a number from 1 to 1000"),
    "PLAYGROUND_VERSIONS_BYTES": ("versions_bytes", _versions_bytes, "bytes from 0 to 10000000000"),
    "PLAYGROUND_OWNER_TOKEN": ("owner_token", _key, "at least 16 characters"),
    "PLAYGROUND_SECRET_KEY": ("secret_key", _key, "at least 16 characters"),
    "PLAYGROUND_GATEWAY_URL": ("gateway_url", _url, "a URL like https://gateway.example.com"),
    "PLAYGROUND_GATEWAYS": ("gateways", _list(_gateway), "origins like https://gateway.example.com, or *"),
    "PLAYGROUND_UPSTREAMS": ("upstreams", _list(read_origin), "origins like https://api.example.com"),
    "PLAYGROUND_PRIVATE_NETWORKS": ("private_networks", _list(_opened), "CIDR:port, like 10.1.0.0/16:8080"),
    "PLAYGROUND_CREDENTIALS": ("credentials", _file, "the path of a JSON file that exists"),
    "PLAYGROUND_RULES": ("rules", _file, "the path of a JSON file that exists"),
    "PLAYGROUND_SCENARIOS": ("scenarios", _folder, "the path of a folder that exists"),
    "PLAYGROUND_READER_HEADERS": ("reader_headers", _fields, "one or two names like X-Forwarded-User"),
    "PLAYGROUND_READER_PROXIES": ("reader_proxies", _list(_network), "addresses or networks like 10.1.0.0/16"),
    "PLAYGROUND_OIDC_ISSUER": ("oidc_issuer", _issuer, "a URL like https://id.example.com/realms/staff"),
    "PLAYGROUND_OIDC_CLIENT_ID": ("oidc_client_id", _token, "a name without blanks, of at most 4096 characters"),
    "PLAYGROUND_OIDC_CLIENT_SECRET": (
        "oidc_client_secret",
        _token,
        "a text without blanks, of at most 4096 characters",
    ),
    "PLAYGROUND_OIDC_SCOPES": ("oidc_scopes", _scopes, "scopes like openid email groups, openid among them"),
    "PLAYGROUND_OIDC_NAME": ("oidc_name", _claim, "the name of a claim, like email or preferred_username"),
    "PLAYGROUND_OIDC_GROUPS": ("oidc_groups", _claim, "the name of a claim, like groups or realm_access.roles"),
    "PLAYGROUND_OIDC_HOURS": ("oidc_hours", _hours, "hours from 0 to 720"),
    "PLAYGROUND_SANDBOX": ("sandbox", _sandbox, "on, off or only"),
    "PLAYGROUND_ADD": ("add", _switch, "on or off"),
    "PLAYGROUND_FRAME_ANCESTORS": (
        "frame_ancestors",
        _list(_ancestor),
        "origins like https://docs.example.com, 'self', 'none' or *",
    ),
    "PLAYGROUND_TRUSTED_HOSTS": ("trusted_hosts", _list(str), "host names like playground.example.com"),
    "PLAYGROUND_PROXY_HOPS": ("proxy_hops", _hops, "a number from 0 to 10"),
    "PLAYGROUND_REDIS_URL": ("redis_url", _redis, "a URL like redis://cache:6379/0"),
    "PLAYGROUND_RATE_LIMIT": ("rate_limit", _guarded_rate, "a count and a unit, like 60/minute"),
    "PLAYGROUND_RATE_LIMITS": (
        "rate_limits",
        _rates,
        "host, provider or all, each with a count and a unit, like host:300/minute",
    ),
    "PLAYGROUND_CONCURRENCY": (
        "concurrency",
        _concurrency,
        "visitor, host, provider or all, each with a number, like visitor:8 all:200",
    ),
    "PLAYGROUND_CONSOLES": ("consoles", _list(_gateway), "origins like https://console.example.com, or *"),
    "PLAYGROUND_SEND_TIMEOUT": ("send_timeout", _seconds, "seconds from 0 to 600"),
    "PLAYGROUND_MAX_RESPONSE_BYTES": ("max_response_bytes", _bytes, "bytes from 1024 to 1000000000"),
    "PLAYGROUND_MAX_REQUEST_BYTES": ("max_request_bytes", _upload, "bytes from 1000000 to 10000000000"),
    "PLAYGROUND_ANSWERS": (
        "answers",
        _answers,
        "the path of a folder, or a URL like redis://cache:6379/1 or s3://bucket/prefix",
    ),
    "PLAYGROUND_SHARED_CACHE": ("shared_cache", _kept, "seconds from 0 to 86400, a whole number"),
    "PLAYGROUND_LOG": ("log", _log, "text or json"),
    "PLAYGROUND_SLOW_REQUEST": ("slow_request", _seconds, "seconds from 0 to 600"),
    "PLAYGROUND_TRACES": ("traces", _switch, "on or off"),
    "PLAYGROUND_TITLE": ("title", read_title, "a name of at most 60 characters"),
    "PLAYGROUND_LOGO": ("logo", read_image, "the path of an SVG, PNG, WebP, JPEG or GIF file of at most 500 kB"),
    "PLAYGROUND_ACCENT": ("accent", read_color, "a colour like #0b6e4f"),
    "PLAYGROUND_FOOTER_LINKS": (
        "footer_links",
        read_links,
        "links like Docs=https://docs.example.com; Imprint=/imprint",
    ),
    "PLAYGROUND_STYLESHEET": ("stylesheet", read_stylesheet, "the path of a CSS file of at most 500 kB"),
    "PLAYGROUND_ANALYTICS": ("analytics", read_path, "a path on this site, like /stats/script.js"),
    "PLAYGROUND_LANGUAGES": ("languages", _list(_language), "languages like en de pt-BR, the first one the default"),
    "PLAYGROUND_LOCALES": ("locales", _folder, "the path of a folder that exists"),
    "PLAYGROUND_DEBUG": ("debug", _switch, "on or off"),
}
"""By variable: the field of `Settings` that it fills, what reads its text, and the form it accepts, for errors."""
