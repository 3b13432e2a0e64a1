"""Scalars of a document as text, flags and addresses, whatever type the document gives them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit


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


def origin_of(url: str) -> str:
    """Return `scheme://host[:port]` of an http or https address, empty for anything else."""
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() in ("http", "https") and parts.hostname and "{" not in parts.netloc:
            # Without the user and password that an address may carry.
            return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2]}"
    except ValueError:
        pass
    return ""


def without_user(url: str) -> str:
    """Return an address without the user and the password it may carry."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def link_text(value: Any) -> str:
    """Return an address a link may lead to (http or https), else empty text."""
    url = text(value).strip()
    return url if origin_of(url) else ""
