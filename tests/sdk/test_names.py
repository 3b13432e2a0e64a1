"""What operations and types are called in a package."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.names import canonical_name
from playground.sdk.names import MOST_PARTS, Identifiers, name_operations, pascal, path_of


def named(*ids: str) -> list[tuple[str, str, str]]:
    return [
        (name_operation.canonical, name_operation.alias, name_operation.wire)
        for name_operation in name_operations((canonical_name(raw), raw) for raw in ids)
    ]


def test_an_operation_has_its_canonical_and_its_camel_split_name() -> None:
    assert named("PostCheckoutSessionsSession") == [
        ("postcheckoutsessionssession", "postCheckoutSessionsSession", "postCheckoutSessionsSession")
    ]


def test_one_name_is_enough_where_both_are_the_same() -> None:
    assert named("repos/list-for-user") == [("repos.listForUser", "", "repos.listForUser")]


def test_an_alias_is_never_another_operations_name_and_neither_is_the_wire_name() -> None:
    first, second = named("getFoo", "get-foo")
    assert first == ("getfoo", "", "getfoo")
    assert second[0] == "getFoo"
    assert second[2] == "getFoo"


def test_an_operation_without_an_id_is_called_by_its_canonical_name() -> None:
    (one,) = name_operations([("postV1ChargesId", "")])
    assert (one.alias, one.wire) == ("", "postV1ChargesId")


@given(st.lists(st.text("aAbB1/-_é", min_size=1, max_size=8), max_size=12, unique_by=canonical_name))
def test_no_two_methods_share_a_name(ids: list[str]) -> None:
    names = named(*ids)
    methods = [name for canonical, alias, _ in names for name in (canonical, alias) if name]
    assert len(methods) == len(set(methods))
    wires = [wire for *_, wire in names]
    assert len(wires) == len(set(wires))


def test_a_name_of_very_many_parts_is_one_member() -> None:
    assert path_of("a.b") == ("a", "b")
    assert len(path_of(".".join("a" * MOST_PARTS))) == MOST_PARTS
    assert path_of(".".join("a" * (MOST_PARTS + 1))) == (".".join("a" * (MOST_PARTS + 1)),)


@given(st.lists(st.text(max_size=12), max_size=20))
def test_type_names_are_identifiers_and_unique(names: list[str]) -> None:
    identifiers = Identifiers(("FileArgument",))
    taken = [identifiers.take(name) for name in [*names, "FileArgument"]]
    assert len(taken) == len(set(taken))
    assert all(re.fullmatch(r"[A-Z_][A-Za-z0-9_]*", name) for name in taken)
    assert "FileArgument" not in taken


def test_a_type_name_reads_like_its_source() -> None:
    assert [pascal(name) for name in ("checkout.session", "2fa", "google/books", "")] == [
        "CheckoutSession", "_2fa", "GoogleBooks", "Unnamed",
    ]  # fmt: skip
