"""Where points of issue 21, "Agents, workflows and versions", are proven: the tests that fail if it is not so."""

from __future__ import annotations

import pytest

from tests.test_points import names_in

POINTS: dict[int, tuple[str, ...]] = {
    2: (
        "tests/arazzo/test_read.py::test_reusable_objects_and_what_a_workflow_says_for_all_steps_stand_in_each_step",
        "tests/arazzo/test_read.py::test_what_is_kept_and_not_played_is_told",
        "tests/arazzo/test_write.py::test_a_document_with_everything_reads_back_equal",
        "tests/arazzo/test_write.py::test_a_scenario_becomes_a_document_that_sends_the_same_requests",
        "tests/arazzo/test_expressions.py::test_a_value_keeps_its_type",
        "tests/arazzo/test_criteria.py::test_jsonpath_selects_something",
        "tests/arazzo/test_criteria.py::test_xpath_is_judged_of_xml",
        "tests/arazzo/test_run.py::test_a_step_is_tried_again_until_it_succeeds_or_the_limit_is_reached",
        "tests/arazzo/test_run.py::test_goto_a_workflow_is_one_way",
        "tests/arazzo/test_run.py::test_selectors_of_1_1_select",
        "tests/arazzo/test_report.py::test_the_page_holds_every_exchange_and_no_secret",
        "tests/cli/test_workflows.py::test_a_description_beside_the_document_is_read_and_called",
        "tests/cli/test_workflows.py::test_the_sandbox_plays_without_a_network_and_remembers",
        "tests/cli/test_workflows.py::test_reports_tell_what_failed_without_secrets",
        "tests/web/scenarios/test_workflows.py::test_a_document_is_opened_with_its_inputs_as_a_form_and_its_branches",
        "tests/browser/test_workflows.py::test_a_workflow_is_played_and_a_value_of_its_answer_becomes_an_output",
        # Beside Redocly Respect, and with the public examples: `python -m bench respect arazzo`.
        "tests/bench/test_workflows.py::test_each_workflow_calls_operations_that_the_api_has",
    ),
    3: (
        "tests/scenario/test_checks.py::test_a_line_is_read",
        "tests/arazzo/test_checks.py::test_a_check_that_is_not_met_says_what_was_found",
        "tests/arazzo/test_checks.py::test_the_contract_is_met_where_nothing_differs",
        "tests/forms/test_variables.py::test_an_environment_wins_over_what_stands_before_all",
        "tests/forms/test_variables.py::test_the_model_keeps_the_names_of_secrets_and_only_what_is_sent_is_filled",
        "tests/web/operation/test_variables.py::test_a_variable_is_filled_in_what_is_sent",
        "tests/web/operation/test_variables.py::test_no_snippet_has_a_secret_variable_and_each_reads_it_from_the_environment",
        "tests/web/operation/test_variables.py::test_a_secret_variable_is_in_what_is_sent_and_in_nothing_that_is_shown",
        "tests/browser/test_workflows.py::test_variables_are_typed_once_and_hold_for_the_api",
        "tests/browser/test_canary.py::test_a_secret_variable_goes_with_a_send_and_nowhere_else",
    ),
    6: (
        "tests/web/owner/test_page.py::test_without_a_token_there_is_no_such_page",
        "tests/web/owner/test_page.py::test_operations_are_counted_with_what_became_of_them",
        "tests/web/owner/test_page.py::test_words_that_recur_are_shown_with_those_not_found",
        "tests/web/owner/test_page.py::test_wrong_tokens_are_refused_and_not_for_ever_listened_to",
        "tests/web/owner/test_record.py::test_a_search_that_may_hold_a_secret_or_a_person_is_not_looked_at",
        "tests/store/test_owner_counts.py::test_a_word_is_written_only_once_it_has_come_from_three_visitors",
        "tests/browser/test_versions.py::test_the_owner_signs_in_and_sees_what_was_opened",
    ),
    7: (
        "tests/web/test_readers.py::test_a_crawler_finds_nothing_hidden_in_any_address",
        "tests/web/test_readers.py::test_a_crawler_that_has_signed_in_finds_nothing_hidden_either",
        "tests/web/test_readers.py::test_a_hidden_address_answers_as_one_that_does_not_exist",
        "tests/web/test_readers.py::test_no_shared_cache_keeps_what_one_reader_saw",
        "tests/web/test_readers.py::test_the_operators_key_is_lent_to_those_who_are_named",
        "tests/web/test_readers.py::test_a_name_from_another_address_is_refused",
        "tests/store/test_readers.py::test_no_method_gives_what_is_hidden",
        "tests/web/signin/test_page.py::test_a_reader_signs_in_sees_what_the_rules_say_and_signs_out",
        "tests/web/signin/test_page.py::test_an_id_token_that_is_not_for_this_sign_in",
        "tests/web/signin/test_page.py::test_an_id_token_that_nobody_or_somebody_else_has_signed",
        "tests/web/signin/test_page.py::test_keys_are_changed",
        "tests/web/signin/test_page.py::test_a_callback_that_this_browser_has_not_begun",
        "tests/web/signin/test_page.py::test_an_answer_of_another_provider_is_not_used",
        "tests/web/signin/test_page.py::test_nothing_of_a_sign_in_is_shown_kept_or_logged",
        "tests/web/signin/test_page.py::test_two_workers_know_the_same_reader_and_a_forged_cookie_is_nobodys",
        "tests/web/signin/test_page.py::test_below_a_prefix_and_behind_a_proxy",
        "tests/web/signin/test_cookies.py::test_any_other_address_is_none",
        "tests/browser/test_sign_in.py::test_a_hidden_operation_is_reached_by_signing_in_and_hidden_again",
    ),
}
"""By the number of the issue."""


def test_every_point_has_its_tests() -> None:
    assert sorted(POINTS) == [2, 3, 6, 7]


@pytest.mark.parametrize("number", POINTS)
def test_the_tests_of_a_point_are_there(number: int) -> None:
    for name in POINTS[number]:
        path, _, test = name.partition("::")
        assert test in names_in(path), name
