"""Texts of the formats that JSON Schema and OpenAPI name (JSON Schema validation, 7.3; OpenAPI's format registry)."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache

from playground.values.draw import DIGITS, HEX, Draw
from playground.values.pools import WORDS
from playground.values.scene import Scene, word_set, words_of

PAST_LATER = word_set(
    "updated update modified modification changed change last pushed edited synced sync seen accessed access "
    "login completed completion closed ended finished merged paid canceled cancelled deleted expired archived "
    "resolved latest touched refreshed processed delivered sent released current now activity end"
)
FUTURE = word_set(
    "expires expiry expiration expire due deadline scheduled schedule next renews renewal until eta delivery "
    "arrival upcoming planned reset valid_until"
)
_BEGINNING = word_set("start started starts begin begins began since opened")
_SPANS = word_set("period trial current subscription contract term membership validity billing")
_ULID = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def moment(name: str, scene: Scene) -> datetime:
    """Return the time that a name speaks of: made, changed afterwards, or still to come."""
    words = words_of(name)
    if any(word in _BEGINNING for word in words):
        return scene.created
    if any(word in FUTURE for word in words) or (words[-1:] == ("end",) and not _SPANS.isdisjoint(words)):
        return scene.due
    if any(word in PAST_LATER for word in words):
        return scene.updated
    return scene.created


def date_time(moment_: datetime) -> str:
    """Write a time by RFC 3339, in UTC."""
    return moment_.strftime("%Y-%m-%dT%H:%M:%SZ")


def like_time(example: str, moment_: datetime) -> str | None:
    """Write a time as the example is written; `None` if that is no date or time that is known here."""
    form = _form_of(example)
    if form is None:
        return None
    written = moment_.strftime(form)
    if "%f" in form:
        places = len(example.rpartition(".")[2].rstrip("Z").partition("+")[0])
        head, _, tail = written.partition(".")
        written = f"{head}.{tail[:places]}{tail[6:]}"
    if form.endswith("%z") and example[-3:-2] == ":":
        written = f"{written[:-2]}:{written[-2:]}"
    return written.replace("+0000", "Z") if form.endswith("%z") and example.endswith("Z") else written


@lru_cache(maxsize=4096)
def _form_of(example: str) -> str | None:
    """Return how a time is written, as `strftime` has it."""
    if len(example) > 40 or not any(character.isdigit() for character in example):
        return None
    for form in _FORMS:
        try:
            datetime.strptime(example, form)  # noqa: DTZ007 - only whether it has this form is asked
        except ValueError:
            continue
        return form
    return None


_FORMS = (
    "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%M:%S.%f%z",
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%d %H:%M",
    "%a, %d %b %Y %H:%M:%S GMT", "%a, %d %b %Y %H:%M:%S %z", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S UTC",
    "%Y-%m-%dT%H:%MZ", "%Y-%m-%dT%H:%M",
)  # fmt: skip


def format_text(format_: str, name: str, scene: Scene) -> str | None:
    """Return a text of a format for a property, or `None` for a format that is not known."""
    make = _MAKERS.get(format_.lower())
    return None if make is None else make(name, scene)


def web_address(name: str, scene: Scene) -> str:
    """Return an absolute URL that suits a property's name; nobody is there (RFC 2606)."""
    words = words_of(name)
    if {"avatar", "image", "picture", "photo", "icon", "logo", "thumbnail", "thumb", "cover"} & set(words):
        return f"https://example.com/images/{scene.slug}.png"
    if {"video", "movie", "clip"} & set(words):
        return f"https://example.com/videos/{scene.slug}.mp4"
    if {"webhook", "callback", "notify", "notification", "hook"} & set(words):
        return "https://example.com/hooks"
    if {"homepage", "website", "blog", "site"} & set(words):
        return f"https://{scene.domain}"
    if {"success", "return", "cancel", "redirect"} & set(words):
        return f"https://shop.example.com/{'cancelled' if 'cancel' in words else 'thanks'}"
    if {"data", "has_more"} <= set(scene.beside) and scene.outer is not None and scene.outer.identity is not None:
        return f"/{scene.outer.noun}s/{scene.outer.identity}/{scene.noun}s"  # where a list inside of a thing is read
    noun = next((word for word in words if word not in _LINKING), scene.noun)
    return f"https://example.com/{noun or 'pages'}/{scene.slug}"


_LINKING = frozenset("url uri href link html api self web git clone the to of path location address".split())  # noqa: SIM905


def duration(name: str, scene: Scene) -> str:
    """Return a duration (ISO 8601)."""
    return scene.draw.pick(("P1D", "P7D", "PT30M", "PT1H30M", "P1M", "PT45S"))


def _base64(name: str, scene: Scene) -> str:
    return base64.b64encode(f"{scene.draw.pick(WORDS)} {scene.draw.pick(WORDS)}".encode()).decode("ascii")


def _base64_url(name: str, scene: Scene) -> str:
    return base64.urlsafe_b64encode(scene.draw.pick(WORDS).encode()).decode("ascii").rstrip("=")


def ipv4(scene: Scene) -> str:
    """Return an address that is for documentation only (RFC 5737)."""
    return f"{scene.draw.pick(('192.0.2', '198.51.100', '203.0.113'))}.{scene.draw.between(1, 254)}"


