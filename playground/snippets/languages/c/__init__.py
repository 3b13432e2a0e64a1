"""C with libcurl."""

from __future__ import annotations

from playground.snippets.languages.c import libcurl
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (libcurl.TARGET,)
