"""Drawing lots that fall the same way for the same seed."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

T = TypeVar("T")

LOWER = "abcdefghijkmnopqrstuvwxyz"
HEX = "0123456789abcdef"
DIGITS = "0123456789"
BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def seed_of(*parts: object) -> int:
    """Return a number for texts and other values that `str` writes; it is the same in every process."""
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big")


def today() -> datetime:
    """Return the start of this day (UTC): what times are counted from, so that answers stay the same for a day."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


class Draw:
    """A stream of lots. Not for secrets: it can be foreseen, which is what it is for."""

    __slots__ = ("_random",)

    def __init__(self, seed: int) -> None:
        """Begin the stream of a seed."""
        self._random = random.Random(seed)  # noqa: S311 - made-up data, the same each time

    def below(self, count: int) -> int:
        """Return an integer from 0 to `count` - 1."""
        # Far quicker than `randrange`, and even enough for picking names.
        return int(self._random.random() * count)

    def between(self, least: int, most: int) -> int:
        """Return an integer from `least` to `most`."""
        if most - least < 2**50:
            return least + int(self._random.random() * (most - least + 1))
        return self._random.randint(least, most)

    def pick(self, pool: Sequence[T]) -> T:
        """Return one member of a pool."""
        return pool[int(self._random.random() * len(pool))]

    def text(self, length: int, alphabet: str = BASE62) -> str:
        """Return characters of an alphabet."""
        return "".join(self._random.choices(alphabet, k=length))

    def seed(self) -> int:
        """Return a seed for a stream of its own."""
        return self._random.getrandbits(63)

    def uuid(self) -> str:
        """Return a random UUID (RFC 9562, version 4)."""
        digits = f"{self._random.getrandbits(128):032x}"
        variant = "89ab"[int(digits[16], 16) & 3]
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
