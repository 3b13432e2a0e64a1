"""Where each point of issue 21, "Agents, workflows and versions", is proven: the tests that fail if it is not so."""

from __future__ import annotations

import pytest

from tests.test_points import names_in

POINTS: dict[int, tuple[str, ...]] = {
    1: (
        "tests/web/agents/test_server.py::test_tools_are_few_and_say_what_they_do",
        "tests/web/agents/test_server.py::test_the_sandbox_answers_until_a_server_is_named",
        "tests/web/agents/test_server.py::test_an_answer_says_what_contradicts_the_description_and_is_read_on",
        "tests/web/agents/test_server.py::test_a_change_of_a_live_system_needs_its_users_consent",
        "tests/web/agents/test_server.py::test_a_client_that_can_ask_its_user_does",
        "tests/web/agents/test_server.py::test_consent_to_one_call_is_none_to_another",
        "tests/web/agents/test_server.py::test_one_description_is_served_whole_on_stdio",
        "tests/web/agents/test_server.py::test_keys_come_from_the_clients_configuration_and_are_in_no_result",
        "tests/web/agents/test_prompts.py::test_each_scenario_and_each_workflow_is_a_prompt",
        "tests/web/agents/test_describe.py::test_stripes_update_is_short_and_whole",
        "tests/web/agents/test_describe.py::test_the_page_tells_clients_and_a_stream_is_refused",
        # What a description says is data, whatever it is written into.
        "tests/web/agents/test_attacks.py::test_orders_of_a_description_are_data_in_every_tool",
        "tests/web/agents/test_attacks.py::test_what_the_operator_rules_out_is_no_tools_either",
        "tests/web/agents/test_attacks.py::test_a_models_words_put_no_credential_into_a_url_or_a_log",
        # Figures: `python -m bench search agents`; the Inspector: `python -m bench inspector`.
        "tests/bench/test_searching.py::test_another_hundred_is_held_out",
        "tests/bench/test_searching.py::test_nine_of_ten_find_what_they_need",
        "tests/bench/test_agents.py::test_a_required_input_that_is_not_named_is_found",
        "tests/bench/test_inspector.py::test_the_scenario_calls_an_operation_of_the_description",
        "tests/store/test_tasks.py::test_a_task_finds_what_it_needs",
    ),
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
    4: (
        "tests/changes/test_golden.py::test_the_changes_are_those_that_a_person_has_read",
        "tests/changes/test_golden.py::test_links_to_every_operation_of_the_old_open_on_the_new",
        "tests/changes/test_compare.py::test_what_many_operations_have_in_common_is_said_once",
        "tests/changes/test_compare.py::test_what_differs_beside_the_changes_is_named",
        "tests/web/catalogue/test_changes.py::test_versions_are_shown_with_what_breaks",
        "tests/web/catalogue/test_changes.py::test_the_feed_has_an_entry_for_each_change",
        "tests/web/operation/test_earlier.py::test_a_link_says_what_went_and_offers_what_it_may_be",
        "tests/web/operation/test_earlier.py::test_an_operation_that_was_removed_is_told_of_with_what_it_may_be",
        "tests/web/operation/test_earlier.py::test_a_kept_answer_and_a_step_of_an_earlier_version_fill_the_new_form",
        "tests/web/operation/test_earlier.py::test_the_page_says_when_the_operation_changed_last",
        "tests/browser/test_versions.py::test_a_link_and_a_draft_open_on_the_new_description",
        # Five real pairs that a person has read, and cases of oasdiff: `python -m bench versions oasdiff`.
        "tests/bench/test_versions.py::test_a_pair_is_told_by_counts_rules_and_schemas",
    ),
    5: (
        "tests/openapi/test_overlay.py::test_the_examples_of_the_specification_are_applied",
        "tests/openapi/test_overlay.py::test_later_actions_see_what_earlier_ones_made_and_idle_ones_are_told",
        "tests/openapi/test_overlay.py::test_what_is_no_overlay_is_refused",
        "tests/imports/test_overlays.py::test_overlays_are_kept_and_applied_again_at_each_update",
        "tests/imports/test_overlays.py::test_sync_reads_the_overlays_that_its_file_lists",
        "tests/imports/test_overlays.py::test_an_overlay_that_extends_a_description_is_a_source",
        "tests/imports/test_overlays.py::test_a_hostile_overlay_ends",
        # The specification's own documents: `python -m bench overlays`.
        "tests/bench/test_overlays.py::test_what_is_dealt_with_otherwise_is_named",
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
        "tests/web/test_readers.py::test_a_record_or_a_draft_of_a_hidden_api_opens_on_no_page_of_it",
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
    assert sorted(POINTS) == list(range(1, 8))


@pytest.mark.parametrize("number", POINTS)
def test_the_tests_of_a_point_are_there(number: int) -> None:
    for name in POINTS[number]:
        path, _, test = name.partition("::")
        assert test in names_in(path), name
