"""What every test shares."""

from __future__ import annotations

import os
import signal

import pytest
from _pytest.nodeid import coerce_node_id
from hypothesis import HealthCheck, settings

# Each run draws the same examples, so that a change alone makes a test fail; `make fuzz` draws new ones each time.
# Machines are noisy, so no example fails for being slow.
settings.register_profile(
    "playground",
    deadline=None,
    derandomize="PLAYGROUND_FUZZ" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("playground")

# A shell's background job ignores Ctrl+C, and so would every process that a test starts and interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let `xdist_group` keep tests on one worker: pytest-xdist 3.8 writes an id where pytest 9.2 no longer reads it."""
    for item in items:
        grouped = getattr(item, "_nodeid", None)
        if isinstance(grouped, str) and "@" in grouped:
            item._id = coerce_node_id(grouped)
