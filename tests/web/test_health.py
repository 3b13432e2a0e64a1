"""The site notices what happens to its catalogue's file, and says whether it is ready."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.store import Store, open_store
from tests.store.catalogs import numbered
from tests.support.redis_server import redis_in

PAGE = "/providers/shop/op7"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "catalog.sqlite") as opened:
        opened.replace(numbered(1), b"{}")
        yield opened


@pytest.fixture
def client(store: Store) -> FlaskClient:
    app = create_app(Settings(catalog=store.path), store)
    app.testing = False
    return app.test_client()


def _statuses(client: FlaskClient) -> tuple[int, int, int]:
    return client.get("/healthz").status_code, client.get("/readyz").status_code, client.get(PAGE).status_code


def _put(store: Store, number: int) -> None:
    other = store.path.with_name("other.sqlite")
    with open_store(other) as opened:
        opened.replace(numbered(number), b"{}")
    other.replace(store.path)


def test_a_catalogue_put_in_the_place_of_the_old_one_is_shown_at_once(store: Store, client: FlaskClient) -> None:
    assert b"Number 1" in client.get(PAGE).data
    tag = client.get(PAGE).headers["ETag"]
    _put(store, 2)
    assert _statuses(client) == (200, 200, 200)
    answer = client.get(PAGE, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert b"Number 2" in answer.data
    assert b"Number 1" not in answer.data


def test_a_catalogue_that_is_gone_cut_off_or_of_another_kind_is_told_until_it_is_back(
    store: Store, client: FlaskClient
) -> None:
    assert _statuses(client) == (200, 200, 200)
    whole = store.path.read_bytes()
    store.path.rename(store.path.with_name("away.sqlite"))
    assert _statuses(client) == (200, 503, 503)
    store.path.with_name("away.sqlite").rename(store.path)
    assert _statuses(client) == (200, 200, 200)
    os.truncate(store.path, len(whole) // 2)
    assert _statuses(client) == (200, 503, 503)
    _put(store, 3)
    assert _statuses(client) == (200, 200, 200)
    assert b"Number 3" in client.get(PAGE).data
    store.path.write_text("openapi: 3.1.0\n")
    assert _statuses(client) == (200, 503, 503)
    store.path.unlink()
    with open_store(store.path) as again:
        again.replace(numbered(4), b"{}")
    assert _statuses(client) == (200, 200, 200)
    assert b"Number 4" in client.get(PAGE).data


def test_redis_has_to_answer_where_it_counts(store: Store, tmp_path: Path) -> None:
    with redis_in(tmp_path) as redis:
        client = create_app(Settings(catalog=store.path, redis_url=redis.url), store).test_client()
        whole = client.get("/readyz")
        fine = {"status": "ok", "catalogue": "ok", "redis": "ok", "answers": "ok"}
        assert (whole.status_code, whole.json) == (200, fine)
        redis.stop()
        away = client.get("/readyz")
        sentence = "Redis does not answer, so nothing is sent"
        assert (away.status_code, away.json) == (503, fine | {"status": sentence, "redis": sentence})
        assert client.get("/healthz").status_code == 200
        redis.start()
        assert client.get("/readyz").status_code == 200


def test_answers_have_to_have_their_place(store: Store, tmp_path: Path) -> None:
    with redis_in(tmp_path) as redis:
        client = create_app(Settings(catalog=store.path, answers=redis.url), store).test_client()
        assert client.get("/readyz").json == {"status": "ok", "catalogue": "ok", "answers": "ok"}
        redis.stop()
        away = client.get("/readyz")
        sentence = "the Redis for answers does not answer, so none is kept"
        assert (away.status_code, away.json) == (503, {"status": sentence, "catalogue": "ok", "answers": sentence})
