"""Nights after which the served model can be read no more: losses are still noticed, and the next good night heals."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from recommender.__main__ import main
from recommender.artefacts.last_run import RunOutcome
from recommender.artefacts.replaced_folder import MANIFEST
from recommender.artefacts.versions import CURRENT_FILE, MODELS_FOLDER, version_folder
from recommender.inputs.catalogue import items_from
from recommender.looks.pipeline.loss_check import check_losses
from recommender.looks.serving import artefact
from tests.recommender import toy_shop
from tests.recommender.commands.nights import Shop, history, with_column

WHOLE = toy_shop.catalogue()
FEW = WHOLE.slice(0, 40)


@pytest.fixture(scope="module")
def one_night(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = Shop(tmp_path_factory.mktemp("one"))
    shop.write()
    assert main(shop.words()) == 0
    return shop


@pytest.fixture(scope="module")
def two_nights(one_night: Shop, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = copied(one_night, tmp_path_factory.mktemp("two"))
    shop.write(events=history(70))
    assert main(shop.words("--accept-loss")) == 0
    assert len(shop.served.previous) == 1
    return shop


def copied(shop: Shop, folder: Path) -> Shop:
    shutil.copytree(shop.folder, folder, dirs_exist_ok=True)
    return Shop(folder)


def served_folder(shop: Shop) -> Path:
    return version_folder(shop.root, shop.served.version)


def cut(shop: Shop) -> None:
    file = served_folder(shop) / "vectors.npz"
    file.write_bytes(file.read_bytes()[:100])


def other_manifest(shop: Shop) -> None:
    (served_folder(shop) / MANIFEST).write_text(
        '{"facts": {"items": "many", "events": 1e999, "baskets": true}}'
    )


DAMAGE: dict[str, Callable[[Shop], object]] = {
    "an array file": cut,
    "a missing array file": lambda shop: (served_folder(shop) / "pairs.npz").unlink(),
    "the manifest": lambda shop: (served_folder(shop) / MANIFEST).write_bytes(b"{"),
    "a manifest of other kinds of values": other_manifest,
    "the whole folder": lambda shop: shutil.rmtree(served_folder(shop)),
    "the pointer": lambda shop: (shop.root / CURRENT_FILE).write_bytes(b""),
    "no pointer": lambda shop: (shop.root / CURRENT_FILE).unlink(),
}
KNOWN_WITHOUT_EARLIER = {"an array file", "a missing array file", "the pointer", "no pointer"}
"""What the manifest, or the model itself, still states."""


def shrunk(shop: Shop) -> None:
    """Catalogue and history alike, so that every event still names an item."""
    kept = set(FEW["item_id"].to_pylist())
    events = history()
    shop.write(
        items=FEW, events=events.filter(pa.array([item in kept for item in events["item_id"].to_pylist()]))
    )


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("earlier", [False, True], ids=["alone", "with an earlier one"])
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_loss_is_noticed_although_the_served_model_is_damaged(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    damage: str,
    earlier: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shop = copied(request.getfixturevalue("two_nights" if earlier else "one_night"), tmp_path)
    DAMAGE[damage](shop)
    shrunk(shop)
    assert main(shop.words()) == 1
    assert "--accept-loss" in last_line(capsys)
    assert shop.last_run.outcome is RunOutcome.REFUSED
    shop.write(events=history(75))
    known = earlier or damage in KNOWN_WITHOUT_EARLIER
    assert main(shop.words()) == (0 if known else 1), capsys.readouterr().err
    assert known or "nothing is left that states" in shop.last_run.message
    if not known:
        assert main(shop.words("--accept-loss")) == 0
    assert shop.last_run.outcome is RunOutcome.PUBLISHED
    assert len(artefact.read(served_folder(shop)).items) == WHOLE.num_rows
    shop.write(events=history(80))
    assert main(shop.words()) == 0, "and the night after that"
    shrunk(shop)
    assert main(shop.words()) == 1


def test_ids_that_lost_their_zeros_are_noticed_by_an_earlier_version(
    two_nights: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = copied(two_nights, tmp_path)
    cut(shop)
    bare = [
        with_column(table, "item_id", [item.lstrip("0") for item in table["item_id"].to_pylist()])
        for table in (WHOLE, history(70))
    ]
    shop.write(*bare)
    assert main(shop.words()) == 1
    assert "items of an earlier model" in (line := last_line(capsys))
    assert "leading zeros" in line


def test_a_folder_of_models_that_was_emptied_on_purpose_begins_anew(one_night: Shop, tmp_path: Path) -> None:
    shop = copied(one_night, tmp_path)
    shutil.rmtree(shop.root)
    shrunk(shop)
    assert main(shop.words()) == 0
    shutil.rmtree(shop.root / MODELS_FOLDER)
    assert main(shop.words()) == 1, "models alone were deleted: the pointer states that there was one"


def test_planted_fault_a_damaged_model_that_counts_as_none_accepts_the_loss(
    one_night: Shop, tmp_path: Path
) -> None:
    """Planted fault: nothing to compare with, as in a folder where nothing was ever published."""
    shop = copied(one_night, tmp_path)
    cut(shop)
    check_losses(items_from(FEW), None, None, max_loss=0.2)
    shrunk(shop)
    assert main(shop.words()) == 1
