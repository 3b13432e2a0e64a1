"""Elixir with httpc."""

from __future__ import annotations

from playground.snippets.languages.elixir import httpc
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (httpc.TARGET,)
