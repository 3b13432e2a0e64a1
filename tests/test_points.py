"""Where each number of issue 19, "Right on everybody's fixtures", is proven: the tests that fail if it is not so."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from tests.support.needs import ROOT

POINTS: dict[int, tuple[str, ...]] = {
    0: (
        "tests/snippets/test_runs.py::test_direct_snippet_sends_the_request",
        "tests/snippets/test_fuzz.py::test_whatever_is_typed_arrives",
    ),
    1: (
        "tests/request/test_content.py::test_a_form_without_encoding_repeats_lists_and_writes_objects_as_json",
        "tests/request/test_brackets.py::test_the_choice_of_objects_goes_through_the_form",
        "tests/cli/test_sending.py::test_objects_in_a_form_are_json_or_in_brackets",
        "tests/browser/test_drafts.py::test_how_objects_are_written_is_remembered_for_the_api",
        "tests/browser/test_drafts.py::test_a_link_carries_how_objects_are_written",
        "tests/paste/test_body.py::test_a_pasted_form_keeps_its_shape",
    ),
    2: (
        "tests/request/bodies/test_write.py::test_a_query_string_and_a_body_of_one_media_type_are_the_same",
        "tests/request/bodies/test_write.py::test_an_encoding_of_a_query_string_counts",
        "tests/request/bodies/test_write.py::test_a_content_type_is_that_of_each_item_since_3_2",
        "tests/paste/test_body.py::test_a_whole_query_string_is_read_as_its_media_type",
    ),
    3: ("tests/request/bodies/test_write.py::test_null_is_the_empty_text_in_query_form_and_part",),
    4: (
        "tests/request/bodies/test_write.py::test_a_part_is_what_a_body_of_its_type_is",
        "tests/request/bodies/test_write.py::test_a_declared_type_keeps_its_parameters",
        "tests/request/bodies/test_write.py::test_headers_of_a_part_are_sent_but_for_those_that_are_ours",
        "tests/request/bodies/test_write.py::test_a_text_that_is_encoded_says_so_in_its_part",
        "tests/request/bodies/test_write.py::test_a_property_of_a_form_is_what_its_content_type_says",
    ),
    5: (
        "tests/forms/test_sequences.py::test_rows_become_the_items",
        "tests/request/bodies/test_write.py::test_a_body_of_items_is_written_item_by_item",
        "tests/request/bodies/test_write.py::test_parts_by_position",
        "tests/request/bodies/test_write.py::test_a_form_by_position_has_the_names_that_its_description_gives",
        "tests/contract/test_sequences.py::test_the_sandbox_answers_as_the_description_has_it",
        "tests/contract/test_sequences.py::test_an_item_that_is_not_as_described_is_found",
    ),
    6: (
        "tests/openapi/test_schemas.py::test_the_schemas_that_name_a_discriminators_own_are_its_kinds",
        "tests/schema/test_types.py::test_heirs_are_alternatives_by_their_names_unless_they_list_their_own",
        "tests/openapi/test_heirs.py::test_a_schema_between_base_and_heirs_is_one_of_its_own_kinds",
        "tests/openapi/test_heirs.py::test_an_heir_names_its_base_in_any_form",
        "tests/openapi/test_heirs.py::test_a_mapping_means_the_schema_of_its_name",
    ),
    7: (
        "tests/request/test_collection_formats.py::test_in_a_query",
        "tests/request/test_collection_formats.py::test_in_a_header",
        "tests/request/test_collection_formats.py::test_a_list_in_a_list_of_a_form",
        "tests/request/test_collection_formats.py::test_in_a_header_of_an_answer",
        "tests/request/test_server.py::test_a_blank_in_the_path_of_a_server_is_told_and_sent_encoded",
    ),
    8: (
        "tests/forms/test_parse_problems.py::test_a_required_property_that_is_nowhere_described_has_its_field",
        "tests/schema/test_types.py::test_lists_of_required_alone_are_no_choice",
        "tests/schema/test_sample.py::test_a_sample_is_amended_until_it_fits",
        "tests/request/test_content.py::test_a_form_body_that_is_text_or_a_list_is_sent_as_it_stands",
        "tests/openapi/test_compile.py::test_an_empty_operation_id_is_named_by_an_underscore",
    ),
    9: (
        "tests/imports/test_sources.py::test_a_file_beside_the_folder_needs_a_root_that_holds_both",
        "tests/imports/test_sources.py::test_the_repository_is_the_root_and_is_told",
        "tests/imports/test_sources.py::test_an_archive_is_its_own_root",
        "tests/imports/test_sources.py::test_nothing_outside_the_root_is_read",
        "tests/imports/test_sources.py::test_a_url_reads_below_its_folder_or_a_root_of_its_origin",
    ),
    10: (
        "tests/openapi/rules/test_operations.py::test_a_broken_rule_of_operations_is_told",
        "tests/openapi/rules/test_components.py::test_a_broken_rule_is_told",
        "tests/openapi/rules/test_walk.py::test_what_the_official_schema_refuses_has_a_problem",
        "tests/openapi/rules/test_components.py::test_a_document_of_components_or_webhooks_alone_is_whole_since_3_1",
    ),
    11: (
        "tests/sandbox/test_negotiate.py::test_what_describes_no_success_is_not_answered_with_one",
        "tests/sandbox/test_service.py::test_what_describes_no_success_is_not_answered_with_one",
        "tests/openapi/test_real_documents.py::test_other_real_documents_are_read_whole",
    ),
    12: (
        "tests/paste/test_scripts.py::test_what_is_read_is_what_curl_sends",
        "tests/paste/test_scripts.py::test_other_shells_and_prompts",
        "tests/paste/test_scripts.py::test_what_is_missing_is_told",
        "tests/paste/test_scripts.py::test_variables_without_a_value_are_named",
    ),
    13: (
        "tests/paste/test_scripts.py::test_what_is_read_is_what_curl_sends",
        "tests/paste/test_scripts.py::test_the_parts_of_a_form_are_those_that_curl_sends",
        "tests/paste/test_scripts.py::test_what_is_missing_is_told",
    ),
    14: (
        "tests/paste/test_body.py::test_a_part_with_a_file_name_is_no_file_where_none_may_be",
        "tests/paste/test_recognise.py::test_a_query_may_be_in_the_address_alone_in_the_list_alone_or_split",
        "tests/paste/test_recognise.py::test_a_part_that_carries_its_content_is_a_file_with_content",
        "tests/paste/test_body.py::test_fields_that_frame_the_message_fill_no_parameter",
        "tests/paste/test_body.py::test_a_cookie_is_decoded_only_where_it_is_encoded_again",
        "tests/paste/test_body.py::test_a_slash_at_the_end_is_no_part_of_a_value",
        "tests/paste/test_body.py::test_json_without_a_type_is_read_as_json_and_told",
        "tests/paste/test_body.py::test_another_type_of_the_same_kind_is_told",
        "tests/paste/test_body.py::test_a_repeated_parameter_is_called_repeated",
        "tests/paste/test_body.py::test_what_a_part_says_beside_its_content_is_told",
        "tests/paste/test_body.py::test_the_root_is_the_same_path_with_and_without_its_slash",
        "tests/paste/test_recognise.py::test_values_that_are_no_texts_are_read_as_they_are_written",
    ),
    15: (
        "tests/test_filenames.py::test_the_name_is_read_from_the_field",
        "tests/test_filenames.py::test_a_name_is_safe_on_every_system",
        "tests/web/operation/test_download.py::test_what_was_received_is_saved_whole_under_its_own_name",
    ),
    16: (
        "tests/sandbox/test_generate.py::test_what_is_only_written_does_not_come_back_and_no_value_breaks_a_format",
        "tests/sandbox/test_write.py::test_what_is_only_written_is_in_no_answer_however_deep",
        "tests/schema/test_direction.py::test_what_is_only_written_is_not_answered",
        "tests/browser/test_other_server.py::test_a_typed_server_is_sent_to_and_remembered_for_the_api",
    ),
    17: (
        "tests/web/test_sandbox_api.py::test_what_is_not_there_says_so",
        "tests/sandbox/test_lists.py::test_a_limit_beyond_its_maximum_is_refused",
        "tests/web/test_gateway_api_fuzz.py::test_the_gateway_is_as_its_own_description_says",
    ),
    18: (
        "tests/cli/test_failures.py::test_a_failed_add_is_one_line_and_changes_nothing",
        "tests/cli/test_sending.py::test_a_failure_is_one_line_with_its_reason",
    ),
}
"""By the number of the issue. "Shown by": `tests/bench/test_fixtures.py`, `tests/bench/test_judged.py`,
`tests/request/test_judge.py`."""


@cache
def names_in(path: str) -> frozenset[str]:
    """Return the names of the tests that a file defines."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def test_every_number_has_its_tests() -> None:
    assert sorted(POINTS) == list(range(19))
    assert all(POINTS.values())


@pytest.mark.parametrize("number", POINTS)
def test_the_tests_of_a_number_are_there(number: int) -> None:
    for name in POINTS[number]:
        path, _, test = name.partition("::")
        assert test in names_in(path), name
