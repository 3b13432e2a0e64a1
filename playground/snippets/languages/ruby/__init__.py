"""Ruby: Net::HTTP and Faraday."""

from __future__ import annotations

from playground.snippets.languages.ruby import faraday, net_http
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (net_http.TARGET, faraday.TARGET)
