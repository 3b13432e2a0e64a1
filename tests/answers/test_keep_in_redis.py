"""Answers in Redis: any replica has them, within the same bounds as in a folder, and none of them names its token."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from playground.answers.keep import Bounds, Kept
from playground.answers.keep_in_redis import RedisKeep
from playground.contentviews.registry import body_of
from tests.support.redis_server import Redis, redis_in


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    with redis_in(tmp_path_factory.mktemp("redis")) as started:
        yield started


def put(keep: RedisKeep, data: bytes, visitor: str = "ada") -> str | None:
    about = {"file": "a.json"}
    return keep.put(visitor, Kept(body=body_of(data, "application/json"), content_type="application/json", about=about))


def test_another_replica_has_the_answer(server: Redis) -> None:
    with closing(RedisKeep(server.url)) as one, closing(RedisKeep(server.url)) as other:
        token = put(one, b'{"a": 1}')
        assert token is not None
        assert not one.problem()
        for _ in range(2):
            kept = other.get(token)
            assert kept is not None
            assert (kept.body.data, kept.content_type, kept.about) == (
                b'{"a": 1}',
                "application/json",
                {"file": "a.json"},
            )
        assert other.get("unknown") is None
        assert other.get("x" * 1_000) is None


def test_what_a_visitor_may_keep_is_bounded_and_others_keep_theirs(server: Redis) -> None:
    with closing(RedisKeep(server.url, Bounds(answer=100, visitor=10_000, visitor_answers=2))) as keep:
        other = put(keep, b"x" * 90, "bob")
        tokens = [put(keep, b"%d" % number * 50, "eve") for number in range(3)]
        assert put(keep, b"x" * 101, "eve") is None
        assert [token is not None and keep.get(token) is not None for token in tokens] == [False, True, True]
        assert other is not None
        assert keep.get(other) is not None


def test_a_token_is_not_in_redis(server: Redis) -> None:
    import redis

    with closing(RedisKeep(server.url)) as keep, closing(redis.Redis.from_url(server.url)) as direct:
        token = put(keep, b"{}")
        assert token is not None
        assert all(token.encode() not in name for name in direct.keys("*"))


def test_without_redis_nothing_is_kept_and_nothing_breaks(tmp_path: Path) -> None:
    with redis_in(tmp_path) as gone:
        keep = RedisKeep(gone.url)
    with closing(keep):
        assert put(keep, b"{}") is None
        assert keep.get("a" * 36) is None
        assert keep.problem()
