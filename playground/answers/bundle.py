"""A support bundle: one exchange as a file for people who did not see it, as a page, JSON or a HAR."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from playground import jsontext
from playground.answers.har import as_har
from playground.answers.record import Record, write_record

Format: TypeAlias = Literal["html", "json", "har"]
FORMATS: Final = {"html": "text/html", "json": "application/json", "har": "application/json"}

CODE = (("shell_curl", "curl"), ("javascript_fetch", "JavaScript"), ("python_requests", "Python"))
"""Targets of the code in a bundle, and what they are called there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One snippet of a bundle."""

    title: str
    text: str


def file_name(record: Record, kind: Format) -> str:
    """Return a bundle's file name: the operation, and when its answer came."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{record.provider}-{record.operation}").strip("-.")[:80] or "answer"
    return f"{name}-{re.sub('[^0-9]', '', record.at)[:14] or 'bundle'}.{kind}"


def data_of(record: Record, kind: Format) -> str:
    """Return a bundle as JSON or as a HAR."""
    return (jsontext.dumps(as_har(record), indent=2) if kind == "har" else write_record(record, indent=2)) + "\n"
