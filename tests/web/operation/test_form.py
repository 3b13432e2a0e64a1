"""The posted form as a state, the two views of the body in step, and what does not fit named while one types."""

from __future__ import annotations

import io

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from playground.catalog.model import Entry
from playground.forms.state import FormState
from playground.jsontext import loads
from playground.store import Store
from playground.web.operation.form import read_state, reconcile


def update(store: Store) -> Entry:
    return store.entry("stripe", "postcheckoutsessionssession")


def reconciled(store: Store, *pairs: tuple[str, str], entry: Entry | None = None) -> tuple[FormState, str]:
    return reconcile(entry or update(store), FormState.of(pairs))


def test_texts_files_and_line_breaks_are_read(app: Flask) -> None:
    data = {
        "path.a": "x\r\ny",
        "body/f": (io.BytesIO(b"\x00\r\n"), "a.bin", "image/png"),
        "body/g": (io.BytesIO(b""), ""),
    }
    with app.test_request_context("/", method="POST", data=data):
        state = read_state()
    assert state.get("path.a") == "x\ny"
    (file,) = state.files_of("body/f")
    assert (file.filename, file.content, file.content_type) == ("a.bin", b"\x00\r\n", "image/png")
    assert state.files_of("body/g") == ()


def test_repeated_names_keep_their_order(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"query.a": ["2", "1"]}):
        assert read_state().get_all("query.a") == ("2", "1")


def test_the_same_view_stays_as_typed(bundled_store: Store) -> None:
    state, notice = reconciled(bundled_store, ("body~shown", "form"), ("body~mode", "form"), ("body~raw", "stale"))
    assert notice == ""
    assert state.get("body~shown") is None
    assert state.get("body~mode") == "form"


def test_going_raw_writes_the_form_as_json(bundled_store: Store) -> None:
    state, notice = reconciled(
        bundled_store,
        ("body~shown", "form"), ("body~mode", "raw"), ("body~raw", "stale"), ("body/line_items/0/quantity", "2"),
    )  # fmt: skip
    assert notice == ""
    assert state.get("body~mode") == "raw"
    assert loads(state.text("body~raw")) == {"line_items": [{"quantity": 2}]}


def test_going_back_fills_the_form(bundled_store: Store) -> None:
    state, notice = reconciled(
        bundled_store, ("path.session", "cs_1"), ("body~shown", "raw"), ("body~mode", "form"),
        ("body~raw", '{"line_items": [{"quantity": 2}, {"quantity": 3}], "metadata": {"a/b": "1"}}'),
    )  # fmt: skip
    assert notice == ""
    assert state.get("body/line_items/1/quantity") == "3"
    assert state.get("path.session") == "cs_1"
    assert state.get("body~mode") == "form"


def test_text_that_is_not_json_stays_raw_and_says_why(bundled_store: Store) -> None:
    for text in ('{"a": ', "[1,]", "{'a': 1}", "nothing"):
        state, notice = reconciled(bundled_store, ("body~shown", "raw"), ("body~mode", "form"), ("body~raw", text))
        assert state.get("body~mode") == "raw"
        assert state.get("body~raw") == text
        assert "not valid JSON" in notice
        assert notice.endswith("The body stays raw until that is corrected.")


def test_what_the_form_cannot_show_is_kept_beside_the_fields(bundled_store: Store) -> None:
    text = '{"surprise": 1, "metadata": {"k": "v", "n": {"deep": null}}, "line_items": [{"quantity": [2]}]}'
    state, notice = reconciled(bundled_store, ("body~shown", "raw"), ("body~mode", "form"), ("body~raw", text))
    assert notice == ""
    assert state.get("body~mode") == "form"
    assert state.get("body/metadata~value/0") == "v"
    kept = {name: text for name, text in state.pairs if name.endswith("~kept")}
    assert kept == {
        "body/surprise~kept": "1",
        "body/metadata~value/1~kept": '{"deep":null}',
        "body/line_items/0/quantity~kept": "[2]",
    }
    again, _ = reconcile(
        update(bundled_store), state.without("body~mode").adding([("body~shown", "form"), ("body~mode", "raw")])
    )
    assert loads(again.text("body~raw")) == loads(text)
    state, _ = reconciled(bundled_store, ("body~shown", "raw"), ("body~mode", "form"), ("body~raw", "[1, 2]"))
    assert state.get("body~kept") == "[1,2]"


