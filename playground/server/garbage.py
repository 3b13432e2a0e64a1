"""The garbage collector, told what a server is: much that stays, and answers that leave little behind."""

from __future__ import annotations

import gc

_YOUNG, _OLDER, _OLDEST = 20_000, 20, 20


def settle() -> None:
    """Let no search for garbage go over what the process has loaded so far, and let there be fewer: once, at start.

    A page makes tens of thousands of values, and hardly a cycle among them. With Python's own thresholds it is
    searched dozens of times while it is made, and one answer in some hundreds waits until all that is loaded has been
    looked at.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _OLDER, _OLDEST)
