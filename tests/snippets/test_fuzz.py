"""Any legal text or bytes in any slot arrives unchanged, and none of it runs.

CI draws the same requests each time. `make fuzz CASES=1000` draws that many new ones for each target; what it finds
becomes a case in `tests/support/snippets/cases.py`, which every run sends.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.snippets.registry import find_target
from tests.snippets.test_runs import every_target
from tests.support.snippets.case import Case
from tests.support.snippets.drawn import COMPILED, USUAL, calls, draw_cases
from tests.support.snippets.executed import Executed
from tests.support.snippets.execution import Batch, assert_call_arrived, assert_request_arrived, execute_both

PROGRAM = 200
"""Requests that are compiled into one program, or run in one process."""


@pytest.mark.fuzz
@pytest.mark.long
@every_target
def test_whatever_is_typed_arrives(executed: Executed, tmp_path: Path) -> None:
    executed.need()
    drawn, again = draw_cases(calls(), COMPILED if executed.compiled else USUAL)
    for start in range(0, len(drawn), PROGRAM):
        some = drawn[start : start + PROGRAM]
        batch = execute_both(tmp_path / str(start), some, executed.target, executed.run)
        batch.assert_nothing_ran()
        for case in some:
            try:
                assert_case_arrived(case, executed, batch)
            except AssertionError as error:
                pytest.fail(f"{error}\n\n{case!r}\n\nDrawn by {again}, to be kept as a case.")


def assert_case_arrived(case: Case, executed: Executed, batch: Batch) -> None:
    target = find_target(executed.target)
    if not executed.loses(target.render(case.request_for("direct")).text):
        assert_request_arrived(case, batch)
    call = target.render(case.request_for("gateway"))
    if not any("does not keep this spelling of a number" in note for note in call.notes):
        assert_call_arrived(case, batch)
