"""Nights of learning that go wrong: each is refused, and the served model stays, or wrong rows are left out."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from recommender.__main__ import main
from recommender.artefacts.last_run import RunOutcome
from recommender.artefacts.single_run import only_run
from recommender.artefacts.versions import version_folder
from recommender.errors import LossError
from recommender.inputs.catalogue import items_from
from recommender.looks.pipeline.comparison import TrainedOn
from recommender.looks.pipeline.loss_check import check_losses
from recommender.looks.serving import artefact
from tests.recommender import toy_shop
from tests.recommender.commands.nights import Shop, history, with_column

WHOLE = toy_shop.catalogue()


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = Shop(tmp_path_factory.mktemp("nights"))
    shop.write()
    assert main(shop.words()) == 0
    return shop


@pytest.fixture
def shop(first_night: Shop, tmp_path: Path) -> Shop:
    """A shop after a good night."""
    shutil.copytree(first_night.folder, tmp_path / "shop")
    return Shop(tmp_path / "shop")


def night(shop: Shop, capsys: pytest.CaptureFixture[str], *more: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(shop.words(*more))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def without_zeros(table: pa.Table) -> pa.Table:
    return with_column(table, "item_id", [item.lstrip("0") for item in table["item_id"].to_pylist()])


def half_elsewhere() -> pa.Table:
    ids = history()["item_id"].to_pylist()
    return with_column(history(), "item_id", [f"x{item}" if at % 2 else item for at, item in enumerate(ids)])


REFUSED: dict[str, tuple[Callable[[], dict[str, pa.Table]], str]] = {
    "a catalogue of 3 items": (lambda: {"items": WHOLE.slice(0, 3)}, "177 of the 180 items of the served"),
    "a catalogue without leading zeros": (lambda: {"items": without_zeros(WHOLE)}, "leading zeros"),
    "a history without leading zeros": (lambda: {"events": without_zeros(history())}, "leading zeros"),
    "both without leading zeros": (
        lambda: {"items": without_zeros(WHOLE), "events": without_zeros(history())},
        "leading zeros",
    ),
    "half of the history elsewhere": (lambda: {"events": half_elsewhere()}, "name an item that is not in"),
    "half of the history gone": (lambda: {"events": history().slice(0, 80)}, "events; the served model was"),
    "an empty history": (lambda: {"events": history().slice(0, 0)}, "has 0 events"),
    "no basket of the catalogue": (
        lambda: {"events": with_column(history(), "item_id", ["x"] * history().num_rows)},
        "no event names an item",
    ),
    "all events in the future": (
        lambda: {"events": with_column(history(), "at", ["2999-01-01"] * history().num_rows)},
        "dated in the future",
    ),
    "two styles for an item": (
        lambda: {"items": pa.concat_tables([WHOLE, with_column(WHOLE, "style_id", ["other"] * len(WHOLE))])},
        "have two styles",
    ),
    "a column missing": (lambda: {"events": history().drop_columns(["kind"])}, "column kind is missing"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_night_is_refused_and_the_served_model_stays(
    shop: Shop, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tables, expected = REFUSED[what]
    before = shop.served
    shop.write(**tables())
    code, out, error = night(shop, capsys)
    assert (code, out) == (1, "")
    last_line = error.splitlines()[-1]
    assert last_line.startswith("recommender: refused, the served model stays: ")
    assert expected in last_line
    assert shop.served == before
    assert (shop.last_run.outcome, expected in shop.last_run.message) == (RunOutcome.REFUSED, True)


@pytest.mark.parametrize("name", ["items.parquet", "events.parquet"])
def test_a_half_written_table_is_refused(shop: Shop, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = shop.folder / name
    content = file.read_bytes()
    for length in (0, 3, len(content) // 2, len(content) - 1):
        file.write_bytes(content[:length])
        code, _, error = night(shop, capsys)
        assert (code, "cannot be read" in error.splitlines()[-1]) == (1, True), length
    assert len(shop.served.previous) == 0


def test_a_loss_that_is_intended_is_accepted(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    shop.write(items=WHOLE.slice(0, 90))
    code, _, error = night(shop, capsys)
    assert code == 1
    assert "--accept-loss" in error
    assert night(shop, capsys, "--max-loss", "0.6")[0] == 0
    shop.write(items=WHOLE.slice(0, 30))
    assert night(shop, capsys, "--accept-loss")[0] == 0
    assert len(shop.served.previous) == 2
    assert night(shop, capsys)[0] == 0, "the smaller catalogue is what the next night is compared with"


def test_a_share_of_unknown_items_is_compared_with_the_night_before(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.write(events=half_elsewhere())
    assert night(shop, capsys, "--accept-loss")[0] == 0
    model = artefact.read(version_folder(shop.root, shop.served.version))
    assert model.metadata["matched"] == pytest.approx(0.5, abs=0.01)
    assert model.metadata["left_out"]["unknown_item"] == history().num_rows // 2
    assert night(shop, capsys)[0] == 0


WRONG_DATES = ("2099-01-01", "9999-12-31", "0001-01-01", "1970-01-01", "-1", "soon")


@pytest.mark.parametrize("wrong", WRONG_DATES)
def test_one_wrong_date_does_not_end_the_learning(
    shop: Shop, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for baskets in (90, 120):
        days = history(baskets)
        at = days["at"].to_pylist()
        shop.write(events=with_column(days, "at", [wrong, *at[1:]]))
        code, out, error = night(shop, capsys)
        assert code == 0, error
        assert "1 of " in error
        assert "left out" in error
        assert json.loads(out)["published"], "new days are learned from"
    until = artefact.read(version_folder(shop.root, shop.served.version)).metadata["until"]
    assert until.startswith("2025-03-")


def test_a_model_of_an_earlier_version_that_was_trained_in_the_future_is_replaced(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    """Planted fault: a served model that states that it has seen all days until 2099, or until the end of time."""
    for until in ("2099-01-01", "9999-12-31"):
        folder = version_folder(shop.root, shop.served.version)
        model = artefact.read(folder)
        artefact.write(model, folder, {**model.metadata, "until": until})
        shop.write(events=history(120 if until.startswith("2") else 150))
        code, out, error = night(shop, capsys)
        assert code == 0, error
        assert json.loads(out)["published"]


def test_planted_fault_a_loss_that_is_not_compared_is_caught(first_night: Shop) -> None:
    """Planted fault: no limit, as if nothing were compared."""
    served = artefact.read(version_folder(first_night.root, first_night.served.version))
    few = items_from(WHOLE.slice(0, 3))
    check_losses(few, None, TrainedOn.of(served), max_loss=1.0)
    with pytest.raises(LossError, match="177 of the 180"):
        check_losses(few, None, TrainedOn.of(served), max_loss=0.2)


def test_two_nights_at_once_are_one_too_many(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    before = shop.last_run
    with only_run(shop.root):
        code, _, error = night(shop, capsys)
    assert (code, "another training run" in error) == (2, True)
    assert shop.last_run == before
    assert night(shop, capsys)[0] == 0
