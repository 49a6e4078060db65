"""The table of application identifiers: complete, unambiguous, and equal to that of a published library."""

from __future__ import annotations

import pytest

from hardware.labels.application_identifiers import (
    IDENTIFIERS,
    PREDEFINED,
    check_digit_fits,
    identifier_at,
    is_value,
    value_ends,
)
from tests.peers import environment


def lengths(identifier: str) -> tuple[int, int]:
    parts = IDENTIFIERS[identifier]
    return sum(part.least for part in parts), sum(part.most for part in parts)


def test_no_identifier_begins_with_another() -> None:
    for identifier in IDENTIFIERS:
        assert not any(identifier[:n] in IDENTIFIERS for n in range(2, len(identifier)))


def test_identifiers_of_predefined_length_have_that_length() -> None:
    for identifier in IDENTIFIERS:
        if (length := PREDEFINED.get(identifier[:2])) is not None:
            assert lengths(identifier) == (length - len(identifier),) * 2


def test_only_the_last_part_of_a_value_has_a_variable_length() -> None:
    for parts in IDENTIFIERS.values():
        assert all(part.least == part.most for part in parts[:-1])


@pytest.mark.parametrize(
    ("identifier", "good", "wrong"),
    [
        ("01", "04006381333931", "04006381333932"),
        ("00", "340123450000000000", "340123450000000001"),
        ("10", "LOT-1", "LOT 1"),
        ("11", "260229", "261329"),
        ("17", "261200", "261232"),
        ("20", "01", "1"),
        ("21", "A" * 20, "A" * 21),
        ("240", "A", ""),
        ("253", "4012345000009X", "4012345000008X"),
        ("30", "12", "12A"),
        ("3103", "001250", "1250"),
        ("7003", "2612312359", "26123123"),
        ("8008", "26123123", "2612312"),
        ("8010", "1987654AB#1", "1987654ab"),
        ("8200", "https://", "|"),
        ("91", "x" * 90, "x" * 91),
    ],
)
def test_values(identifier: str, good: str, wrong: str) -> None:
    assert is_value(identifier, good)
    assert not is_value(identifier, wrong)


def test_identifiers_and_values_are_found_within_a_text() -> None:
    assert identifier_at("xx3103001250", 2) == "3103"
    assert identifier_at("89", 0) is None
    assert list(value_ends("21ABC|", 2, "21")) == [3, 4, 5]


def test_check_digits() -> None:
    assert check_digit_fits("4006381333931")
    assert not check_digit_fits("4006381333932")


@pytest.mark.skipif(environment.python() is None, reason=environment.WHY_ABSENT)
def test_a_published_library_has_the_same_table() -> None:
    theirs = environment.run("application_identifiers.py")
    ours = {identifier: [identifier[:2] in PREDEFINED, lengths(identifier)[1]] for identifier in IDENTIFIERS}
    differ = {identifier for identifier in theirs if theirs[identifier] != ours.get(identifier)}
    # the minus sign of a temperature has no number in the library's forms; 8043 is N18 [N..2] since 2025
    assert differ <= {"4330", "4331", "4332", "4333", "8043"}
    assert len(theirs) > 500
