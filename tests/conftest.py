"""What every test shares."""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from _pytest.nodeid import coerce_node_id
from hypothesis import HealthCheck, settings

from tests.support.slow import shuffle
from tests.support.spread import FileScheduling, urgency
from tests.support.wheel import Installed, install_wheel

if TYPE_CHECKING:
    from xdist.remote import Producer

LONG = "PLAYGROUND_LONG"
"""The variable that asks for the tests marked `long` as well, and for more examples; `.ci/run` sets it."""

# Each run draws the same examples, so that a change alone makes a test fail; only those of `fuzz` may be others.
# Machines are noisy, so no example fails for being slow.
settings.register_profile(
    "playground",
    max_examples=100 if LONG in os.environ else 40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("playground")

# Compiled code is kept, whatever the environment says: else each of some hundred processes compiles all of it again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Some hundred thousand objects are made while tests are collected, and stay: the garbage collector does not look then,
# and later (`pytest_collection_finish`) not at them.
gc.disable()

# A shell's background job ignores Ctrl+C and `nohup` a closed terminal, and so would every process that a test starts:
# it would wait for ever for one that it ends.
for _number, _handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is long, unless it is asked for or named, and let `xdist_group` keep tests on one worker.

    pytest-xdist 3.8 writes an id where pytest 9.2 no longer reads it.
    """
    is_named = any("::" in argument for argument in config.args)
    if not is_named and not config.option.markexpr:
        left = {item for item in items if LONG not in os.environ and item.get_closest_marker("long")}
        config.hook.pytest_deselected(items=list(left))
        items[:] = [item for item in items if item not in left]
    if hasattr(config, "workerinput"):  # what takes long begins first, so that no worker is left with it alone
        items.sort(key=urgency)
    shuffle(items)
    for item in items:
        grouped = getattr(item, "_nodeid", None)
        if isinstance(grouped, str) and "@" in grouped:
            item._id = coerce_node_id(grouped)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FileScheduling | None:
    """Give the workers whole files, where groups are asked for at all."""
    return FileScheduling(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.fixture(scope="session", autouse=True)
def _temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let temporary files of this process, and of those it starts, lie in a folder that pytest takes away.

    A site keeps its answers in one for each catalogue, and most tests have a catalogue of their own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(tmp_path_factory.mktemp("temporary")))
        patch.setattr(tempfile, "tempdir", None)
        yield


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """An environment with the built wheel in it, one for all tests of a run."""
    return install_wheel(tmp_path_factory)


def pytest_collection_finish() -> None:
    """Take what was collected out of the garbage collector's sight: it took half a second to look through it."""
    gc.enable()
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """End a test that works longer than its mark `cpu` says; waiting for a busy machine is no work."""
    mark = item.get_closest_marker("cpu")
    if mark is None:
        return (yield)
    seconds = mark.args[0]

    def end(_: int, __: FrameType | None) -> None:
        pytest.fail(f"it worked longer than {seconds} seconds")

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
