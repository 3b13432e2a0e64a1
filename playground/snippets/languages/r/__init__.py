"""R with httr2."""

from __future__ import annotations

from playground.snippets.languages.r import httr2
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (httr2.TARGET,)
