"""Dart with the package http."""

from __future__ import annotations

from playground.snippets.languages.dart import http
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (http.TARGET,)
