"""What a task in words of its own finds: verbs, synonyms, plurals, missing words, and how much is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from playground.openapi.compile import compile_document
from playground.store import ReaderStore, Store, open_store, tasks
from playground.store.tasks import find_for_task


def api(name: str, title: str, paths: dict[str, dict[str, str]]) -> Any:
    """A description whose operations have a summary each, by method and path."""
    return compile_document(
        {
            "openapi": "3.1.0",
            "info": {"title": title, "version": "1"},
            "paths": {
                path: {method: {"operationId": f"{method}{path.title()}", "summary": summary} for method, summary in
                       methods.items()} for path, methods in paths.items()
            },
        },
        name=name,
    ).catalog  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    music = {
        "/playlists": {"get": "Get playlists", "post": "Create playlist"},
        "/playlists/{id}": {"get": "Get playlist", "delete": "Unfollow playlist", "put": "Change details"},
        "/playlists/{id}/tracks": {"get": "Get items", "post": "Add items", "delete": "Remove items"},
        "/player/pause": {"put": "Pause playback"},
        "/images/{id}": {"get": "Cover"},
    }
    pay = {
        "/refunds": {"get": "", "post": ""},
        "/customers": {"get": "", "post": ""},
        "/customers/{id}": {"get": "", "post": "", "delete": ""},
        "/charges/{id}/capture": {"post": ""},
        "/test_helpers/charges/{id}/refund": {"post": ""},
        "/credits/{id}/allocations": {"post": "", "get": ""},
        "/members": {"get": "List members"},
        "/screens": {"get": "", "post": ""},
        "/captures/screenshots": {"post": ""},
    }
    club = {"/club/{id}/members": {"get": "Those who belong to it"}}
    with open_store(tmp_path_factory.mktemp("tasks") / "catalog.sqlite") as opened:
        opened.replace(api("tune", "Tune", music), b"")
        opened.replace(api("payco", "Payco", pay), b"")
        opened.replace(api("club", "Club", club), b"")
        yield opened


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("add songs to a playlist", "POST /playlists/{id}/tracks"),
        ("create a new playlist", "POST /playlists"),
        ("pause the music", "PUT /player/pause"),
        ("remove a customer from payco", "DELETE /customers/{id}"),
        ("list all of the customers", "GET /customers"),
        ("change a customer", "POST /customers/{id}"),
        ("give the money back: refund, payco", "POST /refunds"),
        ("capturing a charge", "POST /charges/{id}/capture"),
        ("show the picture", "GET /images/{id}"),
        # What says something may come late in a long sentence.
        (
            "can you please tell me how I would go about it if I wanted to have the money back: refund at payco",
            "POST /refunds",
        ),
        ("how many customers are there", "GET /customers"),
        ("allocate points", "POST /credits/{id}/allocations"),
        # Two APIs have members: the one that is named is meant.
        ("list the members of club", "GET /club/{id}/members"),
        ("screenshot", "POST /captures/screenshots"),
    ],
)
def test_a_task_finds_what_it_needs(store: Store, words: str, wanted: str) -> None:
    found = [f"{one.method} {one.path}" for one in store.search(words, 5, task=True).operations]
    assert wanted in found[:3], found


def test_a_name_as_it_is_comes_first(store: Store) -> None:
    for text in ("GET /customers/{id}", store.operations("payco")[4].name):
        first = store.search(text, 5, task=True).operations[0]
        assert text.casefold() in (first.name.casefold(), f"{first.method} {first.path}".casefold())


def test_words_that_say_nothing_are_an_ordinary_search(store: Store) -> None:
    assert store.search("the of a", 5, task=True) == store.search("the of a", 5)
    assert store.search("xyzzy", 5, task=True).operations == ()
    assert store.search("", 5, task=True) == store.search("", 5)


def test_what_is_hidden_is_not_found(store: Store) -> None:
    seen = ReaderStore(store, lambda name: name == "tune", "key")
    assert {one.provider for one in seen.search("refund a customer or add songs", 20, task=True).operations} == {"tune"}


def test_how_much_is_ranked_is_bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MOST_ROWS", 2)
    monkeypatch.setattr(tasks, "MOST_CANDIDATES", 3)
    monkeypatch.setattr(tasks, "_MOST_WITH_ALL", 1)
    with store._connections.reading() as connection:
        assert 0 < len(find_for_task(connection, "customer playlist refund charge " * 20, 100)) <= 5
