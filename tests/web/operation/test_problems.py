"""Problems in a list: each names its field, and what keeps a request from being sent is told from advice."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from playground.text.wording import say, say_many
from playground.web.operation.problems import ShownProblem
from tests.support.pages import UPDATE, one, parsed, post, words

TOO_SHORT = say("This is too short: it has %(count)s of at least %(least)s characters.", count=5, least=34)


@pytest.mark.parametrize(
    ("label", "message", "sentence"),
    [
        ("AccountSid", TOO_SHORT, "AccountSid is too short (5 of 34)."),
        ("a / b", say("This is no %(words)s.", words="date"), "a / b is no date."),
        ("id", say("%(name)s is required.", name="id"), "id is required."),
        ("a / To", say("%(key)s is required.", key="To"), "a / To is required."),
        ("a", say("%(key)s is required.", key="To"), "a: To is required."),
        ("a", "Plain text.", "a: Plain text."),
        ("a", say_many("%(num)s row too many.", "%(num)s rows too many.", 2), "a: 2 rows too many."),
    ],
)
def test_a_sentence_names_its_field(label: str, message: str, sentence: str) -> None:
    assert ShownProblem(id="f", label=label, message=message).sentence == sentence


def test_a_sentence_that_names_its_field_is_translated(client: FlaskClient) -> None:
    typed = {"path.session": "x" * 80, "server": "sandbox"}
    page = parsed(
        client.post(f"{UPDATE}/send", data=typed, headers={"HX-Request": "true", "Accept-Language": "de"}).get_data(
            as_text=True
        )
    )
    assert words(one(page, "#response .notice a")) == "session ist zu lang (80 von höchstens 66)."


def test_what_was_sent_all_the_same_is_one_line_with_its_field(client: FlaskClient) -> None:
    page = post(client, f"{UPDATE}/send", {"path.session": "x" * 80, "server": "sandbox"})
    notice = one(page, "#response .notice")
    assert words(notice) == "1 value differs from the description: session is too long (80 of at most 66)."
    assert one(notice, "a")["href"] == "#f-path__session"
    assert words(one(page, "#problems summary")) == "1 thing to check. Send sends it all the same."


@pytest.mark.parametrize("htmx", [True, False])
def test_what_was_not_sent_is_one_box_whose_sentences_lead_to_their_fields(client: FlaskClient, htmx: bool) -> None:
    typed = {"body/line_items~item": "0", "body/line_items/0/quantity": "two", "server": "sandbox"}
    page = post(client, f"{UPDATE}/send", typed, htmx=htmx)
    box = one(page, "#response .failed")
    assert [(link["href"], words(link)) for link in box.select("a")] == [
        ("#f-path__session", "The path needs a value for “session”."),
        ("#f-body-line_5f_items-0-quantity", "line_items / 0 / quantity is not an integer."),
    ]
    assert "Nothing was sent." in words(box)
    assert not page.select("#problems li"), "the same would stand there twice"
    assert not box.select("[data-retry]"), "pressing Send again sends nothing either"


def test_before_a_send_advice_is_told_from_what_is_missing(client: FlaskClient) -> None:
    wrong = {"body/line_items~item": "0", "body/line_items/0/quantity": "two"}
    missing = post(client, f"{UPDATE}/snippet", wrong)
    assert words(one(missing, "#problems summary")) == "1 thing to check before this can be sent."
    assert len(missing.select("#problems li")) == 2
    there = post(client, f"{UPDATE}/snippet", {**wrong, "path.session": "cs_1"})
    assert words(one(there, "#problems summary")) == "1 thing to check. Send sends it all the same."


def test_a_header_that_cannot_be_sent_keeps_the_request_back(client: FlaskClient) -> None:
    typed = {"path.session": "cs_1", "header.Host": "elsewhere", "server": "sandbox"}
    before = post(client, f"{UPDATE}/snippet", typed)
    assert words(one(before, "#problems summary")) == "1 thing to check before this can be sent."
    link = one(post(client, f"{UPDATE}/send", typed), "#response .failed a")
    assert (link["href"], words(link)) == (
        "#f-header__Host",
        "The header Host is written by the playground itself: leave it empty.",
    )


@pytest.mark.parametrize(
    ("typed", "place"),
    [({"gateway_url": ""}, "#gateway-url"), ({"server": "https://nobody.example\x00"}, "#server")],
)
def test_what_stands_above_the_form_is_led_to_as_well(client: FlaskClient, typed: dict[str, str], place: str) -> None:
    page = post(client, f"{UPDATE}/send", {"path.session": "cs_1", **typed}, htmx=False)
    assert one(page, "#response .failed a")["href"] == place
    assert page.select(place)
