"""A catalogue for the pages of lists: nested providers, one of 22,361 operations, one with tag groups and webhooks."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask

from playground.app import create_app
from playground.catalog.model import Catalog, Operation, Provider, Tag
from playground.config import Settings
from playground.openapi.compile import compile_document
from playground.store import Store, open_store
from tests.support.pages import document

HUGE = 22_361
TAGS = 700


def small(name: str, title: str, **more: Any) -> Catalog:
    """Return a provider with one operation."""
    operations = (Operation(name="list", method="GET", path="/things", summary="List things"),)
    return Catalog(provider=Provider(name=name, title=title, **more), operations=operations, definitions={})


def huge() -> Catalog:
    """Return a provider of the size of the largest there is; its first tag has 800 operations."""
    operations = tuple(
        Operation(
            name=f"op{place}",
            method="GET",
            path=f"/things/{place}",
            summary=f"Read thing {place}",
            tags=(f"tag {0 if place < 800 else place % TAGS}",),
            deprecated=place == 7,
        )
        for place in range(HUGE)
    )
    tags = (Tag(name="tag 0", title="The first tag", description="All about *tag* 0."),)
    return Catalog(provider=Provider(name="huge", title="Huge API", tags=tags), operations=operations, definitions={})


def pets() -> dict[str, Any]:
    """Return a document with what other viewers link to: plain and awkward operationIds, none, one path twice."""
    paths = {
        "/pets": {
            "get": {"operationId": "listPets", "tags": ["pets"], "summary": "List pets", "deprecated": True},
            "post": {"tags": ["pets"], "summary": "Add a pet"},
        },
        "/pets/{petId}": {
            "get": {"operationId": "pets/get-one", "tags": ["pets"]},
            "delete": {"operationId": "delete pet", "tags": ["pets"]},
        },
        "/stores/{id}/pets": {"get": {"tags": ["big stores"]}},
        "/a~b/c": {"get": {"tags": ["odd/tag"], "operationId": "tilde"}},
    }
    made = document(
        paths,
        summary="Everything about pets",
        license={"name": "MIT", "url": "https://example.com/licence"},
        contact={"name": "Pet people", "email": "pets@example.com", "url": "javascript:alert(1)"},
    )
    made["x-tagGroups"] = [{"name": "Animals", "tags": ["pets"]}, {"name": "Places", "tags": ["big stores"]}]
    made["webhooks"] = {"petArrived": {"post": {"summary": "A pet has arrived"}}}
    return made


@contextlib.contextmanager
def site(folder: Path) -> Iterator[tuple[Flask, Store]]:
    """Make a site on that catalogue."""
    with open_store(folder / "lists.sqlite") as store:
        store.replace(compile_document(pets(), name="pets").catalog, b"{}")
        store.replace(huge(), b"{}")
        for name, title in (
            ("google/books", "Books API"),
            ("google/drive", "Drive API"),
            ("google/maps/roads", "Roads API"),
            ("google/maps/places", "Places API"),
            ("lone/one", "Lone API"),
            ("parent", "Parent API"),
            ("parent/child", "Child API"),
        ):
            store.replace(small(name, title), b"{}")
        for place in range(100):
            store.replace(small(f"many/api{place:03}", f"Many {place}"), b"{}")
        yield create_app(Settings(catalog=folder / "lists.sqlite"), store), store
