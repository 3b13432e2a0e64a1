"""Answers kept in an S3-compatible bucket, which several replicas share: Amazon's own, MinIO, Garage, Ceph and others.

A bucket forgets nothing by itself within minutes. So an object's key says whose answer it is, when it came and how long
it is: what is too old, or beyond a bound, is removed by reading keys alone, after the visitor has been answered. What
the storage says is not trusted either: a key that we did not write is left alone, and no more is read than was kept.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from playground.answers.keep import (
    Bounds,
    Kept,
    RecentlyRead,
    digest_of,
    head_of,
    new_token,
    owner_in,
    owner_of,
    unpacked,
)
from playground.config import Bucket, SettingsError

log = logging.getLogger(__name__)

_SECONDS: Final = 5
"""How long the storage may take to connect, and between two pieces of an answer."""

_LARGEST_HEAD: Final = 8_000_000
_MOST_SWEPT: Final = 20_000
"""Keys that are looked through for what all visitors have; a lifecycle rule of the bucket is for what is beyond."""

_SWEEP_SECONDS: Final = 120.0
_NAME = re.compile(r"(?P<owner>[0-9a-f]{12})/(?P<digest>[0-9a-f]{64})\.(?P<at>\d{10,14})\.(?P<size>\d{1,12})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class _Object:
    at: int
    """Milliseconds since 1970."""

    key: str
    size: int


class BucketKeep:
    """Answers in a bucket. Its key is not a setting of ours: the storage's SDK finds it as it always does."""

    def __init__(self, bucket: Bucket, bounds: Bounds | None = None) -> None:
        """Prepare the client; nothing is asked yet. Raises `SettingsError` where the address or region is none."""
        import botocore.session
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError, ClientError

        self._bucket = bucket
        self._bounds = bounds or Bounds()
        self._recent = RecentlyRead(self._bounds.visitor)
        self._errors: tuple[type[Exception], ...] = (BotoCoreError, ClientError, OSError, ValueError)
        config = Config(
            connect_timeout=_SECONDS,
            read_timeout=_SECONDS,
            retries={"mode": "standard", "total_max_attempts": 2},
            # An address of the operator's own need not have a name for each bucket.
            s3={"addressing_style": "path" if bucket.endpoint else "auto"},
            # Other storages do not know what Amazon's have learnt since.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        try:
            self._client: Any = botocore.session.Session().create_client(
                "s3", region_name=bucket.region, endpoint_url=bucket.endpoint, config=config
            )
        except (BotoCoreError, ValueError) as error:
            raise SettingsError(f"PLAYGROUND_ANSWERS names a bucket that cannot be used: {error}") from None
        self._tidying = ThreadPoolExecutor(1, thread_name_prefix="answers")
        self._lock = threading.Lock()
        self._swept = time.monotonic()

    def put(self, visitor: str, kept: Kept) -> str | None:
        """Keep an answer and return its token; `None` where it is too large or the storage does not take it."""
        data = kept.body.data
        if len(data) > self._bounds.answer:
            return None
        owner = owner_of(visitor)
        token = new_token(owner)
        name = digest_of(token)
        stored = head_of(kept) + data
        key = f"{self._bucket.prefix}{owner}/{name}.{time.time_ns() // 1_000_000}.{len(stored)}"
        try:
            self._client.put_object(
                Bucket=self._bucket.name, Key=key, Body=stored, ContentType="application/octet-stream"
            )
        except self._errors as error:
            log.warning("an answer could not be kept in the bucket: %s", _brief(error))
            return None
        self._recent.put(name, kept)
        self._tidying.submit(self._tidy, owner)
        return token

    def get(self, token: str) -> Kept | None:
        """Return a kept answer; the last ones read stay in memory with what was read of them."""
        owner = owner_in(token)
        if owner is None:
            return None
        name = digest_of(token)
        try:
            found = next(self._objects(f"{owner}/{name}."), None)
            if found is None or self._is_old(found):
                self._recent.drop(name)
                return None
            if (kept := self._recent.get(name)) is not None:
                return kept
            kept = unpacked(self._read(found))
        except self._errors as error:
            log.warning("a kept answer could not be read from the bucket: %s", _brief(error))
            return None
        self._recent.put(name, kept)
        return kept

    def problem(self) -> str:
        """Return a sentence where the bucket cannot be used."""
        try:
            self._client.list_objects_v2(Bucket=self._bucket.name, Prefix=self._bucket.prefix, MaxKeys=1)
        except self._errors:
            return "the bucket for answers does not answer, so none is kept"
        return ""

    def close(self) -> None:
        """Wait until what is too old or too much is removed, and close the connections."""
        self._tidying.shutdown()
        self._client.close()

    def _read(self, found: _Object) -> bytes:
        """Return what is stored. Raises `ValueError` where that is not what was kept."""
        answer = self._client.get_object(Bucket=self._bucket.name, Key=found.key)
        with answer["Body"] as stream:
            stored: bytes = stream.read(found.size + 1)
        if len(stored) != found.size:
            raise ValueError("the storage has another length than was kept")
        return stored

    def _is_old(self, found: _Object) -> bool:
        return not -60 <= time.time() - found.at / 1_000 <= self._bounds.seconds

    def _objects(self, below: str = "") -> Iterator[_Object]:
        """Yield the answers whose keys begin with our prefix and a text; any other key is somebody else's."""
        more: dict[str, str] = {}
        prefix = self._bucket.prefix
        for _ in range(_MOST_SWEPT // 1_000):
            page = self._client.list_objects_v2(Bucket=self._bucket.name, Prefix=prefix + below, **more)
            for listing in page.get("Contents", ()):
                key = str(listing.get("Key", ""))
                name = _NAME.fullmatch(key.removeprefix(prefix)) if key.startswith(prefix + below) else None
                if name is not None and int(name["size"]) <= self._bounds.answer + _LARGEST_HEAD:
                    yield _Object(at=int(name["at"]), key=key, size=int(name["size"]))
            mark = page.get("NextContinuationToken")
            if not page.get("IsTruncated") or not mark:
                return
            more = {"ContinuationToken": mark}

    def _tidy(self, owner: str) -> None:
        """Remove a visitor's answers beyond the bounds, now and then those of all."""
        try:
            self._remove_beyond(f"{owner}/", self._bounds.visitor, self._bounds.visitor_answers)
            with self._lock:
                if time.monotonic() - self._swept < _SWEEP_SECONDS:
                    return
                self._swept = time.monotonic()
            self._remove_beyond("", self._bounds.everybody, _MOST_SWEPT)
        except self._errors as error:
            log.warning("old answers could not be removed from the bucket: %s", _brief(error))

    def _remove_beyond(self, below: str, most: int, most_answers: int) -> None:
        total, gone = 0, list[str]()
        for count, entry in enumerate(sorted(self._objects(below), reverse=True), 1):
            total += entry.size
            if total > most or count > most_answers or self._is_old(entry):
                gone.append(entry.key)
        # One by one: to remove many at once is what storages other than Amazon's do each in its own way.
        for key in gone:
            self._client.delete_object(Bucket=self._bucket.name, Key=key)


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
