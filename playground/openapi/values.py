"""Scalars of a document as text, flags and addresses, whatever type the document gives them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from playground.origins import origin_of


class UnquotedNumber(str):
    """Text that YAML would read as a number, kept as it is written: the version `1.10`."""

    __slots__ = ()


def scalar_text(value: Any) -> str:
    """Write a scalar as JSON would: `true`, `1`, `1.5`; text as it is."""
    if value is True or value is False:
        return "true" if value else "false"
    return str(value)


def text(value: Any) -> str:
    """Return text as it is, a number or flag as text, anything else as empty text."""
    if value.__class__ is str:
        return str(value)
    return scalar_text(value) if isinstance(value, str | int | float) else ""


def flag(value: Any) -> bool:
    """Return a flag; older documents write it as text."""
    return value is True or value == "true"


def without_user(url: str) -> str:
    """Return an address without the user and the password it may carry."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def link_text(value: Any) -> str:
    """Return an address a link may lead to (http or https), else empty text."""
    url = text(value).strip()
    return url if origin_of(url) else ""
