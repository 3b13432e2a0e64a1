"""Perl with HTTP::Tiny."""

from __future__ import annotations

from playground.snippets.languages.perl import http_tiny
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (http_tiny.TARGET,)
