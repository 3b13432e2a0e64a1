"""Which described response answers a request, by `Accept` (RFC 9110 section 12.5.1) and `Prefer` (RFC 7240)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal, TypeAlias, get_args

from playground.catalog.model import Entry, MediaType, Response
from playground.mediatypes import essence, in_range, is_json
from playground.messages import Headers, HTTPRequest
from playground.schema.flatten import reference_key

Failure: TypeAlias = Literal["reset", "timeout", "truncate", "rate-limit"]
"""A failure on request: the connection is reset, no answer comes, the answer ends early, or too many were sent."""

LONGEST_DELAY = 10_000
"""Milliseconds that an answer may be asked to wait."""
_LONGEST_FIELD = 4000
"""Most characters read of a field."""
_LONGEST_SEED = 64
_STATUS_CODE = re.compile(r"[2-5][0-9]{2}")
_PREFERENCE = re.compile(r'\s*([!#$%&\'*+\-.^_`|~\w]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^,;\s"]*)\s*', re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The preferences of one request; what is not understood counts as not there.

    `code` is 0 without one; `delay` is in milliseconds, at most `LONGEST_DELAY`; `dynamic` leaves the description's
    examples aside; `validation` is false where the request is not to be judged; `handling=lenient` refuses nothing
    with a status that the operation does not describe.
    """

    code: int = 0
    example: str = ""
    dynamic: bool = False
    delay: int = 0
    failure: Failure | None = None
    seed: str = ""
    validation: bool = True
    lenient: bool = False

    @classmethod
    def of(cls, headers: Headers) -> Preferences:
        """Read the preferences of a request's header fields."""
        values = read_preferences(headers.get_all("Prefer"))
        if not values:
            return _NONE
        code, delay = values.get("code", ""), values.get("delay", "")
        failure = values.get("failure", "").lower()
        return cls(
            code=int(code) if _STATUS_CODE.fullmatch(code) else 0,
            example=values.get("example", ""),
            dynamic=values.get("dynamic", "").lower() == "true",
            delay=min(int(delay), LONGEST_DELAY) if re.fullmatch("[0-9]{1,6}", delay) else 0,
            failure=next((known for known in get_args(Failure) if known == failure), None),
            seed=values.get("seed", "")[:_LONGEST_SEED],
            validation=values.get("validation", "").lower() not in ("off", "false"),
            lenient=values.get("handling", "").lower() == "lenient",
        )


_NONE = Preferences()


def read_preferences(fields: Iterable[str]) -> Mapping[str, str]:
    """Read `Prefer` fields: names in lower case, the first value of each counts, unreadable pieces are left out."""
    preferences: dict[str, str] = {}
    for found in _PREFERENCE.finditer(",".join(fields)[:_LONGEST_FIELD]):
        name, value = found.groups()
        plain = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
        preferences.setdefault(name.lower(), plain)
    return preferences


_CODE = re.compile(r"[2-5][0-9]{2}")
_ERROR = re.compile(r"error|problem|(?<!de)fault|unexpected|fail", re.IGNORECASE)
_LONGEST = 4000
"""Most characters read of an `Accept` field."""


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


def choose(entry: Entry, request: HTTPRequest, preferences: Preferences | None = None, *, status: int = 0) -> Choice:
    """Choose what answers the request.

    `Prefer: code=404, example=name` asks for a status and an example; else the first success that is described, else
    the `default` response, else the first one of all. An operation without responses answers 204. `status` is the
    sandbox's own choice, which the request's preferences overrule.
    """
    preferences = preferences or Preferences.of(request.headers)
    example, code = preferences.example, preferences.code or status
    responses = _in_order(entry.operation.responses)
    if code:
        status, response = code, described(entry, code)
    else:
        named = (answer for answer in responses if example and _has_example(answer, example))
        response = next(named, responses[0] if responses else None)
        status = _status_of_first(response)
    offered = () if response is None else response.media_types
    with_example = tuple(media_type for media_type in offered if example and _holds(media_type, example))
    return Choice(
        status=status,
        response=response,
        media_type=acceptable(with_example or offered, request.headers),
        example=example,
        wanted=bool(preferences.code),
    )


def first_status(entry: Entry) -> int:
    """Return the status that a request has where nothing is wrong with it and nothing else is asked for."""
    responses = _in_order(entry.operation.responses)
    return _status_of_first(responses[0] if responses else None)


def lacks_success(entry: Entry) -> bool:
    """Say whether an operation describes nothing but errors, each by its status."""
    return first_status(entry) >= 400 and described(entry, 204) is None


def _status_of_first(response: Response | None) -> int:
    """Return the status of an operation's first response: never a success where none is described.

    What answers only with a change of protocol (101) wants that to be asked for: 426. Where `default` describes errors
    and nothing a success, 501 is one of them.
    """
    if response is None:
        return 204
    if response.status.strip().startswith("1"):
        return 426
    return 501 if _is_error(response) else status_of(response)


def _is_error(response: Response) -> bool:
    """Say whether a `default` response describes errors: its text says so, and its schema's name where it has one."""
    if response.status.strip().lower() != "default" or not _ERROR.search(response.description):
        return False
    names = [reference_key(media_type.schema) for media_type in response.media_types]
    return not any(names) or any(name and _ERROR.search(name) for name in names)


def status_of(response: Response) -> int:
    """Return a number for a response's status: `4XX` is 400, `default` is 200."""
    text = response.status.strip()
    if _CODE.match(text):
        return int(text[:3])
    return int(text[0]) * 100 if text[:1] in "2345" and text[1:].upper() == "XX" else 200


def reason_of(status: int) -> str:
    """Return the reason phrase of a status, empty for an unknown one."""
    return HTTPStatus(status).phrase if status in HTTPStatus.__members__.values() else ""


def _in_order(responses: tuple[Response, ...]) -> tuple[Response, ...]:
    """Return successes first, the lowest before the others, then a `default` that is one, then errors in order."""

    def rank(response: Response) -> tuple[int, int]:
        status = response.status.strip()
        if status.startswith("2"):
            return 0, int(status) if _CODE.fullmatch(status) else 299  # `2XX` is what no number is named for
        if status.lower() == "default":
            return (4 if _is_error(response) else 1), 0
        return (2 if status.startswith(("1", "3")) else 3), 0

    return tuple(sorted(responses, key=rank))


def described(entry: Entry, status: int) -> Response | None:
    """Return the response that describes a status: by its number, by its class (`4XX`), else the `default` one."""
    for name in (str(status), f"{str(status)[0]}XX", "DEFAULT"):
        for response in entry.operation.responses:
            if response.status.strip().upper() == name:
                return response
    return None


def _has_example(response: Response, name: str) -> bool:
    return any(_holds(media_type, name) for media_type in response.media_types)


def _holds(media_type: MediaType, name: str) -> bool:
    return any(example.name == name for example in media_type.examples)


def accepts(offered: tuple[MediaType, ...], headers: Headers) -> bool:
    """Say whether a request takes any of the media types; one that does not say takes all."""
    ranges = _read_accept(",".join(headers.get_all("Accept"))[:_LONGEST])
    return not offered or not ranges or any(_quality(essence(media_type.name), ranges) > 0 for media_type in offered)


def acceptable(offered: tuple[MediaType, ...], headers: Headers) -> MediaType | None:
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
