"""Swift with URLSession."""

from __future__ import annotations

from playground.snippets.languages.swift import urlsession
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (urlsession.TARGET,)
