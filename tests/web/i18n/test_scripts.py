"""Messages in scripts become texts of one language as assets are joined."""

from __future__ import annotations

from gettext import NullTranslations

import pytest

from playground.web.i18n.scripts import localise, messages_of
from tests.support.needs import ROOT


class Words(NullTranslations):
    """A catalogue of what a test gives it."""

    def __init__(self, **texts: str) -> None:
        super().__init__()
        self.texts = texts

    def gettext(self, message: str) -> str:
        return self.texts.get(message, message)


def test_in_english_only_the_mark_goes() -> None:
    source = 'say(_("Saved"), [..._("a \\"b\\"")], _(`Step ${steps} of ${all.length}`), other_("x"), api._("y"));'
    assert localise(source, NullTranslations()) == (
        'say("Saved", [..."a \\"b\\""], `Step ${steps} of ${all.length}`, other_("x"), api._("y"));'
    )
    ids = ["Saved", 'a "b"', "Step %(steps)s of %(length)s"]
    assert list(messages_of(source)) == [(1, text) for text in ids]


def test_a_translation_may_turn_names_round_and_cannot_leave_its_text() -> None:
    words = Words(**{"Step %(steps)s of %(length)s": "%(length)s: `${x}` \\ %(steps)s", "Saved": '"</script>\n'})
    assert localise("_(`Step ${steps} of ${all.length}`)", words) == "`${all.length}: \\`\\${x}\\` \\\\ ${steps}`"
    assert localise('_("Saved")', words) == '"\\"<\\/script>\\n"'


@pytest.mark.parametrize("source", ["_('single')", "_(text)", "_(`${one + two}`)", "_(`${f()}`)"])
def test_a_message_that_cannot_be_read_stops_the_start(source: str) -> None:
    with pytest.raises(ValueError, match="a message in a script"):
        localise(source, NullTranslations())


def test_no_script_says_a_sentence_that_is_no_message() -> None:
    import re

    found = []
    for path in sorted((ROOT / "static").rglob("*.js")):
        if "vendor" in path.parts:
            continue
        code = re.sub(r"^\s*//.*$|/\*.*?\*/", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)
        bare = re.sub(r"_\((?:\"(?:[^\"\\]|\\.)*\"|`[^`]*`)\)", "", code)
        found += re.findall(r"[\"`][A-Z][a-z]+(?: [a-z]+){2,}[^\"`]*[\"`]", bare)
    assert found == []
