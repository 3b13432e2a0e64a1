"""The tasks of agents: each names a description, an operation and words; nine of ten are found in real descriptions."""

from __future__ import annotations

import pytest

from bench.descriptions import REAL
from bench.searching import FILES, HELD_OUT, OTHER_FILES, read_tasks, report


def test_there_are_a_hundred_tasks_over_twenty_descriptions() -> None:
    tasks = read_tasks()
    assert len(tasks) == len(set(tasks)) == 100
    assert len(FILES) == 20
    assert {task.provider for task in tasks} <= FILES.keys()
    assert all(task.operation.split()[0] in ("GET", "POST", "PUT", "PATCH", "DELETE") for task in tasks)
    assert all(task.operation.casefold() not in task.words.casefold() for task in tasks)


def test_another_hundred_is_held_out() -> None:
    tasks, known = read_tasks(HELD_OUT), read_tasks()
    assert len(tasks) == len(set(tasks)) == 100
    assert {task.provider for task in tasks} == OTHER_FILES.keys()
    assert not OTHER_FILES.keys() & FILES.keys()
    assert not {task.words for task in tasks} & {task.words for task in known}
    assert all(task.operation.casefold() not in task.words.casefold() for task in tasks)


@pytest.mark.skipif(not all((REAL.parent / file).is_file() for file in FILES.values()), reason="real descriptions")
@pytest.mark.long
def test_nine_of_ten_find_what_they_need() -> None:
    text, within = report(REAL.parent, others=False)
    assert within, text
