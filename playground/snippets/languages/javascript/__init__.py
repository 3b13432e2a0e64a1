"""JavaScript: fetch in a page, and fetch, axios and node:http in Node.js."""

from __future__ import annotations

from playground.snippets.languages.javascript import node_axios, node_fetch, node_http, page_fetch
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (page_fetch.TARGET, node_fetch.TARGET, node_axios.TARGET, node_http.TARGET)
