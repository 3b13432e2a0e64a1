"""Replicas share in Redis what visitors keep in the sandbox; without Redis nothing is kept, and nothing breaks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.store import sandbox_session
from playground.store.errors import StoreError
from playground.store.sandbox_redis import SharedState, open_state
from playground.store.sandbox_session import Record, StateFull
from playground.store.sandbox_state import SandboxState
from tests.support.redis_server import Redis, redis_in


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    with redis_in(tmp_path) as server:
        yield server


@pytest.fixture
def replicas(redis: Redis, tmp_path: Path) -> Iterator[tuple[SharedState, SharedState]]:
    made = tuple(SharedState(tmp_path / f"{name}.sqlite", redis.url) for name in ("one", "two"))
    yield made[0], made[1]
    for state in made:
        state.close()


def put(state: SandboxState, key: str, content: bytes = b"{}", visitor: str = "ada", provider: str = "api") -> None:
    with state.writing(visitor, provider) as session:
        session.put(Record(collection="/things", key=key, kind="thing", content=content))


def kept(state: SandboxState, visitor: str = "ada", provider: str = "api") -> dict[str, bytes]:
    with state.reading(visitor, provider) as session:
        return {record.key: record.content for record in session.records("/things")}


def test_what_one_replica_keeps_the_other_has(replicas: tuple[SharedState, SharedState]) -> None:
    one, two = replicas
    put(one, "1", b'{"a": 1}')
    assert kept(two) == {"1": b'{"a": 1}'}
    put(two, "2", b"\x00\xff\n bytes")
    put(two, "1", b'{"a": 2}')
    assert kept(one) == {"1": b'{"a": 2}', "2": b"\x00\xff\n bytes"}
    with one.writing("ada", "api") as session:
        session.delete("/things", "1")
    assert kept(two) == {"2": b"\x00\xff\n bytes"}
    assert kept(two, "grace") == {}


def test_reset_forgets_one_api_everywhere(replicas: tuple[SharedState, SharedState]) -> None:
    one, two = replicas
    put(one, "1")
    put(one, "1", provider="api2")
    two.reset("ada", "api")
    assert kept(one) == {}
    assert list(kept(one, provider="api2")) == ["1"]


def test_a_revision_is_never_that_of_other_things(replicas: tuple[SharedState, SharedState], redis: Redis) -> None:
    one, two = replicas
    seen = set()
    for number in range(5):
        put((one, two)[number % 2], str(number))
        with one.reading("ada", "api") as session:
            seen.add(session.revision)
    assert len(seen) == 5
    one._redis.flushall()
    assert kept(one) == {}
    put(two, "new")
    with one.reading("ada", "api") as session:
        assert session.revision not in seen


def test_what_fails_is_undone_in_both_places(replicas: tuple[SharedState, SharedState]) -> None:
    one, two = replicas
    put(one, "1")
    with pytest.raises(RuntimeError), one.writing("ada", "api") as session:
        session.put(Record(collection="/things", key="2", content=b"{}"))
        raise RuntimeError
    assert list(kept(one)) == list(kept(two)) == ["1"]


def test_no_visitor_keeps_more_than_one_may(
    replicas: tuple[SharedState, SharedState], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox_session, "MOST_RECORDS", 2)
    put(replicas[0], "1")
    put(replicas[1], "2")
    with pytest.raises(StateFull):
        put(replicas[0], "3")
    assert sorted(kept(replicas[1])) == ["1", "2"]


def test_no_change_is_lost_among_replicas(replicas: tuple[SharedState, SharedState]) -> None:
    def add(state: SharedState, name: str) -> None:
        for number in range(20):
            put(state, f"{name}{number}")

    threads = [threading.Thread(target=add, args=(state, name)) for state, name in zip(replicas, "ab", strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept(replicas[0])) == len(kept(replicas[1])) == 40


def test_the_key_of_a_visitor_is_nowhere_in_redis(replicas: tuple[SharedState, SharedState]) -> None:
    put(replicas[0], "1", visitor="canary-visitor-4711")
    client = replicas[0]._redis
    for name in client.keys("*"):
        assert b"canary" not in name
        if client.type(name) == b"hash":
            assert b"canary" not in b"".join([*client.hgetall(name), *client.hgetall(name).values()])
            assert client.ttl(name) > 0


def test_data_sets_are_shared(replicas: tuple[SharedState, SharedState]) -> None:
    replicas[0].save_dataset("api", "demo", b"{}")
    assert replicas[1].datasets("api") == ("demo",)
    assert replicas[1].dataset("api", "demo") == b"{}"
    assert replicas[1].dataset("api", "none") is None


def test_without_redis_a_sentence_says_so_and_later_all_goes_on(
    redis: Redis, replicas: tuple[SharedState, SharedState]
) -> None:
    put(replicas[0], "1")
    redis.stop()
    with pytest.raises(StoreError, match="Redis does not answer"):
        kept(replicas[0])
    with pytest.raises(StoreError, match="Redis does not answer"):
        put(replicas[0], "2")
    redis.start()
    put(replicas[0], "3")
    assert list(kept(replicas[1])) == ["3"]


def test_the_file_alone_is_used_where_no_redis_is_named(tmp_path: Path) -> None:
    state = open_state(tmp_path / "state.sqlite", None)
    assert type(state) is SandboxState
    state.close()
