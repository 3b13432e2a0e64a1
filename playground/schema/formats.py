"""Does a text have the format its schema names (JSON Schema validation, section 7.3; OpenAPI's format registry)?

What is said is one sentence with an example, never a refusal: formats are often wished for and not checked.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from collections.abc import Callable
from datetime import date

from playground.text.wording import say

_MOST = 4000
_DATE = r"\d{4}-\d{2}-\d{2}"
_TIME = r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?"
_OFFSET = r"(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
_DATE_TIME = re.compile(rf"({_DATE})[Tt ]{_TIME}{_OFFSET}", re.IGNORECASE)
_FULL_TIME = re.compile(_TIME + _OFFSET, re.IGNORECASE)
_DURATION = re.compile(r"P(?=.)((\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?|\d+W)")
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)*")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
_REFERENCE = re.compile(r"[^\s<>\"{}|\\^`]*")
_UUID = re.compile(r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_POINTER = re.compile(r"(/([^~/]|~[01])*)*")
_RFC1123 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT")


def format_problem(name: str, text: str) -> str:
    """Return what is wrong with a text of a format, or an empty text; unknown formats and long texts always fit."""
    check, words = _FORMATS.get(name.lower(), (None, ""))
    if check is None or len(text) > _MOST or check(text):
        return ""
    return say("This is no %(words)s.", words=words)


def integer_problem(name: str, value: int | float) -> str:
    """Return what is wrong with a number of an integer format, or an empty text."""
    least, most = _RANGES.get(name.lower(), (None, None))
    if least is None or most is None or least <= value <= most:
        return ""
    return say(
        "This does not fit into %(name)s, which goes from %(least)s to %(most)s.",
        name=name,
        least=str(least),
        most=str(most),
    )


def _is_date(text: str) -> bool:
    if re.fullmatch(_DATE, text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_date_time(text: str) -> bool:
    found = _DATE_TIME.fullmatch(text)
    return found is not None and _is_date(found[1])


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


def _fits(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text) is not None


_Check = tuple[Callable[[str], bool], str]
_DATE_TIME_WORDS = say("date and time with its offset, such as 2024-05-17T09:30:00Z")
_URI_WORDS = say("URI, such as https://example.com/path")
_UUID_WORDS = say("UUID, such as 3fa85f64-5717-4562-b3fc-2c963f66afa6")
_EMAIL_WORDS = say("email address, such as jane.doe@example.com")
_FORMATS: dict[str, _Check] = {
    "date": (_is_date, say("date, such as 2024-05-17")),
    "date-time": (_is_date_time, _DATE_TIME_WORDS),
    "time": (_fits(_FULL_TIME), say("time with its offset, such as 09:30:00Z")),
    "duration": (_fits(_DURATION), say("duration, such as P3DT12H")),
    "date-time-rfc1123": (_fits(_RFC1123), say("date of HTTP, such as Fri, 17 May 2024 09:30:00 GMT")),
    "email": (_fits(_EMAIL), _EMAIL_WORDS),
    "idn-email": (_fits(_EMAIL), _EMAIL_WORDS),
    "hostname": (_is_hostname, say("host name, such as api.example.com")),
    "ipv4": (_is_address(ipaddress.IPv4Address), say("IPv4 address, such as 192.0.2.1")),
    "ipv6": (_is_address(ipaddress.IPv6Address), say("IPv6 address, such as 2001:db8::1")),
    "uri": (_fits(_URI), _URI_WORDS),
    "iri": (_fits(_URI), _URI_WORDS),
    "url": (_fits(_URI), _URI_WORDS),
    "uri-reference": (_fits(_REFERENCE), say("URI or path, such as /path")),
    "iri-reference": (_fits(_REFERENCE), say("URI or path, such as /path")),
    "uuid": (_fits(_UUID), _UUID_WORDS),
    "guid": (_fits(_UUID), _UUID_WORDS),
    "json-pointer": (_fits(_POINTER), say("JSON Pointer, such as /items/0")),
    "byte": (_is_base64, say("base64 text, such as c2FtcGxl")),
}
_RANGES: dict[str, tuple[int, int]] = {
    "int8": (-(2**7), 2**7 - 1),
    "uint8": (0, 2**8 - 1),
    "int16": (-(2**15), 2**15 - 1),
    "uint16": (0, 2**16 - 1),
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (0, 2**32 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}
