"""Operation names (contract section 7; reference table of the UTDK client)."""

from __future__ import annotations

import pytest

from playground.catalog.names import canonical_name, client_name, name_without_id


@pytest.mark.parametrize(
    ("operation_id", "canonical", "client"),
    [
        ("PostCheckoutSessionsSession", "postcheckoutsessionssession", "postCheckoutSessionsSession"),
        ("repos/list-for-user", "repos.listForUser", "repos.listForUser"),
        ("users/get-by-username", "users.getByUsername", "users.getByUsername"),
        ("v1_GetUser", "v1Getuser", "v1GetUser"),
        ("listAPIKeys", "listapikeys", "listApiKeys"),
        ("volumes.list", "volumesList", "volumesList"),
        ("1forge", "1forge", "_1Forge"),
        ("CreateLogsMetric/CreateLogsMetric", "createlogsmetric.createlogsmetric", "createLogsMetric.call"),
        ("", "_", "_"),
        ("///", "_._._._", "_._._.call"),
        ("été Ünïcode", "étéÜnïcode", "étéÜnïcode"),
    ],
)
def test_names(operation_id: str, canonical: str, client: str) -> None:
    assert canonical_name(operation_id) == canonical
    assert client_name(operation_id) == client


def test_a_name_without_an_id_comes_from_method_and_path() -> None:
    assert name_without_id("POST", "/v1/charges/{id}") == "postV1ChargesId"
    assert name_without_id("GET", "/") == "get"
