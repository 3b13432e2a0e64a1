"""What a verdict says in words."""

from __future__ import annotations

from playground.contract.verdict import Finding, Verdict

WRONG = Finding(part="content", severity="error", words="This is wrong.", pointer="/a", others=((None, "/b"),))
ODD = Finding(part="content", severity="note", words="This is odd.", item=2)


def test_sentences() -> None:
    assert Verdict().sentence == "Matches the description."
    assert Verdict(findings=(ODD,)).sentence == "Matches the description."
    assert Verdict(findings=(ODD,), unchecked=("x",)).sentence == "Nothing contradicts the description."
    assert Verdict(findings=(WRONG, ODD)).sentence == "1 difference from the description."
    assert Verdict(findings=(WRONG, WRONG)).sentence == "2 differences from the description."
    assert "nothing to check" in Verdict(described=False).sentence


def test_a_finding_is_one_line() -> None:
    assert WRONG.text == "/a: This is wrong. (and at 1 more place)"
    assert ODD.text == "item 3: This is odd."
    assert Finding(part="status", severity="error", words="No.").title == "status"
    assert Finding(part="header", severity="error", words="No.", name="X-Rate").title == "X-Rate"


def test_marks_number_the_findings_of_each_node() -> None:
    status = Finding(part="status", severity="error", words="No.")
    wrong = Finding(part="content", severity="error", words="No.", pointer="/a/x", node="/a", others=((None, "/b"),))
    marks = Verdict(findings=(status, wrong, Finding(part="content", severity="note", words="Odd.", node="/a"))).marks
    assert marks == {(None, "/a"): ((2, "error"), (3, "note")), (None, "/b"): ((2, "error"),)}
