"""Python: Requests, HTTPX and http.client."""

from __future__ import annotations

from playground.snippets.languages.python import http_client, httpx, requests
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (requests.TARGET, httpx.TARGET, http_client.TARGET)
