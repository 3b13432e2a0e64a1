"""What templates may call: prose, plain text, addresses, icons. Words and numbers are in `web/i18n/translate.py`."""

from __future__ import annotations

from flask import Flask, url_for

from playground.text.highlight import tokens
from playground.web.markup.prose import plain_text, render_prose
from playground.web.site import operation_url, provider_url


def source_url(provider: str) -> str:
    """Return the address of a provider's source document."""
    return url_for("pages.path", path=f"{provider}/openapi.json")


def add_filters(app: Flask) -> None:
    """Register filters and functions for all templates."""
    app.add_template_filter(render_prose, "prose")
    app.add_template_filter(plain_text, "plain")
    app.add_template_filter(tokens, "tokens")
    app.add_template_global(provider_url, "provider_url")
    app.add_template_global(operation_url, "operation_url")
    app.add_template_global(source_url, "source_url")
