"""TypeScript: the generated package and fetch."""

from __future__ import annotations

from playground.snippets.languages.typescript import fetch, utdk
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (utdk.TARGET, fetch.TARGET)
