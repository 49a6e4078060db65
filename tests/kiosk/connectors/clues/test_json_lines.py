"""Records of members from a file: only hers, the newest first, hostile lines left out, read anew when replaced."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.connectors.clues.json_lines import MAX_BYTES, MAX_TEXT, JsonLineRecords, reviews_in
from kiosk.connectors.clues.port import RecordKind
from kiosk.core.domain.ids import ShopperId

CLARA: Final = ShopperId("s1")
LINE: Final[dict[str, Any]] = {"shopper_id": "s1", "kind": "saved", "item": "C1-NVY", "at_us": 5}


def written(file: Path, *lines: object) -> JsonLineRecords:
    file.write_text(
        "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in lines), "utf-8"
    )
    return JsonLineRecords(file)


def test_only_hers_the_newest_first_and_no_more_than_asked(tmp_path: Path) -> None:
    later = LINE | {"kind": "review", "at_us": 9, "stars": 2, "text": "too short", "language": "en"}
    records = written(tmp_path / "m.jsonl", LINE, later, LINE | {"shopper_id": "s2"})
    found = records.of_member(CLARA, 10)
    assert [(one.kind, one.stars, one.text) for one in found] == [
        (RecordKind.REVIEW, 2, "too short"), (RecordKind.SAVED, 0, ""),
    ]  # fmt: skip
    assert len(records.of_member(CLARA, 1)) == 1
    assert records.of_member(ShopperId("nobody"), 10) == ()
    assert records.mistakes == 0
    assert "too short" not in repr(found)


@pytest.mark.parametrize(
    "line",
    [
        "not json", "[]", "7", "[" * 3000, "x" * 9000,
        LINE | {"kind": "health"}, LINE | {"kind": ["saved"]}, LINE | {"item": ""}, LINE | {"item": "a\x00b"},
        LINE | {"at_us": -1}, LINE | {"at_us": True}, LINE | {"at_us": 1 << 70}, LINE | {"stars": 6},
        LINE | {"stars": "5"}, LINE | {"stars": 4.5}, LINE | {"stars": True}, {"shopper_id": "s1"},
    ],
    ids=lambda line: str(line)[:30],
)  # fmt: skip
def test_a_hostile_line_is_left_out_and_the_others_stay(tmp_path: Path, line: object) -> None:
    records = written(tmp_path / "m.jsonl", line, LINE)
    assert (len(records.of_member(CLARA, 10)), records.mistakes) == (1, 1)


@pytest.mark.parametrize(
    ("written_as", "code"),
    [
        ("en", "en"), ("EN", "en"), ("en-GB", "en"), ("en_US", "en"), ("en_US.UTF-8", "en"), (" en ", "en"),
        ("eng", "en"), ("de-1996", "de"), ("ger", "de"), ("zh_Hans", "zh"), ("gsw", "gsw"), ("", ""), ("english", ""),
        ("e", ""), ("12", ""), ("日本", ""), ("-en", ""), (None, ""), (7, ""),
    ],
)  # fmt: skip
def test_languages_as_other_systems_write_them(tmp_path: Path, written_as: object, code: str) -> None:
    (found,) = written(tmp_path / "m.jsonl", LINE | {"language": written_as}).of_member(CLARA, 1)
    assert found.language == code


@pytest.mark.parametrize(("stars", "read"), [(None, 0), (5.0, 5), (0.0, 0)])
def test_stars_of_a_review_that_has_none_and_whole_ones_with_a_point(
    tmp_path: Path, stars: object, read: int
) -> None:
    (found,) = written(tmp_path / "m.jsonl", LINE | {"stars": stars}).of_member(CLARA, 1)
    assert found.stars == read


def test_half_of_a_character_is_no_text(tmp_path: Path) -> None:
    cut = LINE | {"text": "great \ud83d", "size": "\udfffM", "language": "\ud800"}
    (found,) = written(tmp_path / "m.jsonl", cut).of_member(CLARA, 1)
    assert (found.text, found.size, found.language) == ("great \ufffd", "\ufffdM", "")
    assert found.text.encode(), "planted: an emoji that was cut in two could not be written by anything"


def test_long_texts_are_cut_and_other_types_are_no_text(tmp_path: Path) -> None:
    long = LINE | {"text": "x" * (MAX_TEXT + 9), "size": 38}
    (found,) = written(tmp_path / "m.jsonl", long).of_member(CLARA, 1)
    assert (len(found.text), found.size) == (MAX_TEXT, "")


def test_a_file_that_is_replaced_is_read_again_and_one_that_is_gone_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "m.jsonl"
    records = written(file, LINE)
    assert len(records.of_member(CLARA, 9)) == 1
    fresh = tmp_path / "new"
    written(fresh, LINE, LINE | {"at_us": 6})
    fresh.rename(file)
    assert len(records.of_member(CLARA, 9)) == 2
    file.unlink()
    assert records.of_member(CLARA, 9) == ()


def test_all_reviews_are_read_one_after_the_other_without_being_kept(tmp_path: Path) -> None:
    one = LINE | {"kind": "review", "stars": 4}
    written(
        tmp_path / "m.jsonl",
        one,
        LINE,
        "not json",
        one | {"shopper_id": "s2"},
        "x" * 9000,
        one | {"stars": 9},
    )
    found = list(reviews_in(tmp_path / "m.jsonl"))
    assert [(member, record.stars) for member, record in found] == [("s1", 4), ("s2", 4)]
    assert list(reviews_in(tmp_path / "nothing.jsonl")) == []


def test_no_review_is_read_of_a_folder_a_pipe_or_a_file_that_is_too_large(tmp_path: Path) -> None:
    pipe, large = tmp_path / "pipe", tmp_path / "large.jsonl"
    os.mkfifo(pipe)
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    for place in (tmp_path, pipe, large):
        with pytest.raises(OSError, match=r"regular file|larger|directory"):
            list(reviews_in(place))
