"""JavaScript: fetch in a page, and fetch, axios and node:http in Node.js."""

from __future__ import annotations

from playground.snippets.languages.javascript import fetch, node_axios, node_http
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (fetch.PAGE, fetch.NODE, node_axios.TARGET, node_http.TARGET)
