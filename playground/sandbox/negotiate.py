"""Which described response answers a request (RFC 9110 section 12.5.1; the `Prefer` header of RFC 7240)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from playground.catalog.model import Entry, MediaType, Response
from playground.mediatypes import essence, in_range, is_json
from playground.messages import Headers, HTTPRequest

_CODE = re.compile(r"[2-5][0-9]{2}")
_PREFERENCE = re.compile(r'\s*([!#$%&\'*+\-.^_`|~\w]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^,;\s"]*)\s*', re.ASCII)
_LONGEST = 4000
"""Most characters read of an `Accept` or `Prefer` field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The answer to give: a status, the response that describes it, one of its media types, and an example's name.

    `response` is `None` when the description declares none of that status; `wanted` says that the request asked for it.
    """

    status: int
    response: Response | None = None
    media_type: MediaType | None = None
    example: str = ""
    wanted: bool = False


def choose(entry: Entry, request: HTTPRequest) -> Choice:
    """Choose what answers the request.

    `Prefer: code=404, example=name` asks for a status and an example; else the first success that is described, else
    the `default` response, else the first one of all. An operation without responses answers 204.
    """
    preferences = read_preferences(request.headers.get_all("Prefer"))
    example, code = preferences.get("example", ""), preferences.get("code", "")
    responses = _in_order(entry.operation.responses)
    if _CODE.fullmatch(code):
        status, response = int(code), _described(responses, code)
    else:
        named = (one for one in responses if example and _has_example(one, example))
        response = next(named, responses[0] if responses else None)
        status = 204 if response is None else status_of(response)
    offered = () if response is None else response.media_types
    with_example = tuple(one for one in offered if example and _holds(one, example))
    return Choice(
        status=status,
        response=response,
        media_type=_acceptable(with_example or offered, request.headers),
        example=example,
        wanted=bool(_CODE.fullmatch(code)),
    )


def status_of(response: Response) -> int:
    """Return a number for a response's status: `4XX` is 400, `default` is 200."""
    text = response.status.strip()
    if _CODE.match(text):
        return int(text[:3])
    return int(text[0]) * 100 if text[:1] in "2345" and text[1:].upper() == "XX" else 200


def reason_of(status: int) -> str:
    """Return the reason phrase of a status, empty for an unknown one."""
    return HTTPStatus(status).phrase if status in HTTPStatus.__members__.values() else ""


def read_preferences(fields: Iterable[str]) -> Mapping[str, str]:
    """Read `Prefer` fields: names in lower case, the first value of each counts, unreadable pieces are left out."""
    preferences: dict[str, str] = {}
    for found in _PREFERENCE.finditer(",".join(fields)[:_LONGEST]):
        name, value = found.groups()
        plain = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
        preferences.setdefault(name.lower(), plain)
    return preferences


def _in_order(responses: tuple[Response, ...]) -> tuple[Response, ...]:
    """Return successes first, then `default`, then the others; within each the document's order."""

    def rank(response: Response) -> int:
        status = response.status.strip()
        return 0 if status.startswith("2") else 1 if status.lower() == "default" else 2

    return tuple(sorted(responses, key=rank))


def _described(responses: tuple[Response, ...], code: str) -> Response | None:
    for status in (code, f"{code[0]}XX", "DEFAULT"):
        for response in responses:
            if response.status.strip().upper() == status:
                return response
    return None


def _has_example(response: Response, name: str) -> bool:
    return any(_holds(media_type, name) for media_type in response.media_types)


def _holds(media_type: MediaType, name: str) -> bool:
    return any(example.name == name for example in media_type.examples)


def _acceptable(offered: tuple[MediaType, ...], headers: Headers) -> MediaType | None:
    """Return the media type the request likes best, the earliest of equals; one it refuses rather than none."""
    if not offered:
        return None
    ranges = _read_accept(",".join(headers.get_all("Accept"))[:_LONGEST])
    return max(offered, key=lambda media_type: _quality(essence(media_type.name), ranges))


def _read_accept(text: str) -> list[tuple[str, float]]:
    ranges = []
    for piece in text.split(","):
        kind, *parameters = (part.strip().lower() for part in piece.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q" and re.fullmatch(r"[01](\.[0-9]{0,3})?", value.strip()):
                quality = float(value)
        if kind:
            ranges.append((kind, quality))
    return ranges


def _quality(kind: str, ranges: list[tuple[str, float]]) -> float:
    """Return how welcome a media type is: the most precise range that covers it decides."""
    best = (-1, 0.0)
    for pattern, quality in ranges:
        # A described range (`image/*`) is covered by a concrete wish (`image/png`) as well.
        if in_range(kind, pattern) or in_range(pattern, kind) or (is_json(kind) and pattern == "application/json"):
            best = max(best, (2 if pattern == kind else 0 if pattern.startswith("*") else 1, quality))
    return best[1]
