"""Where each point of issue 18, "The sandbox", is proven: the tests that fail if it is not so."""

from __future__ import annotations

import pytest

from tests.test_points import names_in

POINTS: dict[int, tuple[str, ...]] = {
    1: (
        "tests/values/test_believable.py::test_values_suit_their_names",
        "tests/values/test_believable.py::test_keywords_are_respected",
        "tests/values/test_believable.py::test_counts_agree_with_lists",
        "tests/values/test_believable.py::test_every_real_schema_gets_a_value_that_fits",
        "tests/values/test_identifiers.py::test_a_prefix_is_read_where_it_is_shown",
        "tests/values/test_files.py::test_each_kind_has_its_file",
        "tests/sandbox/test_answering.py::test_same_request_has_the_same_answer",
        "tests/sandbox/test_answering.py::test_described_headers_are_sent_if_http_allows_them",
        "tests/sandbox/test_reply.py::test_events_come_with_pauses",
    ),
    2: (
        "tests/sandbox/test_memory.py::test_what_was_made_up_can_be_changed_and_deleted",
        "tests/sandbox/test_memory.py::test_a_deleted_thing_is_missing",
        "tests/sandbox/test_memory.py::test_an_action_changes_what_its_name_says",
        "tests/sandbox/test_memory.py::test_a_merge_patch_and_a_json_patch_are_what_their_standards_say",
        "tests/sandbox/test_memory.py::test_visitors_do_not_see_each_other",
        "tests/sandbox/test_verbs.py::test_what_is_made_is_read_and_listed",
        "tests/sandbox/test_lists.py::test_a_cursor_leads_through_all",
        "tests/sandbox/test_lists.py::test_what_is_read_as_a_list_is_emptied_and_never_missing",
        "tests/store/test_sandbox_state.py::test_all_together_keep_no_more_than_they_may_and_the_earliest_are_forgotten",
        "tests/store/test_sandbox_redis.py::test_what_one_replica_keeps_the_other_has",
        "tests/browser/test_sandbox.py::test_another_browser_sees_nothing_of_it_and_reset_forgets_it",
        "tests/browser/test_sandbox.py::test_a_link_brings_a_data_set",
        "tests/cli/test_sandbox.py::test_a_data_set_is_kept_by_name",
    ),
    3: (
        "tests/sandbox/test_judge.py::test_a_body_that_is_wrong_is_refused_with_its_place",
        "tests/sandbox/test_judge.py::test_parameters_are_judged",
        "tests/sandbox/test_judge.py::test_content_of_another_kind_is_refused",
        "tests/sandbox/test_judge.py::test_what_a_form_can_say_is_understood",
        "tests/sandbox/test_judge.py::test_credentials_have_to_be_there_and_of_the_right_kind",
        "tests/sandbox/test_judge.py::test_validation_can_be_put_off",
        "tests/sandbox/test_conditions.py::test_the_same_key_gives_the_same_answer_once",
        "tests/sandbox/test_conditions.py::test_a_change_of_what_was_changed_meanwhile_is_refused",
        "tests/sandbox/test_conditions.py::test_an_unchanged_thing_is_not_sent_again",
    ),
    4: (
        "tests/browser/test_sandbox.py::test_an_outcome_is_chosen_beside_the_server",
        "tests/sandbox/test_negotiate.py::test_a_field_is_read",
        "tests/sandbox/test_service.py::test_a_status_is_chosen",
        "tests/sandbox/test_service.py::test_an_example_is_chosen_or_left_aside",
        "tests/sandbox/test_service.py::test_failures_and_delays_are_left_to_who_sends_it",
        "tests/web/test_sandbox_api.py::test_a_delay_is_waited_for",
    ),
    5: (
        "tests/web/test_sandbox_api.py::test_any_client_can_use_it",
        "tests/web/test_sandbox_api.py::test_it_is_open_to_pages_of_every_origin",
        "tests/web/test_sandbox_api.py::test_the_description_is_served_with_what_the_sandbox_answers",
        "tests/browser/test_sandbox.py::test_a_customer_made_on_the_page_is_read_by_the_copied_command",
        "tests/cli/test_sandbox.py::test_a_file_is_served_with_a_memory_that_all_share",
        "tests/cli/test_sandbox.py::test_a_provider_of_the_catalogue_is_served",
    ),
    6: (
        "tests/web/test_events.py::test_an_event_is_filled_from_what_the_visitor_made",
        "tests/web/test_events.py::test_it_is_signed_and_sent_to_loopback_on_a_local_site",
        "tests/web/test_events.py::test_a_hosted_site_sends_to_no_address_that_is_typed",
        "tests/web/test_events.py::test_the_data_of_the_sandbox_lists_the_events_that_were_caused",
        "tests/sandbox/test_events.py::test_standard_webhooks_sign_identifier_time_and_content",
    ),
    7: (
        "tests/sandbox/test_recording.py::test_the_same_request_gets_it_whoever_signed_it",
        "tests/sandbox/test_recording.py::test_it_is_in_the_data_set_and_comes_back_with_it",
        "tests/web/operation/test_sandbox.py::test_a_real_answer_is_kept_as_the_sandboxs_without_its_secrets",
    ),
}
"""By the number of the issue."""
SHOWN: dict[str, tuple[str, ...]] = {
    "stories in a browser": (
        "tests/browser/test_sandbox.py::test_a_customer_made_on_the_page_is_read_by_the_copied_command",
        "tests/browser/test_sandbox_stories.py::test_an_issue_is_made_commented_labelled_and_closed",
        "tests/browser/test_sandbox_stories.py::test_a_file_is_put_listed_read_and_deleted",
        "tests/browser/test_sandbox_stories.py::test_a_cluster_is_patched_in_three_ways_and_watched_as_it_changes",
    ),
    "stories by curl": (
        "tests/sandbox/test_curl_story.py::test_stripe_by_curl",
        "tests/sandbox/test_curl_story.py::test_github_by_curl",
        "tests/sandbox/test_curl_story.py::test_kubernetes_by_curl",
        "tests/sandbox/test_curl_story.py::test_a_store_of_files_by_curl",
    ),
    "stories by the package": (
        "tests/sdk/test_sandbox_story.py::test_stripe_is_told_by_the_package",
        "tests/sdk/test_sandbox_story.py::test_an_issue_is_told_by_the_package",
        "tests/sdk/test_sandbox_story.py::test_a_cluster_is_told_by_the_package",
        "tests/sdk/test_sandbox_story.py::test_a_file_is_told_by_the_package",
    ),
    "schemathesis": ("tests/bench/test_conformance.py::test_what_is_served_is_as_it_is_described",),
    "hostile requests": (
        "tests/web/test_sandbox_api.py::test_hostile_json_is_answered",
        "tests/web/test_sandbox_api.py::test_packed_content_is_not_unpacked",
        "tests/web/test_sandbox_api.py::test_too_much_is_not_read",
        "tests/web/test_sandbox_api.py::test_a_body_without_an_end_is_cut",
        "tests/web/test_sandbox_api.py::test_a_parameter_sent_twice_is_refused_and_one_of_a_body_is_none_of_the_query",
        "tests/web/test_sandbox_api.py::test_a_visitor_cannot_fill_anothers_room",
        "tests/store/test_sandbox_state.py::test_a_visitor_whose_request_is_worked_on_keeps_no_other_waiting",
    ),
}
"""By what the issue asks to be shown; figures and what takes long: `python -m bench sandbox speed conformance`."""


def test_every_point_has_its_tests() -> None:
    assert sorted(POINTS) == list(range(1, 8))


@pytest.mark.parametrize("name", [name for names in (*POINTS.values(), *SHOWN.values()) for name in names])
def test_the_tests_of_a_point_are_there(name: str) -> None:
    path, _, test = name.partition("::")
    assert test in names_in(path), name