def ipv6(scene: Scene) -> str:
    """Return an address that is for documentation only (RFC 3849)."""
    return f"2001:db8::{scene.draw.between(1, 0xFFFF):x}"


def mac(draw: Draw) -> str:
    """Return a hardware address that is nobody's: it says that it was set by hand."""
    return ":".join(["02", *(draw.text(2, HEX) for _ in range(5))])


_Maker = Callable[[str, Scene], str]
_MAKERS: dict[str, _Maker] = {
    "date-time": lambda name, scene: date_time(moment(name, scene)),
    "date": lambda name, scene: moment(name, scene).strftime("%Y-%m-%d"),
    "full-date": lambda name, scene: moment(name, scene).strftime("%Y-%m-%d"),
    "time": lambda name, scene: moment(name, scene).strftime("%H:%M:%SZ"),
    "date-time-rfc1123": lambda name, scene: format_datetime(moment(name, scene), usegmt=True),
    "date-time-rfc-2822": lambda name, scene: format_datetime(moment(name, scene)),
    "duration": duration,
    "email": lambda name, scene: scene.email,
    "idn-email": lambda name, scene: scene.email,
    "hostname": lambda name, scene: scene.domain,
    "idn-hostname": lambda name, scene: scene.domain,
    "ipv4": lambda name, scene: ipv4(scene),
    "ip": lambda name, scene: ipv4(scene),
    "ip-address": lambda name, scene: ipv4(scene),
    "ipv6": lambda name, scene: ipv6(scene),
    "cidr": lambda name, scene: "192.0.2.0/24",
    "uri": web_address,
    "url": web_address,
    "iri": web_address,
    "endpoint": web_address,
    "uri-reference": lambda name, scene: f"/{scene.noun or 'pages'}/{scene.slug}",
    "iri-reference": lambda name, scene: f"/{scene.noun or 'pages'}/{scene.slug}",
    "uri-template": lambda name, scene: f"https://example.com/{scene.noun or 'pages'}/{{id}}",
    "uuid": lambda name, scene: scene.draw.uuid(),
    "guid": lambda name, scene: scene.draw.uuid(),
    "ulid": lambda name, scene: "01" + scene.draw.text(24, _ULID),
    "json-pointer": lambda name, scene: "/items/0",
    "relative-json-pointer": lambda name, scene: "1/name",
    "regex": lambda name, scene: "^[a-z]+$",
    "byte": _base64,
    "base64": _base64,
    "base64url": _base64_url,
    "binary": _base64,
    "password": lambda name, scene: f"{scene.slug}-{scene.draw.between(10, 99)}",
    "decimal": lambda name, scene: f"{scene.draw.between(5, 240)}.{scene.draw.pick(('00', '50', '90', '99'))}",
    "double": lambda name, scene: f"{scene.draw.between(5, 240)}.5",
    "float": lambda name, scene: f"{scene.draw.between(5, 240)}.5",
    "int32": lambda name, scene: str(scene.draw.between(1, 900)),
    "int64": lambda name, scene: str(scene.draw.between(1, 90_000)),
    "uint64": lambda name, scene: str(scene.draw.between(1, 90_000)),
    "integer": lambda name, scene: str(scene.draw.between(1, 900)),
    "phone": lambda name, scene: scene.phone,
    "phone-number": lambda name, scene: scene.phone,
    "color": lambda name, scene: scene.color[1],
    "colour": lambda name, scene: scene.color[1],
    "currency": lambda name, scene: "USD",
    "country-code": lambda name, scene: scene.place.country_code,
    "iso-country-code": lambda name, scene: scene.place.country_code,
    "timezone": lambda name, scene: scene.place.timezone,
    "language": lambda name, scene: scene.place.language,
    "semver": lambda name, scene: f"{scene.draw.between(1, 4)}.{scene.draw.between(0, 9)}.{scene.draw.between(0, 9)}",
    "mac": lambda name, scene: mac(scene.draw),
    "html": lambda name, scene: f"<p>{scene.title}</p>",
    "markdown": lambda name, scene: f"**{scene.title}**",
    "json": lambda name, scene: '{"enabled":true}',
    "jwt": lambda name, scene: f"eyJhbGciOiJIUzI1NiJ9.{_base64_url(name, scene)}.{scene.draw.text(22)}",
    "hex": lambda name, scene: scene.draw.text(32, HEX),
    "digest": lambda name, scene: "sha256:" + scene.draw.text(64, HEX),
    "urn": lambda name, scene: f"urn:example:{scene.noun or 'thing'}:{scene.draw.text(8, DIGITS)}",
    "unix-time": lambda name, scene: str(int(moment(name, scene).timestamp())),
    "http-method": lambda name, scene: "GET",
    "period": duration,
}
_MAKERS |= {"datetime": _MAKERS["date-time"], "timestamp": _MAKERS["date-time"], "date_time": _MAKERS["date-time"]}
_LONGEST_SPAN = timedelta(days=730)


def is_recent(moment_: datetime, now: datetime) -> bool:
    """Say whether a time lies within two years of now."""
    return abs(moment_ - now) <= _LONGEST_SPAN
