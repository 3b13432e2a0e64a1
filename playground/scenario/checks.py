"""Expectations of a step without code: a line each, such as `/id exists` or `header content-type contains json`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from playground import jsontext
from playground.text.wording import say

Subject: TypeAlias = Literal["status", "time", "contract", "header", "pointer", "path"]

MOST_CHECKS = 20
LONGEST_CHECK = 500
_ALONE = ("exists", "missing")
_NUMERIC = ("==", "!=", "<=", ">=", "<", ">")
_SIGNED = re.compile(r"\s*(==|!=|<=|>=|<|>)\s*|\s+(contains|matches|exists|missing)(?:\s+|$)")
_FIELD = re.compile(r"header\s+([!#$%&'*+.^_`|~A-Za-z0-9-]+)", re.IGNORECASE)


class CheckError(ValueError):
    """A line that is no check; `str()` is one sentence with an example."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One expectation; `name` is a header field's name, a JSON Pointer or a JSONPath."""

    text: str
    subject: Subject
    operator: str = ""
    name: str = ""
    value: Any = None


def read_check(line: str) -> Check:
    """Return the check that a line is. Raises `CheckError`."""
    text = " ".join(line.split()) if not line.lstrip().startswith("$") else line.strip()
    if len(text) > LONGEST_CHECK:
        raise CheckError(say("A check may have at most %(most)s characters.", most=LONGEST_CHECK))
    if text.lower() == "contract":
        return Check(text="contract", subject="contract")
    left, operator, right = _parted(text)
    if not operator:
        raise CheckError(_unreadable(text))
    if (operator in _ALONE) == bool(right):
        raise CheckError(_unreadable(text))
    value = None if operator in _ALONE else _value(right)
    if left.lower() in ("status", "time"):
        number = re.sub(r"\s*ms$", "", right) if left.lower() == "time" else right
        if operator not in _NUMERIC or not re.fullmatch(r"\d{1,9}", number):
            raise CheckError(
                say("“%(text)s” compares with no number: write status == 200 or time < 500.", text=text[:80])
            )
        subject: Subject = "status" if left.lower() == "status" else "time"
        return Check(text=text, subject=subject, operator=operator, value=int(number))
    if (field := _FIELD.fullmatch(left)) is not None:
        return Check(text=text, subject="header", operator=operator, name=field[1], value=value)
    if left.startswith("$"):
        return Check(text=text, subject="path", operator=operator, name=left, value=value)
    if left.startswith("/") or left == "body":
        return Check(text=text, subject="pointer", operator=operator, name=left.removeprefix("body"), value=value)
    raise CheckError(_unreadable(text))


def read_checks(text: str) -> tuple[str, ...]:
    """Return the lines that a person typed as checks. Raises `CheckError`."""
    lines = tuple(read_check(line).text for line in text.splitlines() if line.strip())
    if len(lines) > MOST_CHECKS:
        raise CheckError(say("There may be at most %(most)s checks.", most=MOST_CHECKS))
    return lines


def _parted(text: str) -> tuple[str, str, str]:
    """Return the left side, the operator, and the right side; a JSONPath may hold operators."""
    if not text.startswith("$"):
        found = _SIGNED.search(text)
        return (text, "", "") if found is None else _three(text, found)
    depth, at, quote = 0, 0, ""
    while at < len(text):
        character = text[at]
        if quote:
            at += character == "\\"
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character in "[(":
            depth += 1
        elif character in "])":
            depth -= 1
        elif depth == 0 and (found := _SIGNED.match(text, at)) is not None:
            return _three(text, found)
        at += 1
    return text, "", ""


def _three(text: str, found: re.Match[str]) -> tuple[str, str, str]:
    return text[: found.start()].strip(), found[1] or found[2], text[found.end() :].strip()


def _value(text: str) -> Any:
    """Return what is compared with: JSON where it is some, else the text as it is written."""
    try:
        return jsontext.loads(text)
    except jsontext.JSONTextError:
        return text[1:-1] if len(text) > 1 and text[0] == text[-1] == "'" else text


def _unreadable(text: str) -> str:
    return say(
        "“%(text)s” is no check: write a line like status == 200, header content-type contains json, /id exists, "
        "$.items[*] exists, time < 500 or contract.",
        text=text[:80],
    )
