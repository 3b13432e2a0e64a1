"""Documents of each version are told apart, and each version has its methods."""

from __future__ import annotations

from typing import Any

import pytest

from playground.openapi.compile import compile_document
from playground.openapi.problems import DocumentError
from tests.openapi.documents import compiled, document, messages, swagger


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ([], "is a list; give an OpenAPI document"),
        ({}, "an empty object: it has no `openapi`"),
        ({"a": 1}, "not an OpenAPI document: it has no"),
        ({"openapi": "4.0.0", "paths": {}}, 'OpenAPI version "4.0.0" is not supported'),
        ({"openapi": "3.0.0.0", "paths": {}}, "is not supported"),
        ({"openapi": {"a": 1}, "paths": {}}, "is not supported"),
        ({"openapi": True, "paths": {}}, "is not supported"),
        ({"swagger": "1.2", "paths": {}}, 'Swagger version "1.2" is not supported'),
        ({"swaggerVersion": "1.2"}, "a Swagger 1.2 document"),
        ({"asyncapi": "2.0.0"}, "an AsyncAPI document"),
        ({"kind": "discovery#restDescription"}, "a Google discovery document"),
        ({"info": {"_postman_id": "x"}}, "a Postman collection"),
        ({"$schema": "x", "type": "object"}, "a JSON Schema"),
        ({"openapi": "3.0.0"}, "has no `paths`"),
        ({"openapi": "3.0.3", "components": {}}, "has no `paths`"),
        ({"openapi": "3.1.0", "components": []}, "has no `paths`"),
        ({"openapi": "3.0.0", "paths": []}, "`paths` that are a list"),
        ({"swagger": "2.0", "paths": None}, "has no `paths`"),
    ],
)
def test_what_is_not_openapi_is_named_and_what_is_expected(value: Any, sentence: str) -> None:
    with pytest.raises(DocumentError) as caught:
        compile_document(value, name="x")
    assert sentence in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("value", "specification"),
    [
        (document(openapi="3.0.3"), "3.0.3"),
        (document(openapi="3.1.1"), "3.1.1"),
        (document(openapi="3.2.0"), "3.2.0"),
        ({**document(), "openapi": 3.1}, "3.1"),
        (swagger(), "2.0"),
        ({**swagger(), "swagger": 2.0}, "2.0"),
        ({"openapi": "3.1.0", "webhooks": {"a": {"post": {}}}}, "3.1.0"),
        ({"openapi": "3.1.0", "components": {}}, "3.1.0"),
        ({"openapi": "3.2.0", "components": {"schemas": {"A": {}}}, "paths": None}, "3.2.0"),
    ],
)
def test_every_version_is_read(value: Any, specification: str) -> None:
    catalog = compiled(value).catalog
    assert catalog.provider.specification == specification
    assert catalog.operations == ()


def test_methods_of_the_later_versions() -> None:
    item = {
        "query": {"operationId": "q"},
        "get": {},
        "additionalOperations": {"LINK": {"operationId": "l"}, "GET": {}, "bad method": {}},
    }
    operations = compiled(document({"/a": item}, openapi="3.2.0")).catalog.operations
    assert [one.method for one in operations] == ["GET", "QUERY", "LINK"]
    assert len(messages(document({"/a": item}, openapi="3.2.0"))) == 2
    assert [one.method for one in compiled(document({"/a": item}, openapi="3.1.0")).catalog.operations] == ["GET"]
    assert messages(document({"/a": {"frobnicate": {}}})) == [
        "warning /paths/~1a/frobnicate "
        "This is not a method that the version knows; it is left out: correct its name, or begin it with x-."
    ]
