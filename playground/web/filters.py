"""What templates may call: prose, plain text, addresses, icons."""

from __future__ import annotations

from flask import Flask, url_for

from playground.highlight import tokens
from playground.web.prose import plain_text, render_prose
from playground.web.site import operation_url, provider_url


def bytes_text(count: int) -> str:
    """Return a size as people write it: `812 B`, `3.1 kB`, `2.4 MB` (powers of 1000)."""
    if count < 1000:
        return f"{count} B"
    for unit in ("kB", "MB", "GB"):
        count_in_unit = count / 1000 ** ("kB", "MB", "GB").index(unit) / 1000
        if count_in_unit < 999.95:
            break
    return f"{count_in_unit:.1f} {unit}"


def milliseconds_text(duration: float) -> str:
    """Return a duration in milliseconds as people write it: `0.4 ms`, `214 ms`, `3.2 s`."""
    if duration < 10:
        return f"{duration:.1f} ms"
    return f"{duration:.0f} ms" if duration < 10_000 else f"{duration / 1000:.1f} s"


def source_url(provider: str) -> str:
    """Return the address of a provider's source document."""
    return url_for("pages.path", path=f"{provider}/openapi.json")


def add_filters(app: Flask) -> None:
    """Register filters and functions for all templates."""
    app.add_template_filter(render_prose, "prose")
    app.add_template_filter(plain_text, "plain")
    app.add_template_filter(bytes_text, "bytes_text")
    app.add_template_filter(milliseconds_text, "ms_text")
    app.add_template_filter(tokens, "tokens")
    app.add_template_global(provider_url, "provider_url")
    app.add_template_global(operation_url, "operation_url")
    app.add_template_global(source_url, "source_url")
