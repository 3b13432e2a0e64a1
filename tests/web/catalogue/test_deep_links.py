"""Links into Swagger UI, Scalar, Redoc, Elements and RapiDoc land on the operation they name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from playground.web.catalogue.deep_links import names_in, parts_of
from tests.support.listed import pets
from tests.support.pages import browser_of, site_of


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with site_of(tmp_path_factory.mktemp("links"), {"pets": pets(), "nested/pets": pets()}) as app:
        yield browser_of(app)


def landed(client: FlaskClient, link: str, provider: str = "pets") -> str:
    answer = client.get(f"/providers/{provider}/resolve", query_string={"link": link})
    assert answer.status_code in (302, 404)
    return answer.headers.get("Location", "").removeprefix(f"/providers/{provider}")


@pytest.mark.parametrize(
    ("link", "name"),
    [
        # Swagger UI: operationId, the same with what it replaces, method and path where there is none
        ("#/pets/listPets", "listpets"),
        ("#/pets/pets%2Fget-one", "pets.getOne"),
        ("#/pets/pets/get-one", "pets.getOne"),
        ("#/pets/pets_get_one", "pets.getOne"),
        ("#/pets/delete%20pet", "deletePet"),
        ("#/pets/delete_pet", "deletePet"),
        ("#/pets/post_pets", "postPets"),
        ("#/big%20stores/get_stores__id__pets", "getStoresIdPets"),
        ("#/big_stores/get_stores__id__pets", "getStoresIdPets"),
        # Scalar
        ("#tag/pets/GET/pets", "listpets"),
        ("#tag/pets/POST/pets", "postPets"),
        ("#tag/pets/GET/pets/{petId}", "pets.getOne"),
        ("#tag/pets/get/pets/%7BpetId%7D", "pets.getOne"),
        ("#v1/tag/big-stores/GET/stores/{id}/pets", "getStoresIdPets"),
        # Redoc
        ("#tag/pets/operation/listPets", "listpets"),
        ("#operation/listPets", "listpets"),
        ("#tag/pets/operation/pets/get-one", "pets.getOne"),
        ("#tag/pets/paths/~1pets/post", "postPets"),
        ("#tag/odd~1tag/paths/~1a~0b~1c/get", "tilde"),
        # Elements
        ("#/operations/listPets", "listpets"),
        ("#/operations/pets-get-one", "pets.getOne"),
        ("#/operations/post-pets", "postPets"),
        ("#/paths/pets/post", "postPets"),
        # RapiDoc
        ("#get-/pets", "listpets"),
        ("#delete-/pets/{petId}", "deletePet"),
        ("#delete-/pets/-petId-", "deletePet"),
        # our own names
        ("#pets.getOne", "pets.getOne"),
        ("listpets", "listpets"),
    ],
)
def test_a_link_leads_to_its_operation(client: FlaskClient, link: str, name: str) -> None:
    assert landed(client, link) == f"/{name}"
    assert landed(client, link, "nested/pets") == f"/{name}"


def test_a_link_to_a_tag_leads_to_its_group(client: FlaskClient) -> None:
    assert landed(client, "#/big%20stores") == "?tag=big+stores"
    assert landed(client, "#tag/pets") == "?tag=pets"


@pytest.mark.parametrize(
    "link", ["", "#", "#/", "#/pets/nope", "#tag/pets/GET/nope", "#get-", "#//", "#%", "#/%00/%ff"]
)
def test_any_other_link_says_so(client: FlaskClient, link: str) -> None:
    assert landed(client, link) == ""


def test_an_operation_called_resolve_keeps_its_page(tmp_path: Path) -> None:
    document = pets()
    document["paths"]["/resolve"] = {"get": {"operationId": "resolve"}}
    with site_of(tmp_path, {"pets": document}) as app:
        assert browser_of(app).get("/providers/pets/resolve").status_code == 200


@given(st.text(st.sampled_from("#/%2F{}~1-_getpaths operation"), max_size=40))
def test_any_text_can_be_read(link: str) -> None:
    assert len(list(names_in(parts_of(link)))) <= 2 * len(link) + 6
