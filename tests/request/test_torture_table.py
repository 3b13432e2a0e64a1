"""All 60 cases of the torture list have a test: the requests beside this module, the rest where the table says.

What is not a matter of parameters, bodies or servers is proved elsewhere: alternatives of security by what a recording
server gets (45 to 48, and 2, 3, 6, 49 in part), words and pictures by the pages (54 to 56), streams by what is on the
page before the API has finished (57), a forbidden address by the guard (51), TRACE by the refusal (58).
"""

from __future__ import annotations

import ast

import pytest

from tests.request import test_torture, test_torture_written
from tests.support.needs import ROOT

COMBINATIONS = "tests/web/operation/test_security_schemes.py::test_exactly_the_chosen_alternative_is_sent"
ELSEWHERE: dict[int, tuple[str, ...]] = {
    2: (COMBINATIONS,),
    3: (COMBINATIONS,),
    6: ("tests/web/operation/test_security_schemes.py::test_an_amazon_request_is_signed_and_holds_no_secret_key",),
    12: (
        "tests/request/test_torture.py::test_a_request_that_cannot_be_is_refused_with_the_reason",
        "tests/request/test_torture.py::test_a_get_may_carry_a_body",
    ),
    14: ("tests/openapi/test_parameters.py::test_path_values_that_keep_their_slashes",),
    21: ("tests/request/test_form_to_wire.py::test_a_list_as_a_form_is_the_pairs_of_its_items",),
    26: (
        "tests/request/test_form_to_wire.py"
        "::test_a_multipart_body_described_as_a_text_takes_its_parts_from_the_raw_editor",
    ),
    45: (COMBINATIONS,),
    46: (COMBINATIONS,),
    47: (COMBINATIONS,),
    48: (COMBINATIONS,),
    49: (COMBINATIONS,),
    50: ("tests/web/operation/test_security_schemes.py::test_a_key_whose_name_no_header_can_have_is_one_sentence",),
    51: ("tests/transport/test_addresses.py::test_every_dangerous_address_is_refused_for_its_reason",),
    54: ("tests/web/markup/test_prose.py::test_a_very_long_description_is_cut_and_says_so",),
    55: ("tests/web/markup/test_prose.py::test_nothing_active_survives",),
    56: ("tests/web/markup/test_prose.py::test_relative_links_point_at_the_description_or_are_text",),
    57: ("tests/web/operation/test_response.py::test_events_are_on_the_page_before_the_api_has_finished",),
    58: (
        "tests/request/test_form_to_wire.py::test_trace_is_refused_and_described_without_a_body",
        "tests/transport/test_exchange.py::test_methods_that_are_no_method_or_never_sent_are_refused",
    ),
}


def test_all_sixty_cases_are_accounted_for() -> None:
    real = {case.number for case in test_torture.CASES}
    written = {case.number for case in test_torture_written.CASES}
    assert real | written | ELSEWHERE.keys() == set(range(1, 61))
    # Security alone, and a method that is never sent, have no request of their own here.
    assert set(range(1, 61)) - real - written == {12, 26, 48, 58}


@pytest.mark.parametrize("test", sorted({test for tests in ELSEWHERE.values() for test in tests}))
def test_what_the_table_names_is_there(test: str) -> None:
    path, _, name = test.partition("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
