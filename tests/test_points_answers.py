"""Where each point of issue 17, "Answers", is proven: the tests that fail if it is not so."""

from __future__ import annotations

import pytest

from tests.test_points import names_in

POINTS: dict[int | str, tuple[str, ...]] = {
    1: (
        "tests/contentviews/test_golden.py::test_a_body_is_shown_as_before",
        "tests/contentviews/test_golden.py::test_every_view_of_a_body_works_and_hides_nothing",
        "tests/contentviews/test_tree.py::test_values_keep_their_spelling",
        "tests/contentviews/test_tree.py::test_a_long_list_comes_in_slices",
        "tests/contentviews/test_tree.py::test_links_are_harmless_ones_and_times_are_explained",
        "tests/contentviews/test_tree.py::test_only_what_is_certain_is_explained",
        "tests/contentviews/test_table.py::test_a_list_of_objects_is_rows_of_all_their_members",
        "tests/contentviews/test_table.py::test_rows_are_sorted_by_size_and_the_empty_come_last",
        "tests/contentviews/test_media.py::test_an_image_says_its_size",
        "tests/contentviews/test_media.py::test_html_is_its_source_first_and_a_preview_on_request",
        "tests/contentviews/test_registry.py::test_a_problem_document_is_a_sentence",
        "tests/web/test_answers.py::test_another_view_is_asked_of_the_kept_bytes",
        "tests/web/test_broken_encodings.py::test_a_coding_that_is_none_is_said_and_nothing_is_lost",
        "tests/web/test_broken_encodings.py::test_a_charset_that_is_another_is_said_and_nothing_is_lost",
        "tests/web/test_broken_encodings.py::test_header_fields_of_any_bytes_are_shown_and_hide_nothing",
    ),
    2: (
        "tests/answers/test_find.py::test_places_are_counted_and_go_round",
        "tests/answers/test_filter.py::test_a_filter_selects_and_keeps_spellings",
        "tests/answers/test_filter.py::test_too_much_work_ends",
        "tests/web/test_answers.py::test_a_filter_is_a_view_again",
        "tests/browser/test_answer_views.py::test_find_and_filter_keep_view_and_focus_and_say_what_they_found",
    ),
    3: (
        "tests/browser/test_handles.py::test_the_stripe_story_goes_from_answer_to_answer",
        "tests/browser/test_handles.py::test_a_handle_is_copied_and_taken_into_a_scenario",
        "tests/browser/test_handles.py::test_a_further_page_fills_in_and_sends",
        "tests/answers/test_uses.py::test_a_customer_is_used_in_paths_first_then_queries_then_bodies",
        "tests/answers/test_followups.py::test_an_answer_tells_of_further_pages",
        "tests/web/kept/test_goes_on.py::test_links_of_the_description_open_their_operation_filled_in",
    ),
    4: (
        "tests/contract/test_check.py::test_status_type_and_header_fields",
        "tests/contract/test_check.py::test_streams_are_checked_item_by_item",
        "tests/contract/test_check.py::test_what_is_not_forbidden_is_a_note",
        "tests/contract/test_validator.py::test_a_discriminator_picks_the_branch",
        "tests/web/test_checked.py::test_findings_name_pointer_rule_and_place_and_mark_the_node",
        "tests/cli/test_checking.py::test_findings_are_lines_with_pointer_rule_and_place",
        "tests/cli/test_checking.py::test_a_scenario_is_checked_step_by_step",
        "tests/contract/test_report.py::test_junit_xml_is_well_formed_whatever_is_in_it",
    ),
    5: (
        "tests/browser/test_history.py::test_the_last_answer_is_there_again_after_reload_and_back",
        "tests/browser/test_history.py::test_the_history_tells_what_differed_and_opens_and_sends_again",
        "tests/browser/test_history.py::test_the_page_of_all_answers_searches_pins_names_forgets_and_erases",
        "tests/browser/test_history.py::test_no_secret_is_in_what_is_kept",
        "tests/browser/test_history.py::test_demo_mode_keeps_nothing",
        "tests/browser/test_history.py::test_a_browser_without_storage_says_that_nothing_is_kept",
        "tests/browser/test_history.py::test_a_full_storage_is_said_and_tried_again",
        "tests/browser/test_history.py::test_a_history_of_a_newer_version_is_left_alone",
        "tests/browser/test_history.py::test_a_broken_history_is_begun_anew_when_it_is_erased",
        "tests/browser/test_history.py::test_rubbish_among_what_is_kept_is_told_from_answers",
        "tests/browser/test_history.py::test_two_tabs_share_what_is_kept",
    ),
    6: (
        "tests/answers/test_compare.py::test_json_is_compared_node_by_node",
        "tests/answers/test_compare.py::test_order_and_volatile_fields_are_left_out_on_request",
        "tests/answers/test_compare.py::test_other_texts_are_compared_line_by_line",
        "tests/web/kept/test_comparison.py::test_an_answer_is_compared_with_the_documented_example",
        "tests/web/kept/test_comparison.py::test_an_answer_is_compared_with_the_sandbox",
        "tests/browser/test_history.py::test_two_answers_are_compared_and_one_with_a_send_to_another_server",
    ),
    7: (
        "tests/web/kept/test_routes.py::test_a_bundle_is_one_file_without_secrets",
        "tests/web/kept/test_routes.py::test_the_page_of_a_bundle_asks_for_nothing_and_runs_nothing",
        "tests/answers/test_bundle.py::test_every_required_member_is_there",
        "tests/browser/test_history.py::test_a_bundle_opens_on_another_site_offline_and_in_its_form",
        "tests/browser/test_history.py::test_a_link_carries_a_small_answer",
    ),
    8: (
        "tests/answers/types/test_languages.py::test_typescript_types_the_answer",
        "tests/answers/types/test_languages.py::test_typed_dicts_type_the_answer",
        "tests/answers/types/test_languages.py::test_pydantic_reads_the_answer_and_refuses_another",
        "tests/answers/types/test_languages.py::test_go_reads_the_answer",
        "tests/web/kept/test_code.py::test_types_come_from_the_schema",
        "tests/web/kept/test_code.py::test_the_exchange_holds_no_secret",
        "tests/web/kept/test_code.py::test_an_example_is_a_patch_of_the_description",
    ),
    9: (
        "tests/answers/test_keep.py::test_an_answer_is_found_by_its_token_in_every_worker",
        "tests/answers/test_keep.py::test_old_answers_go",
        "tests/answers/test_keep.py::test_what_all_visitors_have_is_bounded",
        "tests/answers/test_keep_in_redis.py::test_another_replica_has_the_answer",
        "tests/answers/test_keep_in_bucket.py::test_another_replica_has_the_answer",
        "tests/contentviews/test_json_index.py::test_every_node_is_where_a_parser_finds_it",
        "tests/contentviews/test_json_index.py::test_long_lists_are_read_in_slices",
        "tests/web/test_answers.py::test_a_long_answer_is_read_once_to_be_checked_and_shown",
    ),
    10: (
        "tests/web/operation/test_failure.py::test_steps_are_those_taken_the_failed_one_and_what_was_not_reached",
        "tests/web/operation/test_failure.py::test_a_page_explains_a_call_that_broke_off",
    ),
    11: (
        "tests/browser/test_answer_views.py::test_the_tree_is_walked_opened_and_searched_by_keys",
        "tests/browser/test_answer_views.py::test_the_table_is_a_grid_for_keys",
        "tests/browser/test_reach.py::test_an_answer_is_announced_and_the_focus_stays",
        "tests/browser/test_handles.py::test_what_can_be_done_with_an_answer_has_no_violations",
        "tests/web/kept/test_handles.py::test_a_use_opens_the_other_form_filled_in_without_a_script",
        "tests/web/kept/test_goes_on.py::test_a_further_page_is_sent_and_filled_in_without_a_script",
    ),
    "figures": (
        "tests/bench/test_answers.py::test_the_small_figure_is_a_ratio",
        "tests/bench/test_large_answer.py::test_a_large_answer_is_scrolled_found_in_filtered_and_seen_by_every_view",
    ),
    "shown by": (
        "tests/contentviews/test_golden.py::test_there_are_sixty_bodies",
        "tests/browser/test_hostile_answers.py::test_nothing_of_a_hostile_answer_executes",
        "tests/contract/test_validator.py::test_the_test_suite_agrees",
        "tests/contract/test_check.py::test_each_mutation_is_found_where_it_is",
        "tests/contract/test_check.py::test_answers_of_the_sandbox_match_300_operations_of_real_descriptions",
        "tests/contract/test_check.py::test_examples_that_another_validator_accepts_raise_no_alarm",
        "tests/bench/test_large_answer.py::test_a_large_answer_is_scrolled_found_in_filtered_and_seen_by_every_view",
    ),
}
"""By the number of the issue, and by what it says beside them."""


def test_every_point_has_its_tests() -> None:
    assert list(POINTS) == [*range(1, 12), "figures", "shown by"]


@pytest.mark.parametrize("number", POINTS)
def test_the_tests_of_a_point_are_there(number: int | str) -> None:
    for name in POINTS[number]:
        path, _, test = name.partition("::")
        assert test in names_in(path), name
