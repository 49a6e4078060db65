"""Deltas: a file that says it is one names only what changed; it is put on top of the full file beside it."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kiosk.connectors.feeds.feed_files import jsonl, opened, read, set_time, stock, stock_key, told

HOUR = 3_600_000_000


def counts(folder: Path) -> dict[str, int]:
    return {key: line.count for key, line in read(folder, "stock").changed.items()}


def test_a_delta_alone_is_partial(tmp_path: Path) -> None:
    jsonl(
        tmp_path / "stock.delta.jsonl",
        [stock(1, 5), {"gtin": stock(2)["gtin"], "place": "floor", "deleted": True}],
    )
    found = read(tmp_path, "stock")
    assert found.partial
    assert (set(found.changed), found.deleted) == ({stock_key(1)}, {stock_key(2)})


def test_a_short_file_without_the_mark_is_not_partial(tmp_path: Path) -> None:
    jsonl(tmp_path / "stock.jsonl", [stock(1, 5)])
    assert not read(tmp_path, "stock").partial


def test_deltas_are_put_on_the_full_file_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    full = jsonl(tmp_path / "stock.jsonl", [stock(n) for n in range(5)])
    ten, two = tmp_path / "stock.delta-10.jsonl", tmp_path / "Stock.Delta.2.jsonl"
    jsonl(two, [stock(1, 20), stock(2, 20), {**stock(3), "deleted": "yes"}])
    jsonl(ten, [stock(1, 100), stock(7, 100)])
    for path in (full, two, ten):
        set_time(path, HOUR)
    found = read(tmp_path, "stock")
    assert counts(tmp_path) == {
        stock_key(0): 2, stock_key(1): 100, stock_key(2): 20, stock_key(4): 2, stock_key(7): 100,
    }  # fmt: skip
    assert (found.partial, found.deleted) == (False, {stock_key(3)})
    again = read(tmp_path, "stock", found.digests)
    assert set(again.changed) == {stock_key(1), stock_key(2), stock_key(7)}, (
        "a delta is read whole: it counts anew"
    )
    assert [stamp.name for stamp in opened(tmp_path).stamps("stock")] == [full.name, two.name, ten.name]


def test_a_delta_older_than_the_full_file_is_not_read_and_named(tmp_path: Path) -> None:
    full, delta = (
        jsonl(tmp_path / "stock.jsonl", [stock(1)]),
        jsonl(tmp_path / "stock.delta.jsonl", [stock(1, 9)]),
    )
    set_time(full, 2 * HOUR)
    set_time(delta, HOUR)
    assert counts(tmp_path) == {stock_key(1): 2}
    assert [str(note) for note in opened(tmp_path).notes] == [
        "stock.delta.jsonl: is not read, because stock.jsonl is newer than this delta"
    ]


def test_a_line_keeps_the_name_and_time_of_its_file(tmp_path: Path) -> None:
    full = jsonl(tmp_path / "stock.jsonl", [stock(1), stock(2)])
    delta = jsonl(tmp_path / "stock.delta.jsonl", [stock(1, 9)])
    set_time(full, HOUR)
    set_time(delta, 2 * HOUR)
    found = read(tmp_path, "stock")
    assert (found.time_us(stock_key(1)), found.time_us(stock_key(2))) == (2 * HOUR, HOUR)
    assert str(found.mistake(stock_key(1), "x")) == "stock.delta.jsonl:1: x"
    assert str(found.mistake(stock_key(2), "x")) == "stock.jsonl:2: x"


def test_a_mistaken_line_of_a_delta_leaves_what_is_known(tmp_path: Path) -> None:
    jsonl(tmp_path / "stock.jsonl", [stock(1), stock(2)])
    jsonl(tmp_path / "stock.delta.jsonl", [stock(1, "many")])
    found = read(tmp_path, "stock")
    assert (set(found.changed), found.mistaken) == ({stock_key(2)}, {stock_key(1)})
    assert "is not a number" in told(found)[0]


def test_a_delta_that_cannot_be_read_changes_nothing_and_is_told(tmp_path: Path) -> None:
    jsonl(tmp_path / "stock.jsonl", [stock(1)])
    (tmp_path / "stock.delta.csv").write_text("a,b\n1,2\n")
    found = read(tmp_path, "stock")
    assert (set(found.changed), found.failed) == ({stock_key(1)}, "")
    assert told(found)[0].startswith("stock.delta.csv: has no column")


def test_a_delta_may_have_only_the_key_and_deleted(tmp_path: Path) -> None:
    (tmp_path / "styles.delta.csv").write_text("style_id;deleted\nC1;ja\n")
    found = read(tmp_path, "styles")
    assert (found.deleted, found.mistakes) == ({"C1"}, ())


def test_deleting_what_the_same_file_gives_is_a_mistake(tmp_path: Path) -> None:
    jsonl(tmp_path / "stock.jsonl", [stock(1), {**stock(1), "deleted": True}])
    found = read(tmp_path, "stock")
    assert told(found) == ["stock.jsonl:2: deletes what line 1 gives"]
    assert (set(found.changed), found.deleted) == ({stock_key(1)}, frozenset())


CHANGES = st.dictionaries(st.integers(0, 5), st.none() | st.integers(0, 9), max_size=6)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES, st.lists(CHANGES, max_size=3))
def test_full_file_and_deltas_are_one_state(
    tmp_path: Path, full: dict[int, int | None], deltas: list[dict[int, int | None]]
) -> None:
    for old in tmp_path.iterdir():
        old.unlink()
    state: dict[int, int] = {}
    for number, changes in enumerate([full, *deltas]):
        name = f"stock.delta-{number}.jsonl" if number else "stock.jsonl"
        rows = [
            stock(n) | ({"deleted": True} if count is None else {"count": count})
            for n, count in changes.items()
        ]
        set_time(jsonl(tmp_path / name, rows), HOUR)
        for n, count in changes.items():
            if count is None:
                state.pop(n, None)
            else:
                state[n] = count
    assert counts(tmp_path) == {stock_key(n): count for n, count in state.items()}
