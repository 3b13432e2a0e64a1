"""Snippets of languages that cannot run here are parsed by a grammar, and their literals are read back."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.request.model import ABSENT
from playground.snippets.body import BytesBody, FileBody, PiecesBody, TextBody, exact_body
from playground.snippets.files import FileNames
from playground.snippets.languages.dart.http import Dart
from playground.snippets.languages.powershell.invoke_restmethod import PowerShell
from playground.snippets.languages.swift.urlsession import Swift
from playground.snippets.message import message_of
from playground.snippets.registry import find_target
from playground.snippets.target import Via
from playground.snippets.text import Text, Variable
from tests.support.rows import each
from tests.support.snippets.case import BIDI, HOSTILE, Case
from tests.support.snippets.cases import CASES
from tests.support.snippets.parsed import Reader, has_errors, read_dart, read_powershell, read_swift


@dataclass(frozen=True, kw_only=True)
class Language:
    """A target with what reads its literals, and the words of notes that say what is left out or changed."""

    target: str
    grammar: str
    read: Reader
    loses: tuple[str, ...]


LANGUAGES = (
    Language(
        target="swift_urlsession", grammar="swift", read=read_swift, loses=("are percent-encoded here", "left out here")
    ),
    Language(target="dart_http", grammar="dart", read=read_dart, loses=("joined into one", "left out here")),
    Language(
        target="powershell_invoke_restmethod",
        grammar="powershell",
        read=read_powershell,
        loses=("joins repeated", "left out here"),
    ),
)
texts = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=40),
    st.lists(
        st.sampled_from(
            [HOSTILE, BIDI, "'", '"', "\\", "`", "$", "#", "@", "\n", "'''", '"""', "’", "“", "\\(", "\\#(", "${"]
        ),
        max_size=6,
    ).map("".join),
)


@each("via", ["direct", "gateway"])
@each("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.target)
def test_literals_are_what_the_request_says(case: Case, language: Language, via: Via) -> None:
    given_case = case.request_for(via)
    rendered = find_target(language.target).render(given_case)
    assert not has_errors(language.grammar, rendered.text)
    if any(words in note for note in rendered.notes for words in language.loses):
        return
    found = language.read(rendered.text)
    message = message_of(given_case)
    assert _marked(message.url) in found
    for name, value in message.headers:
        assert name in found or name in rendered.text or name.lower() == "content-type"
        assert _marked(value) in found
    body = exact_body(message, FileNames())
    if isinstance(body, TextBody):
        whole = [_marked(body.text)] if language.grammar != "dart" else _known(body.text)  # Dart joins with +
        assert all(text in found for text in body.fields or whole)
    elif isinstance(body, BytesBody):
        assert base64.b64encode(body.data).decode() in found
    elif isinstance(body, FileBody):
        assert body.name in found
    elif isinstance(body, PiecesBody):
        for piece in body.pieces:
            assert (_text_or_base64(piece) if isinstance(piece, bytes) else piece.name) in found
    assert (body is None) == (message.json is ABSENT and not message.content.body)


def _marked(text: Text) -> str:
    return "".join(f"<{piece.name}>" if isinstance(piece, Variable) else piece for piece in text)


def _known(text: Text) -> list[str]:
    return [piece for piece in text if isinstance(piece, str)]


def _text_or_base64(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return base64.b64encode(data).decode()


@given(texts)
def test_swift_literals_are_read_back(text: str) -> None:
    assert read_swift(f"let a = {Swift().string(text)}") == [text]
    assert read_swift(f"let a = {Swift().readable((text,))}") == [text]
    assert read_swift(f"let a = {Swift().text((text, Variable('KEY'), text))}") == [f"{text}<KEY>{text}"]


@given(texts)
def test_dart_literals_are_read_back(text: str) -> None:
    assert read_dart(f"final a = {Dart().string(text)};") == [text]
    assert read_dart(f"final a = {Dart().literal(text)};") == [text]
    assert read_dart(f"final a = {Dart().text((text, Variable('KEY'), text))};") == [f"{text}<KEY>{text}"]


@given(texts)
def test_powershell_literals_are_read_back(text: str) -> None:
    for wanted, spelled in (
        (text, PowerShell().string(text)),
        (text, PowerShell().readable((text,))),
        (f"{text}<KEY>", PowerShell().text((text, Variable("KEY")))),
    ):
        if not _is_misread(spelled):
            assert read_powershell(f"$a = {spelled}") == [wanted]


def _is_misread(spelled: str) -> bool:
    # This grammar takes # after an escape or a variable for a comment, which PowerShell does not.
    return spelled.startswith('"') and re.search(r"`(?:u\{[0-9A-F]+\}|.)#", spelled) is not None
