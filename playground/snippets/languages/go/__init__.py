"""Go with net/http."""

from __future__ import annotations

from playground.snippets.languages.go import net_http
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (net_http.TARGET,)