def test_an_empty_editor_is_an_empty_form(bundled_store: Store) -> None:
    for text in ("", "   ", "{}"):
        state, notice = reconciled(bundled_store, ("body~shown", "raw"), ("body~mode", "form"), ("body~raw", text))
        assert notice == "", text
        assert state.get("body~mode") == "form"


def test_there_and_back_again_changes_nothing(bundled_store: Store) -> None:
    typed = (("body/metadata~key/0", "k"), ("body/metadata~value/0", "v"), ("body/expand/0", "a"))
    raw, _ = reconciled(bundled_store, ("body~shown", "form"), ("body~mode", "raw"), *typed)
    form, _ = reconcile(
        update(bundled_store), raw.without("body~mode").adding([("body~shown", "raw"), ("body~mode", "form")])
    )
    again, _ = reconcile(
        update(bundled_store), form.without("body~mode").adding([("body~shown", "form"), ("body~mode", "raw")])
    )
    assert loads(again.text("body~raw")) == loads(raw.text("body~raw")) == {"metadata": {"k": "v"}, "expand": ["a"]}


def test_a_text_body_goes_both_ways_as_it_is(bundled_store: Store) -> None:
    entry = bundled_store.entry("tour", "bodyText")
    raw, notice = reconciled(
        bundled_store, ("body~shown", "form"), ("body~mode", "raw"), ("body", "{not json"), entry=entry
    )
    assert (notice, raw.get("body~raw")) == ("", "{not json")
    form, notice = reconcile(entry, raw.without("body~mode").adding([("body~shown", "raw"), ("body~mode", "form")]))
    assert (notice, form.get("body")) == ("", "{not json")


def test_rubbish_in_the_controls_breaks_nothing(bundled_store: Store) -> None:
    for shown, mode in (("x", "form"), ("raw", "x"), ("x", "y"), ("", "raw"), ("raw", "")):
        reconciled(bundled_store, ("body~shown", shown), ("body~mode", mode), ("body~raw", "{"))


def problems(client: FlaskClient, operation: str, **inputs: str) -> list[tuple[str, str]]:
    answer = client.post(f"/providers/{operation}/snippet", data=inputs, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    found = BeautifulSoup(answer.text, "html.parser").select("#problems li")
    return [(str(one.select_one("a")["href"]), one.get_text(" ", strip=True)) for one in found]  # type: ignore[index]


def test_a_wrong_value_is_named_with_its_field(client: FlaskClient) -> None:
    inputs = {"body/line_items/0/quantity": "two", "path.session": "cs_1"}
    (only,) = problems(client, "stripe/postcheckoutsessionssession", **inputs)
    assert only[0] == "#f-body-line_5f_items-0-quantity"
    assert only[1].startswith("line_items / 0 / quantity :")
    assert "integer" in only[1] or "number" in only[1]


def test_empty_fields_and_fitting_values_are_no_problem(client: FlaskClient) -> None:
    assert problems(client, "stripe/postcheckoutsessionssession") == []
    assert problems(client, "stripe/postcheckoutsessionssession", **{"path.session": "cs_1"}) == []


def test_broken_raw_text_is_a_problem_of_the_raw_body(client: FlaskClient) -> None:
    inputs = {"body~mode": "raw", "body~shown": "raw", "body~raw": "{"}
    found = problems(client, "stripe/postcheckoutsessionssession", **inputs)
    assert [where for where, _ in found] == ["#f-path__session", "#body-raw"]
    assert "line 1" in found[1][1]


def test_what_is_required_and_empty_is_listed_once_something_is_said(client: FlaskClient) -> None:
    (only,) = problems(
        client, "stripe/postcheckoutsessionssession", **{"body/metadata~key/0": "k", "body/metadata~value/0": "v"}
    )
    assert only == ("#f-path__session", "session : session is required.")
