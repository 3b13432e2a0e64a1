"""Tests go to the workers of a run by files and groups, what takes long first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace

import pytest

from tests.support.spread import MOST, FileScheduling, units_of

ROWS = [f"tests/test_table.py::test_row[{at}]" for at in range(MOST + 2)]
GROUP = ["tests/a/test_site.py::test_page@site", "tests/b/test_site.py::test_other[x@y]@site"]
ODD = "tests/test_odd.py::test_address[a@b]"


class Worker:
    """What the scheduler needs to know of a worker."""

    def __init__(self) -> None:
        self.given: list[int] = []
        self.shutting_down = False
        self.gateway = SimpleNamespace(id="gw")

    def send_runtest_some(self, indices: Sequence[int]) -> None:
        """Take what is to be run."""
        self.given += indices

    def shutdown(self) -> None:
        """Take no more."""
        self.shutting_down = True


@pytest.fixture
def scheduling(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], FileScheduling]:
    """Make a scheduler for so many workers."""

    def make(workers: int) -> FileScheduling:
        monkeypatch.setattr(request.config.option, "tx", ["popen"] * workers)
        monkeypatch.setattr(request.config.option, "loadscopereorder", True)
        return FileScheduling(request.config)

    return make


def test_a_unit_is_a_group_or_a_part_of_a_file(scheduling: Callable[[int], FileScheduling]) -> None:
    units = units_of([*ROWS, *GROUP, ODD], super(FileScheduling, scheduling(1))._split_scope)
    assert [len([unit for unit in units.values() if unit == one]) for one in dict.fromkeys(units.values())] == [
        MOST, 2, 2, 1,
    ]  # fmt: skip
    assert units[GROUP[0]] == units[GROUP[1]] == "site"
    assert units[ODD] not in (ODD, "b]")


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_every_test_runs_once_in_the_order_of_collection(
    scheduling: Callable[[int], FileScheduling], workers: int
) -> None:
    made = scheduling(workers)
    nodes = [Worker() for _ in range(workers)]
    tests = [*ROWS, *GROUP, ODD]
    for node in nodes:
        made.add_node(node)
        made.add_node_collection(node, tests)
    made.schedule()
    done = 0
    while made.has_pending:
        for node in nodes:
            for index in node.given[done : done + 1]:
                made.mark_test_complete(node, index)
        done += 1
    assert sorted(index for node in nodes for index in node.given) == list(range(len(tests)))
    assert all(node.given == sorted(node.given) and node.shutting_down for node in nodes)
    assert made.tests_finished


def test_what_a_lost_worker_had_is_given_to_another(scheduling: Callable[[int], FileScheduling]) -> None:
    made = scheduling(2)
    tests = [*ROWS, *GROUP, ODD, *(f"tests/test_{at}.py::test_it" for at in range(3))]
    lost, other = Worker(), Worker()
    for node in (lost, other):
        made.add_node(node)
        made.add_node_collection(node, tests)
    made.schedule()
    made.mark_test_complete(lost, lost.given[0])
    assert made.remove_node(lost) == tests[lost.given[1]]
    for index in other.given:
        made.mark_test_complete(other, index)
    assert sorted([*other.given, lost.given[0]]) == list(range(len(tests)))
