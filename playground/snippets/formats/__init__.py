"""Snippets that are no program: the message as text, and files that other tools import."""

from __future__ import annotations

from playground.snippets.formats import agent_prompt, har, http_file, postman, raw_http
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (raw_http.TARGET, har.TARGET, http_file.TARGET, postman.TARGET, agent_prompt.TARGET)
