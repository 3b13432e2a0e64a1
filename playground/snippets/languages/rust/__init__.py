"""Rust with reqwest."""

from __future__ import annotations

from playground.snippets.languages.rust import reqwest
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (reqwest.TARGET,)
