"""Twenty real descriptions: whatever a reader that shares no code with the compiler counts is in the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from playground.catalog.model import Entry
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.schema.flatten import resolve
from tests.openapi.counting import Counted, count
from tests.openapi.documents import SPECS

DRAWN = [
    "amazonaws.com/ec2.json",
    "api.video.json",
    "apideck.com/vault.json",
    "appwrite.io/server.json",
    "atlassian.com/jira.json",
    "beezup.com.json",
    "box.com.json",
    "clickmeter.com.json",
    "digitalocean.com.json",
    "docker.com/engine.json",
    "docusign.net.json",
    "github.com/api.github.com.json",
    "gsmtasks.com.json",
    "icons8.com.json",
    "kubernetes.io.json",
    "maif.local/otoroshi.json",
    "slack.com.json",
    "stripe.json",
    "xero.com/xero_accounting.json",
    "zoom.us.json",
]


def _compiled(entry: Entry) -> Counted:
    """Say in the counting reader's terms what the catalogue holds of an operation."""
    operation = entry.operation
    keys = {
        (
            parameter.location,
            parameter.name.casefold() if parameter.location == "header" else parameter.name,
        ): parameter.required
        for parameter in operation.parameters
    }
    assert len(keys) == len(operation.parameters)
    media_types = operation.request_body.media_types if operation.request_body else ()
    first = resolve(media_types[0].schema, entry.definitions) if media_types else {}
    security: Any = operation.security
    return Counted(
        parameters=frozenset(keys),
        required=frozenset(key for key, required in keys.items() if required),
        body_types=tuple(media_type.name for media_type in media_types),
        responses=frozenset(
            (response.status, name) for response in operation.responses for name in (*_names(response), "")
        ),
        security=None
        if security is None
        else frozenset(frozenset(use.scheme for use in alternative) for alternative in security),
        tags=frozenset(operation.tags),
        properties=frozenset(first.get("properties") or {}),
    )


def _names(response: Any) -> list[str]:
    return [media_type.name for media_type in response.media_types]


@pytest.mark.parametrize("name", DRAWN)
def test_everything_that_is_counted_is_in_the_catalogue(name: str) -> None:
    path = Path(SPECS / name)
    if not path.is_file():
        pytest.skip(f"the real description {name} is not on this machine")
    data = path.read_bytes()
    document = orjson.loads(data)
    expected = count(document)
    catalog = compile_document(parse_document(data), name="counted").catalog
    untagged = not any(one.tags for one in expected.values())
    assert [one.key for one in catalog.operations if one.key not in expected] == []
    assert len(catalog.operations) == len(expected) > 0
    for operation in catalog.operations:
        entry = Entry(provider=catalog.provider, operation=operation, definitions=catalog.definitions)
        found, wanted = _compiled(entry), expected[operation.key]
        for field in Counted.__dataclass_fields__:
            if field == "tags" and untagged:
                continue  # grouped by path
            assert getattr(found, field) == getattr(wanted, field), (operation.key, field)
    schemes = document.get("components", {}).get("securitySchemes", {})
    assert [security_scheme.name for security_scheme in catalog.provider.security_schemes] == list(schemes)
