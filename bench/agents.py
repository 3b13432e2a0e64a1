"""What agents are told, in tokens: the list of tools, and `describe` of every operation of a catalogue.

Tokens are counted by `gpt-tokenizer` (npm, the encoding o200k_base), which is fetched with npm.
"""

from __future__ import annotations

import json
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.figures import align
from playground.app import create_app
from playground.catalog.model import Entry
from playground.config import Settings
from playground.jsontext import dumps
from playground.schema.flatten import flatten
from playground.schema.mapping import names_of, schema_map
from playground.schema.types import is_hidden
from playground.store import Store, open_store
from playground.web.agents.describe import describe

TOKENIZER = "gpt-tokenizer@4"
MOST_LISTED = 1_500
"""Tokens that the list of tools may take."""
MOST_DESCRIBED = 4_000
"""Tokens that the description of Stripe's update may take."""
UPDATE = "POST /v1/checkout/sessions/{session}"
"""Stripe's update; of several descriptions that have it the longest counts."""
_COUNT = """
const { encode } = require('gpt-tokenizer');
const lines = require('readline').createInterface({ input: process.stdin });
lines.on('line', (line) => console.log(encode(JSON.parse(line), { disallowedSpecial: new Set() }).length));
"""


class Tokens:
    """Counts tokens by a process that lives as long as this does."""

    def __init__(self, folder: Path) -> None:
        fetched = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), TOKENIZER]
        subprocess.run(fetched, check=True, timeout=300)
        self._process = subprocess.Popen(
            ["node", "-e", _COUNT], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def of(self, text: str) -> int:
        """Return how many tokens a text has."""
        asked, answered = self._process.stdin, self._process.stdout
        assert asked is not None and answered is not None
        asked.write(json.dumps(text) + "\n")
        asked.flush()
        return int(answered.readline())

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=60)


def report(catalog: Path, scratch: Path, every: int = 1) -> tuple[str, bool]:
    """Return the figures of a catalogue, and whether they are within their bounds and no required input is missing."""
    tokens = Tokens(scratch)
    try:
        with open_store(catalog) as store:
            listed = tokens.of(listed_tools(store))
            counts, largest, missing, update = [], ("", 0), 0, 0
            for number, entry in enumerate(_entries(store)):
                is_update = entry.operation.key == UPDATE
                if number % every and not is_update:
                    continue
                text = describe(entry)
                counts.append(count := tokens.of(text))
                missing += bool(left_out(entry, text))
                name = f"{entry.provider.name}/{entry.operation.name}"
                largest = max(largest, (name, count), key=lambda pair: pair[1])
                update = max(update, count) if is_update else update
            providers = len(store.providers())
    finally:
        tokens.close()
    rows = [
        ("tools/list", f"{listed:,} tokens", f"bound {MOST_LISTED:,}; {providers:,} descriptions"),
        ("describe, Stripe's update", f"{update:,} tokens", f"bound {MOST_DESCRIBED:,}"),
        *((f"describe, p{share}", f"{_share(counts, share):,} tokens", "") for share in (50, 90, 99)),
        ("describe, largest", f"{largest[1]:,} tokens", largest[0]),
        ("describe, a required input is missing", f"{missing:,}", f"of {len(counts):,} operations"),
    ]
    return align(rows, (0, 2)), listed < MOST_LISTED and 0 < update < MOST_DESCRIBED and not missing


def listed_tools(store: Store) -> str:
    """Return what `tools/list` answers, as JSON."""
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    fields = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
    answer = create_app(Settings(catalog=store.path), store).test_client().post("/mcp", json=message, headers=fields)
    return dumps(answer.get_json()["result"])


def left_out(entry: Entry, text: str) -> list[str]:
    """Return the required inputs of an operation that a text about it does not name."""
    operation, body = entry.operation, entry.operation.request_body
    needed = [parameter.name for parameter in operation.parameters if parameter.required]
    if body is not None and body.required and body.media_types:
        whole = flatten(body.media_types[0].schema, entry.definitions)
        properties = schema_map(whole, "properties")
        needed += [
            name for name in names_of(whole, "required")
            if name in properties and not is_hidden(flatten(properties[name], entry.definitions), writing=True)
        ]  # fmt: skip
    return [name for name in needed if f"- {name} (" not in text]


def _entries(store: Store) -> Iterator[Entry]:
    for provider in store.providers():
        for operation in store.operations(provider.name, hidden=True):
            yield store.entry(provider.name, operation.name)


def _share(counts: Sequence[int], share: int) -> int:
    return round(statistics.quantiles(counts, n=100)[share - 1])
