"""Extensions that change what a visitor sees, links, tag groups, and what 3.2 adds."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Catalog, CodeSample, Entry, Link, NavigationGroup, Operation
from playground.messages import TextContent
from playground.openapi.compile import compile_document
from playground.openapi.extensions import read_code_samples
from playground.request.build import build_request
from playground.request.model import RequestModel
from tests.openapi.documents import compiled, document, messages, operation, schema_of, swagger, with_schema


def _entry_url(value: dict[str, Any], **query: Any) -> str:
    catalog = compile_document(value, name="test", server="https://api.example").catalog
    return build_request(catalog_entry(catalog), RequestModel(parameters={"query": query})).url


def catalog_entry(catalog: Catalog) -> Entry:
    return Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)


def _read(**fields: Any) -> Operation:
    return operation(document({"/a": {"get": fields}}))


def test_code_samples_are_kept() -> None:
    samples = [{"lang": "curl", "label": "cURL", "source": "curl x"}]
    assert _read(**{"x-codeSamples": samples}).code_samples == (
        CodeSample(language="curl", label="cURL", source="curl x"),
    )


@pytest.mark.parametrize("key", ["x-internal", "x-hidden", "x-excluded", "x-scalar-ignore"])
@pytest.mark.parametrize(("value", "hidden"), [(True, True), (False, False), ("no", False)])
def test_an_operation_may_ask_to_be_in_no_list(key: str, value: Any, hidden: bool) -> None:
    assert _read(**{key: value}).hidden is hidden


def test_a_path_item_and_a_tag_hide_their_operations() -> None:
    paths = {"/a": {"x-internal": True, "get": {}}, "/b": {"get": {"tags": ["t"]}}, "/c": {"get": {"tags": ["u"]}}}
    tags = [{"name": "t", "x-internal": True}, {"name": "u"}, 1]
    found = compiled(document(paths, tags=tags)).catalog.operations
    assert [one.hidden for one in found] == [True, True, False]


def test_tag_groups_and_parents_are_kept() -> None:
    value = document(
        {"/a": {"get": {"tags": ["t"]}}},
        tags=[{"name": "t", "parent": "p"}, {"name": "p", "summary": "Parent"}],
        **{"x-tagGroups": [{"name": "One", "tags": ["t", "p"]}, {"tags": ["t"]}, 1, {"name": "Two", "tags": 1}]},  # type: ignore[arg-type]
    )
    provider = compiled(value).catalog.provider
    assert provider.groups == (NavigationGroup(title="One", tags=("t", "p")), NavigationGroup(title="Two"))
    assert [(tag.name, tag.title, tag.parent) for tag in provider.tags] == [("t", "", "p"), ("p", "Parent", "")]
    assert [message.split()[1] for message in messages(value)] == ["/x-tagGroups/2", "/x-tagGroups/3/tags"]


def test_links_of_a_response_are_kept() -> None:
    links = {
        "next": {"operationId": "getB", "parameters": {"id": "$response.body#/id"}, "description": "Then"},
        "other": {"$ref": "#/components/links/L"},
        "broken": {},
    }
    value = document(
        {"/a": {"get": {"responses": {"200": {"description": "", "links": links}}}}},
        components={"links": {"L": {"operationRef": "#/paths/~1b/get", "requestBody": {"a": 1}}}},
    )
    assert operation(value).responses[0].links == (
        Link(name="next", operation_id="getB", parameters={"id": "$response.body#/id"}, description="Then"),
        Link(name="other", operation_ref="#/paths/~1b/get", request_body={"a": 1}),
    )
    assert messages(value) == [
        "warning /paths/~1a/get/responses/200/links/broken "
        "This link names no operation; it is left out: give it an operationId or an operationRef."
    ]


def test_a_stream_is_the_list_of_its_items() -> None:
    content = {"application/jsonl": {"itemSchema": {"type": "integer"}}}
    value = document(
        {"/a": {"post": {"requestBody": {"content": content}}}}, openapi="3.2.0", servers=[{"url": "https://a.example"}]
    )
    body = operation(value).request_body
    assert body is not None
    assert body.media_types[0].item_schema == {"type": "integer"}
    assert body.media_types[0].schema == {"type": "array", "items": {"type": "integer"}}
    sent = build_request(catalog_entry(compiled(value).catalog), RequestModel(body=[1, 2]))
    assert sent.content == TextContent(text="1\n2\n")


def _querystring(media_type: str, schema: Any) -> dict[str, Any]:
    parameter = {"name": "q", "in": "querystring", "content": {media_type: {"schema": schema}}}
    return document({"/a": {"get": {"parameters": [parameter]}}}, openapi="3.2.0")


def test_a_form_as_the_whole_query_is_sent_member_by_member() -> None:
    value = _querystring("application/x-www-form-urlencoded", {"type": "object"})
    assert _entry_url(value, q={"a": "x y", "b": 2}) == "https://api.example/a?a=x+y&b=2"


def test_json_as_the_whole_query_is_sent_without_a_name() -> None:
    value = _querystring("application/json", {"type": "object"})
    assert _entry_url(value, q={"a": [1]}) == "https://api.example/a?%7B%22a%22%3A%5B1%5D%7D"


def test_a_whole_query_without_content_is_a_problem() -> None:
    value = document({"/a": {"get": {"parameters": [{"name": "q", "in": "querystring"}]}}}, openapi="3.2.0")
    assert messages(value) == [
        "error /paths/~1a/get/parameters/0 "
        "A querystring parameter needs a content; it is left out: give it one media type."
    ]


def test_methods_of_ones_own_are_read_before_3_2_too() -> None:
    value = document({"/a": {"x-oai-additionalOperations": {"COPY": {"summary": "c"}, "get": {}}}})
    assert operation(value).key == "COPY /a"
    assert len(messages(value)) == 1


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"x-badges": [{"name": "Alpha"}, {"label": "New"}, "plain", 3, {}]}, ("Alpha", "New", "plain", "3")),
        ({"x-state": "Beta"}, ("Beta",)),
        ({"x-scalar-stability": "experimental"}, ("experimental",)),
        ({"x-beta": True}, ("beta",)),
        ({"x-sunset": "2027-01-31"}, ("ends 2027-01-31",)),
        ({"x-rolesRequirements": [{"roles": ["admin", "owner"], "rule": "OR"}, "guest"]},
         ("role admin", "role owner", "role guest")),
        ({"x-badges": "no list", "x-rolesRequirements": {}, "x-beta": "no"}, ()),
        ({"x-badges": [{"name": "a" * 500}]}, ("a" * 40,)),
        ({"x-badges": [str(number) for number in range(50)]}, ("0", "1", "2", "3", "4", "5")),
    ],
)  # fmt: skip
def test_badges_stand_beside_the_method(fields: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert _read(**fields).badges == expected


@pytest.mark.parametrize(
    ("fields", "deprecated", "notice"),
    [
        ({"x-deprecated": True}, True, ""),
        ({"x-scalar-stability": "deprecated"}, True, ""),
        ({"x-deprecated-description": "Use `/v2`."}, True, "Use `/v2`."),
        ({"x-deprecated": False, "x-deprecated-description": 2}, True, "2"),
        ({"x-deprecated-description": ["no text"]}, False, ""),
    ],
)
def test_what_is_deprecated_says_so_in_any_spelling(fields: dict[str, Any], deprecated: bool, notice: str) -> None:
    found = _read(**fields)
    assert (found.deprecated, found.notice) == (deprecated, notice)
    assert "deprecated" not in found.badges


@pytest.mark.parametrize(
    ("own", "of_document", "sendable"),
    [
        ({}, {}, True),
        ({"x-explorer-enabled": False}, {}, False),
        ({"x-readme": {"explorer-enabled": False}}, {}, False),
        ({"x-fern-explorer": False}, {}, False),
        ({"x-zudoku-playground-enabled": False}, {}, False),
        ({"x-mint": {"metadata": {"playground": "none"}}}, {}, False),
        ({}, {"x-readme": {"explorer-enabled": False}}, False),
        ({"x-explorer-enabled": True}, {"x-explorer-enabled": False}, True),
        ({"x-readme": "no", "x-mint": {"metadata": 1}, "x-explorer-enabled": "no"}, {}, True),
    ],
)
def test_a_description_may_turn_sending_off(own: dict[str, Any], of_document: dict[str, Any], sendable: bool) -> None:
    assert operation(document({"/a": {"get": own}}, **of_document)).sendable is sendable


def test_header_fields_of_every_request_are_parameters_of_one_value() -> None:
    readme = {"headers": [{"key": "X-Version", "value": "7"}, {"key": "X-Own", "value": "a"}, {"key": ""}, 1]}
    own = {"parameters": [{"name": "x-own", "in": "header", "schema": {"type": "string"}}]}
    found = operation(document({"/a": {"get": own}}, **{"x-readme": readme})).parameters  # type: ignore[arg-type]
    assert [(one.name, one.required, one.schema) for one in found] == [
        ("x-own", False, {"type": "string"}),
        ("X-Version", True, {"type": "string", "enum": ["7"]}),
    ]


def test_other_extensions_are_kept_short_to_be_shown_on_demand() -> None:
    many: dict[str, Any] = {f"x-{number}": "v" for number in range(50)}
    found = _read(
        **{"x-rate": {"limit": 5}, "x-long": "a" * 5000, "x-hidden": False, "x-null": None, **many}
    ).extensions
    assert found["x-rate"] == '{"limit":5}'
    assert (len(found["x-long"]), len(found)) == (400, 20)
    assert not {"x-hidden", "x-null"} & found.keys()


def test_properties_the_description_keeps_to_itself_are_left_out_and_ordered_as_it_says() -> None:
    schema = {
        "type": "object", "required": ["needed"],
        "properties": {
            "last": {"type": "string"}, "second": {"type": "string", "x-order": 2}, "secret": {"x-internal": True},
            "first": {"type": "string", "x-order": 1}, "needed": {"type": "string", "x-hidden": True},
        },
    }  # fmt: skip
    assert list(schema_of(with_schema(schema))["properties"]) == ["first", "second", "last", "needed"]


def test_a_hidden_scheme_is_left_out_where_another_way_in_is_left() -> None:
    schemes = {
        "inner": {"type": "http", "scheme": "basic", "x-internal": True},
        "open": {"type": "http", "scheme": "bearer"},
    }
    catalog = compiled(
        document(
            {"/a": {"get": {"security": [{"inner": []}, {"open": []}]}}, "/b": {"get": {"security": [{"open": []}]}}},
            components={"securitySchemes": schemes},
        )
    ).catalog
    assert [security_scheme.name for security_scheme in catalog.provider.security_schemes] == ["open"]
    assert [[[use.scheme for use in way] for way in one.security or ()] for one in catalog.operations] == [
        [["open"]]
    ] * 2
    only = compiled(
        document({"/a": {"get": {"security": [{"inner": []}]}}}, components={"securitySchemes": schemes})
    ).catalog
    assert [security_scheme.name for security_scheme in only.provider.security_schemes] == ["inner", "open"]


def test_tags_name_their_group_and_what_is_only_a_trait() -> None:
    tags = [
        {"name": "a", "x-group": "First"}, {"name": "b", "x-group": "First"}, {"name": "words", "x-traitTag": True},
        {"name": "preview", "kind": "badge"},
    ]  # fmt: skip
    provider = compiled(document({"/a": {"get": {}}}, tags=tags)).catalog.provider
    assert provider.groups == (NavigationGroup(title="First", tags=("a", "b")),)
    assert [tag.name for tag in provider.tags if tag.trait] == ["words", "preview"]


def test_servers_of_older_documents_may_stand_in_an_extension() -> None:
    value = swagger(
        {"/a": {"get": {}}}, **{"x-servers": [{"url": "https://one.example", "x-fern-server-name": "Live"}]}
    )
    assert [(server.url, server.description) for server in operation(value).servers] == [
        ("https://one.example", "Live")
    ]


def test_links_beside_the_description_are_kept_and_no_picture_is_fetched() -> None:
    value = document(
        {"/a": {"get": {}}},
        **{  # type: ignore[arg-type]
            "x-externalLinks": [{"name": "Status", "url": "https://status.example"}, {"url": "javascript:alert(1)"}, 1],
            "x-feedbackLink": "https://feedback.example",
        },
    )
    value["info"]["x-logo"] = {"url": "https://cdn.example/logo.png", "href": "https://home.example", "altText": "Home"}
    found = [(link.url, link.description) for link in compiled(value).catalog.provider.links]
    assert found == [
        ("https://status.example", "Status"), ("https://feedback.example", "Feedback"),
        ("https://home.example", "Home"),
    ]  # fmt: skip


def test_named_examples_of_a_schema_are_examples() -> None:
    schema = {"type": "string", "x-examples": {"one": "a", "two": {"value": "b"}}}
    assert schema_of(with_schema(schema))["examples"] == ["a", "b"]
    assert "examples" not in schema_of(with_schema({**schema, "example": "own"}))


def test_named_examples_of_a_parameter_are_read_where_it_has_none_of_its_own() -> None:
    named = {"few": {"summary": "A few", "value": ["a"]}, "plain": ["b", "c"], "value": {"value": 1, "other": 2}}
    parameter = {"name": "p", "in": "query", "schema": {"type": "array"}}

    def examples(**fields: Any) -> list[tuple[str, str, Any]]:
        (read,) = _read(parameters=[{**parameter, **fields}]).parameters
        return [(example.name, example.summary, example.value) for example in read.examples]

    assert examples(**{"x-examples": named, "x-example": ["d"]}) == [
        ("few", "A few", ["a"]), ("plain", "", ["b", "c"]), ("value", "", {"value": 1, "other": 2}), ("", "", ["d"]),
    ]  # fmt: skip
    assert examples(**{"x-examples": [["a"], ["b"]]}) == [("", "", ["a"]), ("", "", ["b"])]
    assert examples(**{"x-examples": named, "example": ["own"]}) == [("", "", ["own"])]
    assert examples(**{"x-examples": "none"}) == []


def test_a_default_beside_the_schema_is_kept_with_it() -> None:
    def schema(**fields: Any) -> Any:
        (read,) = _read(parameters=[{"name": "p", "in": "query", **fields}]).parameters
        return read.schema

    assert schema(schema={"type": "integer"}, **{"x-default": 20}) == {"type": "integer", "x-default": 20}
    assert schema(schema={"type": "integer"}) == {"type": "integer"}
    assert schema(**{"x-default": 20}) is True


CURL = (CodeSample(language="curl", label="cURL", source="curl x"),)
EXAMPLE = {"request": {"ruby": "puts 1", "go": "main()"}, "response": "{}"}


@pytest.mark.parametrize("key", ["x-codeSamples", "x-code-samples", "x-custom-examples"])
def test_lists_of_samples_are_read(key: str) -> None:
    samples = [{"lang": "curl", "label": "cURL", "source": "curl x"}, {"lang": "Go"}, "no"]
    assert read_code_samples({key: samples}) == CURL


def test_readme_s_samples_say_what_to_install() -> None:
    listed = [{"language": "node", "name": "SDK", "code": "go()", "install": "npm install shop"}]
    assert read_code_samples({"x-readme": {"code-samples": listed}}) == (
        CodeSample(language="node", label="SDK", source="go()", install="npm install shop"),
    )


@pytest.mark.parametrize(
    "operation",
    [
        {"x-stainless-snippets": EXAMPLE["request"]},
        {"x-stainless-examples": EXAMPLE},
        {"x-scalar-examples": [EXAMPLE]},
        {"x-oaiMeta": {"examples": EXAMPLE}},
        {"x-oaiMeta": {"examples": EXAMPLE["request"]}},
    ],
)
def test_samples_by_language_are_read(operation: dict[str, Any]) -> None:
    assert [
        (code_sample.language, code_sample.label, code_sample.source) for code_sample in read_code_samples(operation)
    ] == [
        ("ruby", "", "puts 1"),
        ("go", "", "main()"),
    ]


def test_several_examples_keep_their_titles() -> None:
    examples = [{"title": "One", "request": {"go": "a"}}, {"title": "Two", "request": {"go": "b"}}]
    assert [code_sample.label for code_sample in read_code_samples({"x-scalar-examples": examples})] == [
        "go – One",
        "go – Two",
    ]


def test_one_source_is_read_and_the_most_particular_wins() -> None:
    readme = {"code-samples": [{"language": "ruby", "code": "puts 1"}]}
    lists = {"x-code-samples": [{"lang": "a", "source": "b"}]}
    assert [sample.source for sample in read_code_samples({**lists, "x-readme": readme})] == ["puts 1"]
    assert [
        code_sample.source
        for code_sample in read_code_samples({**lists, "x-scalar-examples": EXAMPLE, "x-readme": readme})
    ] == [
        "puts 1",
        "main()",
    ]
    assert [
        code_sample.source
        for code_sample in read_code_samples({**lists, "x-readme": {"code-samples": [{"code": " "}]}})
    ] == ["b"]


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, [1], [{"source": {}}], {"request": 1}, {"code-samples": 1}])
def test_what_is_no_sample_is_left_out(value: Any) -> None:
    keys = ("x-codeSamples", "x-readme", "x-stainless-snippets", "x-scalar-examples", "x-oaiMeta")
    assert read_code_samples(dict.fromkeys(keys, value)) == ()


def test_number_and_length_of_samples_are_limited() -> None:
    found = read_code_samples({"x-codeSamples": [{"lang": "a", "source": "x" * 100_000}] * 1000})
    assert len(found) == 50
    assert max(len(one.source) for one in found) == 65_536
