"""Formats of texts and numbers: checks, sentences, samples (JSON Schema validation, 7.3; OpenAPI's format registry).

A wrong text gets one sentence with an example, never a refusal: formats are often wished for and not checked.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from playground.text.wording import say

_MOST = 4000
_DATE = r"\d{4}-\d{2}-\d{2}"
_TIME = r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?"
_OFFSET = r"(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
_DATE_TIME_PATTERN = re.compile(rf"({_DATE})[Tt ]({_TIME}{_OFFSET})", re.IGNORECASE | re.ASCII)
_FULL_TIME = re.compile(_TIME + _OFFSET, re.IGNORECASE | re.ASCII)
_DURATION = re.compile(r"P(?=.)((\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?|\d+W)", re.ASCII)
_EMAIL_PATTERN = re.compile(r'([^ \t\r\n@"]{1,64}|"([^"\\\r\n]|\\.){0,62}")@[^ \t\r\n@.]+(\.[^ \t\r\n@.]+)*')
_URI_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
_REFERENCE_PATTERN = re.compile(r"[^\s<>\"{}|\\^`]*")
_UUID_PATTERN = re.compile(r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_POINTER = re.compile(r"(/([^~/]|~[01])*)*")
_RFC1123 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: its type, a check of texts with `words` for what it asks for, a sample, the range of its numbers."""

    type: str = "string"
    check: Callable[[str], bool] | None = None
    words: str = ""
    sample: str = ""
    range: tuple[int, int] | None = None


def format_problem(name: str, text: str) -> str:
    """Return what is wrong with a text of a format, or an empty text; unknown formats and long texts always fit."""
    known = FORMATS.get(name.lower())
    if known is None or known.check is None or len(text) > _MOST or known.check(text):
        return ""
    return say("This is no %(words)s.", words=known.words)


def integer_problem(name: str, value: int | float) -> str:
    """Return what is wrong with a number of an integer format, or an empty text."""
    known = FORMATS.get(name.lower())
    if known is None or known.range is None or known.range[0] <= value <= known.range[1]:
        return ""
    return say(
        "This does not fit into %(name)s, which goes from %(least)s to %(most)s.",
        name=name,
        least=str(known.range[0]),
        most=str(known.range[1]),
    )


def type_of_format(name: str) -> str:
    """Return the type of the values that a format is about: a schema that names no type describes that one."""
    known = FORMATS.get(name.lower())
    return known.type if known is not None else "string"


def _is_date(text: str) -> bool:
    if re.fullmatch(_DATE, text, re.ASCII) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_date_time(text: str) -> bool:
    match = _DATE_TIME_PATTERN.fullmatch(text)
    return match is not None and _is_date(match[1]) and _is_time(match[2])


def _is_time(text: str) -> bool:
    if _FULL_TIME.fullmatch(text) is None:
        return False
    if text[6:8] != "60":
        return True
    # A leap second ends a day of UTC (RFC 3339 section 5.7).
    offset = text[-6:] if text[-1] not in "Zz" else "+00:00"
    minutes = int(offset[1:3]) * 60 + int(offset[4:])
    return (int(text[:2]) * 60 + int(text[3:5]) - (minutes if offset[0] == "+" else -minutes)) % 1440 == 1439


def _is_address(read: Callable[[str], object]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            read(text)
        except ValueError:
            return False
        return True

    return check


def _is_hostname(text: str) -> bool:
    return len(text) <= 253 and all(_LABEL.fullmatch(label) for label in text.removesuffix(".").split("."))


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text) is not None


_DATE_TIME = Format(
    check=_is_date_time,
    words=say("date and time with its offset, such as 2024-05-17T09:30:00Z"),
    sample="2024-05-17T09:30:00Z",
)
_EMAIL = Format(
    check=_matches(_EMAIL_PATTERN),
    words=say("email address, such as jane.doe@example.com"),
    sample="jane.doe@example.com",
)
_URI = Format(
    check=_matches(_URI_PATTERN),
    words=say("URI, such as https://example.com/path"),
    sample="https://example.com/",
)
_REFERENCE = Format(check=_matches(_REFERENCE_PATTERN), words=say("URI or path, such as /path"), sample="/path")
_UUID = Format(
    check=_matches(_UUID_PATTERN),
    words=say("UUID, such as 3fa85f64-5717-4562-b3fc-2c963f66afa6"),
    sample="3fa85f64-5717-4562-b3fc-2c963f66afa6",
)


def _integer(bits: int, *, signed: bool = True) -> Format:
    least, most = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    return Format(type="integer", range=(least, most), sample="1")


FORMATS: dict[str, Format] = {
    "date": Format(check=_is_date, words=say("date, such as 2024-05-17"), sample="2024-05-17"),
    "date-time": _DATE_TIME,
    "datetime": Format(sample="2024-05-17T09:30:00Z"),
    "time": Format(check=_is_time, words=say("time with its offset, such as 09:30:00Z"), sample="09:30:00Z"),
    "duration": Format(check=_matches(_DURATION), words=say("duration, such as P3DT12H"), sample="P1D"),
    "date-time-rfc1123": Format(
        check=_matches(_RFC1123),
        words=say("date of HTTP, such as Fri, 17 May 2024 09:30:00 GMT"),
        sample="Fri, 17 May 2024 09:30:00 GMT",
    ),
    "email": _EMAIL,
    "idn-email": _EMAIL,
    "hostname": Format(check=_is_hostname, words=say("host name, such as api.example.com"), sample="api.example.com"),
    "ipv4": Format(
        check=_is_address(ipaddress.IPv4Address), words=say("IPv4 address, such as 192.0.2.1"), sample="192.0.2.1"
    ),
    "ipv6": Format(
        check=_is_address(ipaddress.IPv6Address), words=say("IPv6 address, such as 2001:db8::1"), sample="2001:db8::1"
    ),
    "uri": _URI,
    "iri": _URI,
    "url": _URI,
    "uri-reference": _REFERENCE,
    "iri-reference": _REFERENCE,
    "uuid": _UUID,
    "guid": _UUID,
    "json-pointer": Format(check=_matches(_POINTER), words=say("JSON Pointer, such as /items/0"), sample="/items/0"),
    "byte": Format(check=_is_base64, words=say("base64 text, such as c2FtcGxl"), sample="c2FtcGxl"),
    "decimal": Format(sample="12.50"),
    "password": Format(sample="a-long-password"),
    "float": Format(type="number"),
    "double": Format(type="number"),
    **{f"int{bits}": _integer(bits) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": _integer(bits, signed=False) for bits in (8, 16, 32, 64)},
}
