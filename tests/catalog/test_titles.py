"""Titles of operations, on names and descriptions of real APIs."""

from __future__ import annotations

import pytest

from playground.catalog.model import Operation
from playground.catalog.titles import description_beyond, operation_title, words_of_name
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from tests.support.needs import need_spec


@pytest.mark.parametrize(
    ("operation_id", "title"),
    [
        ("createCoreV1NamespacedPod", "Create core v1 namespaced pod"),  # Kubernetes
        ("readApiextensionsV1beta1CustomResourceDefinition", "Read apiextensions v1beta1 custom resource definition"),
        ("getCoreV1APIResources", "Get core v1 API resources"),
        ("getServiceAccountIssuerOpenIDConfiguration", "Get service account issuer OpenID configuration"),
        ("PutObject", "Put object"),  # S3
        ("ListObjectsV2", "List objects v2"),
        ("GetBucketCORS", "Get bucket CORS"),
        ("FetchAccount", "Fetch account"),  # Twilio
        ("UpdateSipIpAccessControlListMapping", "Update sip ip access control list mapping"),
        ("PostCheckoutSessionsSession", "Post checkout sessions session"),  # Stripe
        ("repos/list-for-user", "Repos list for user"),  # GitHub
        ("account_roles_list", "Account roles list"),
        ("files_sharedPublicURL", "Files shared public URL"),  # Slack
        ("getOAuth2Token", "Get OAuth2 token"),
        ("listIPs", "List IPs"),
        ("SMSv2Send", "SMS v2 send"),
        ("GET_USERS", "Get users"),
        ("Änderung_holen", "Änderung holen"),
        ("plain", "Plain"),
        ("_", ""),
        ("", ""),
    ],
)
def test_an_operation_id_is_words_in_its_own_case(operation_id: str, title: str) -> None:
    assert words_of_name(operation_id) == title


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"summary": "List *all* pets"}, "List all pets"),
        ({"summary": "<br>", "description": "Lists pets."}, "Lists pets"),
        ({"description": "create a Pod"}, "Create a Pod"),
        ({"description": "<p>Retrieves the details of an account.</p>"}, "Retrieves the details of an account"),
        ({"description": "iOS devices are listed. All of them."}, "iOS devices are listed"),
        ({"description": "x" * 81, "operation_id": "listPets"}, "List pets"),
        ({"description": "**Deprecated.** Use another one.", "operation_id": "listPets"}, "List pets"),
        ({"operation_id": "---"}, "Get v1 pets"),
        ({}, "Get v1 pets"),
    ],
)
def test_a_title_is_the_best_that_the_description_has(values: dict[str, str], title: str) -> None:
    assert Operation(name="getV1Pets", method="GET", path="/v1/pets", **values).title == title  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "description", "beyond"),
    [
        ("Create a Pod", "create a Pod", ""),
        ("Lists pets", "<p>Lists <b>pets</b>.</p>", ""),
        ("Lists pets", "Lists pets. All of them.", "Lists pets. All of them."),
        ("Lists pets", "[Lists pets](https://example.com).", "[Lists pets](https://example.com)."),
        ("Pets", "", ""),
    ],
)
def test_a_description_that_the_title_says_is_not_said_again(title: str, description: str, beyond: str) -> None:
    assert description_beyond(title, description) == beyond


def test_an_operation_without_any_word_is_called_by_its_name() -> None:
    assert operation_title("", "", "", "_") == "_"


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        (
            "stripe.json",
            {"GetAccount": "Retrieves the details of an account", "PostAccountLinks": "Post account links"},
        ),
        (
            "kubernetes.io.json",
            {
                "createCoreV1NamespacedPod": "Create a Pod",
                "readCoreV1NamespacedPodEphemeralcontainers": "Read ephemeralcontainers of the specified Pod",
                "connectCoreV1GetNamespacedPodProxyWithPath": "Connect GET requests to proxy of Pod",
            },
        ),
        ("amazonaws.com/s3.json", {}),
    ],
)
def test_real_operations_have_titles_that_people_can_read(name: str, titles: dict[str, str]) -> None:
    catalog = compile_document(parse_document(need_spec(name).read_bytes()), name="real").catalog
    found = {operation.operation_id: operation.title for operation in catalog.operations}
    assert {operation: found[operation] for operation in titles} == titles
    assert [title for title in found.values() if title[:1].islower() or len(title) > 200] == []
    assert [operation.name for operation in catalog.operations if operation.title == operation.name] == []
