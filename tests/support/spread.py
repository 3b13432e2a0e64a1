"""How tests are spread over the workers of pytest-xdist: a file at a time, in the order in which they were collected.

A table of a hundred rows then is one errand instead of a hundred, and what a module shares is made by one worker only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadGroupScheduling

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.workermanage import WorkerController

MOST = 60
"""Tests of one file that a worker takes at once: so the workers end at nearly the same time."""
FIRST = ("long", "browser", "slow")
"""Marks of what begins first, since a file of it takes long."""


def urgency(item: pytest.Item) -> int:
    """Return where in line a test stands, to sort by."""
    return next((at for at, mark in enumerate(FIRST) if item.get_closest_marker(mark)), len(FIRST))


class FileScheduling(LoadGroupScheduling):  # type: ignore[misc]
    """Gives a worker the tests of a group, or else some tests of one file; it finds its way in thousands of them."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False  # by how many tests there are: what takes long is few
        self._indexes: dict[WorkerController, dict[str, int]] = {}
        self._units: dict[str, str] = {}

    def add_node_collection(self, node: WorkerController, collection: Sequence[str]) -> None:
        """Keep what a worker has collected, and where in it each test stands."""
        super().add_node_collection(node, collection)
        self._indexes[node] = {nodeid: index for index, nodeid in enumerate(collection)}
        if not self._units:
            self._units = units_of(collection, super()._split_scope)

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """Forget a test that has run, so that what is left need not be searched for among all that was."""
        nodeid = self.registered_collections[node][item_index]
        unit = self._split_scope(nodeid)
        work = self.assigned_work[node]
        del work[unit][nodeid]
        if not work[unit]:
            del work[unit]
        self._reschedule(node)

    def _assign_work_unit(self, node: WorkerController) -> None:
        unit, work = self.workqueue.popitem(last=False)
        self.assigned_work[node][unit] = work
        node.send_runtest_some([self._indexes[node][nodeid] for nodeid in work])

    def _split_scope(self, nodeid: str) -> str:
        return self._units[nodeid]


def units_of(collection: Sequence[str], group_of: Callable[[str], str]) -> dict[str, str]:
    """Return the unit of each test: its group, or its file and how many times as many as `MOST` stand before it."""
    before: Counter[str] = Counter()
    units = {}
    for nodeid in collection:
        group = group_of(nodeid)
        if group == nodeid:
            file = nodeid.partition("::")[0]
            group = f"{file} {before[file] // MOST}"
            before[file] += 1
        units[nodeid] = group
    return units
