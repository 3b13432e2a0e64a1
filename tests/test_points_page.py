"""Where each point of issue 15, "The operation page", is proven: the tests that fail if it is not so."""

from __future__ import annotations

import pytest

from tests.test_points import names_in

POINTS: dict[int, tuple[str, ...]] = {
    1: (
        "tests/browser/test_operation_page.py::test_the_first_required_field_is_in_the_first_screenful",
        "tests/browser/test_operation_page.py::test_eight_keys_lead_to_the_first_required_field",
        "tests/browser/test_operation_page.py::test_the_head_of_the_form_is_one_line",
        "tests/browser/test_operation_page.py::test_method_and_path_stand_twice_and_the_final_url_once",
        "tests/browser/test_stripe.py::test_the_page_has_its_wordings_in_order",
        "tests/browser/test_other_server.py::test_three_clicks_lead_from_a_card_to_the_first_answer",
    ),
    2: (
        "tests/web/operation/test_described.py::test_each_documented_answer_is_described_before_one_is_there",
        "tests/web/operation/test_described.py::test_deeper_lines_and_examples_come_as_they_are_asked_for",
        "tests/browser/test_operation_page.py::test_an_answer_keeps_its_description_beside_it",
        "tests/browser/test_operation_page.py::test_a_body_is_read_as_a_tree",
        "tests/web/catalogue/test_schemas.py::test_a_provider_lists_its_schemas_and_each_has_a_page",
    ),
    3: (
        "tests/browser/test_after_send.py::test_a_typed_key_goes_along_and_the_key_line_says_so",
        "tests/browser/test_after_send.py::test_the_key_line_says_where_a_key_was_not_saved_for",
        "tests/browser/test_after_send.py::test_a_pasted_key_goes_along_and_what_is_not_described_too",
    ),
    4: (
        "tests/browser/test_after_send.py::test_a_send_that_failed_takes_the_place_of_the_answer_and_leads_on",
        "tests/browser/test_after_send.py::test_offline_is_said_so_and_tried_again",
        "tests/browser/test_after_send.py::test_an_answer_is_marked_as_soon_as_the_form_changes_by_whatever",
    ),
    5: (
        "tests/catalog/test_titles.py::test_a_title_is_the_best_that_the_description_has",
        "tests/catalog/test_titles.py::test_real_operations_have_titles_that_people_can_read",
        "tests/web/operation/test_page.py::test_the_title_is_the_same_wherever_the_operation_is_named",
    ),
    6: (
        "tests/web/operation/test_navigation.py::test_the_current_operation_of_a_large_group_is_in_sight",
        "tests/web/operation/test_navigation.py::test_another_group_opens_in_place",
        "tests/web/operation/test_navigation.py::test_the_filter_is_for_large_apis_and_finds_in_place",
    ),
    7: (
        "tests/web/operation/test_problems.py::test_what_was_not_sent_is_one_box_whose_sentences_lead_to_their_fields",
        "tests/web/operation/test_problems.py::test_what_was_sent_all_the_same_is_one_line_with_its_field",
        "tests/web/operation/test_problems.py::test_before_a_send_advice_is_told_from_what_is_missing",
        "tests/browser/test_after_send.py::test_what_kept_a_request_back_leads_to_its_field",
    ),
    8: (
        "tests/browser/test_after_send.py::test_a_refusal_offers_credentials_and_the_sandbox",
        "tests/browser/test_after_send.py::test_a_paste_says_that_the_server_is_another_one_and_leads_back",
    ),
    9: (
        "tests/browser/test_operation_page.py::test_a_parameter_and_a_header_are_added_and_taken_away",
        "tests/paste/test_added.py::test_parameters_fields_and_cookies_without_a_description_are_added_and_sent",
        "tests/paste/test_added.py::test_what_may_be_a_secret_is_named_and_never_comes_back",
        "tests/browser/test_after_send.py::test_a_pasted_key_goes_along_and_what_is_not_described_too",
    ),
    10: (
        "tests/forms/test_example.py::test_what_is_required_or_everything_is_filled_in_and_fits",
        "tests/browser/test_operation_page.py::test_an_example_fills_what_is_required_then_all_fields",
    ),
    11: (
        "tests/browser/test_operation_page.py::test_output_and_code_share_a_column_or_have_it_whole",
        "tests/browser/test_operation_page.py::test_the_list_of_languages_has_room_and_closes_where_one_clicks_beside",
        "tests/browser/test_operation_page.py::test_a_sample_that_does_not_follow_gives_way_once_the_form_is_filled_in",
    ),
    12: (
        "tests/browser/test_operation_page.py::test_a_nested_field_says_its_name_once",
        "tests/browser/test_operation_page.py::test_long_help_is_clamped_until_it_is_asked_for",
        "tests/browser/test_operation_page.py::test_a_described_remark_is_a_block",
    ),
    13: (
        "tests/browser/test_palette.py::test_what_was_visited_stands_first",
        "tests/browser/test_palette.py::test_an_apis_page_offers_its_operations_before_anything_is_typed",
        "tests/browser/test_palette.py::test_a_providers_first_operations_are_in_the_first_screenful",
        "tests/browser/test_palette.py::test_groups_are_as_they_were_left",
        "tests/web/catalogue/test_provider.py::test_all_groups_open_at_once_and_close_again",
        "tests/web/catalogue/test_provider.py::test_the_filter_counts_what_it_leaves",
    ),
    14: (
        "tests/browser/test_embed.py::test_a_refused_frame_puts_its_link_in_its_place",
        "tests/browser/test_embed.py::test_an_unknown_operation_is_said_so_without_the_site_around",
        "tests/browser/test_embed.py::test_an_operation_without_parameters_is_a_low_frame",
        "tests/web/catalogue/test_search.py::test_search_landmarks_have_names_of_their_own",
        "tests/web/i18n/test_message_catalogs.py::test_german_speaks_to_people_formally_and_with_its_own_quotation_marks",
        "tests/browser/test_operation_page.py::test_a_harmless_tool_does_not_look_like_one_that_empties_the_form",
        "tests/browser/test_scenarios.py::test_the_example_of_the_empty_page_is_played",
        "tests/browser/test_without_script.py::test_nothing_is_offered_that_needs_a_script",
    ),
}
"""By the number of the issue."""


def test_every_point_has_its_tests() -> None:
    assert sorted(POINTS) == list(range(1, 15))


@pytest.mark.parametrize("number", POINTS)
def test_the_tests_of_a_point_are_there(number: int) -> None:
    for name in POINTS[number]:
        path, _, test = name.partition("::")
        assert test in names_in(path), name
