"""A running store loads a newly published model, refuses a publish_tampered one and keeps the last valid one."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.core.domain.ids import ItemId, Ticket
from kiosk.core.visit.effects import FindLooks
from recommender.artefacts import versions
from recommender.artefacts.versions import ServedVersions
from recommender.looks.pipeline.publish import publish, roll_back
from tests.kiosk.store.advice.trained_shop import TrainedShop
from tests.kiosk.store.http_clients import mirror
from tests.kiosk.store.sample_shop import PREFIX
from tests.kiosk.store.store_process import StoreProcess
from tests.recommender import toy_shop

GOOD = {"passes": True}
TIMEOUT_S = 30
MEI = [{"look_id": "l1", "items": ["0000-navy", "0004-olive"], "by": "Mei"}]


def train_model(folder: Path, seed: int) -> Path:
    """A quickly train_model model; another seed gives other baskets."""
    import pyarrow.parquet as pq

    from recommender.inputs.catalogue import read_items
    from recommender.inputs.history import read_events
    from recommender.looks.pipeline.make import make
    from recommender.looks.training.hyperparameters import Hyperparameters

    folder.mkdir()
    catalogue = toy_shop.catalogue()
    pq.write_table(catalogue, folder / "items.parquet")
    pq.write_table(toy_shop.events(catalogue, baskets=400, seed=seed), folder / "events.parquet")
    items = read_items(folder / "items.parquet")
    quick = Hyperparameters(dimensions=8, epochs=2, arrival_dimensions=8, arrival_epochs=2, seed=seed)
    make(items, read_events(folder / "events.parquet", items), quick, folder / "looks", lambda *_: None)
    return folder / "looks"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("models")
    return [train_model(folder / str(seed), seed) for seed in (7, 19)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "looks"


@pytest.fixture
def shop(tmp_path: Path, free_port: Callable[[], int], root: Path) -> Iterator[StoreProcess]:
    feed = TrainedShop(looks=MEI).write(tmp_path / "boutique")
    process = StoreProcess(
        tmp_path,
        f"sim://127.0.0.1:{free_port()}",
        catalogue={"feed": str(feed), "company_prefixes": [PREFIX]},
        recommender={"model": str(root)},
    )
    yield process
    process.close()


def ask_for_looks(shop: StoreProcess, room: str = "0000-navy") -> list[tuple[str, str, str]]:
    with mirror(shop.url, shop.state, "1") as client:
        question = FindLooks(Ticket("t"), 1, (ItemId(room),), (), None)
        found = client.of_room("POST", "/looks", question)[1]["suggestions"]
    return [(s["garment"]["style_id"], s["garment"]["colour"], s["reason"]) for s in found]


def log_lines(tmp_path: Path, part: str) -> list[str]:
    """The lines of the store's log that hold `part`."""
    return [line for line in (tmp_path / "store.log").read_text().splitlines() if part in line]


def wait_until(there: Callable[[], object]) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not there():
        assert time.monotonic() < deadline, "it did not happen in time"
        threading.Event().wait(0.05)


def publish_tampered(root: Path, number: int) -> str:
    """Publishes a copy of the served model with one changed byte in its vectors."""
    now = versions.read_served(root)
    name = f"{number:04d}-0badbad0"
    folder = versions.version_folder(root, name)
    shutil.copytree(versions.version_folder(root, now.version), folder)
    content = bytearray((folder / "vectors.npz").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "vectors.npz").write_bytes(content)
    versions.write_served(root, ServedVersions(name, (now.version, *now.previous)))
    return name


def test_a_running_store_loads_a_published_model_and_refuses_a_tampered_one(
    shop: StoreProcess, root: Path, models: list[Path], tmp_path: Path
) -> None:
    first_name = publish(models[0], root, None)
    shop.start()
    number = shop.number
    first = ask_for_looks(shop)
    second_name = publish(models[1], root, GOOD)
    wait_until(lambda: log_lines(tmp_path, f"the served model {second_name}"))
    second = ask_for_looks(shop)
    assert second != first
    bad_name = publish_tampered(root, 3)
    wait_until(lambda: log_lines(tmp_path, bad_name))
    assert ask_for_looks(shop) == second
    publish(models[0], root, GOOD)
    wait_until(lambda: log_lines(tmp_path, "the served model 0004-"))
    assert ask_for_looks(shop) == first
    assert [json.loads(line)["level"] for line in log_lines(tmp_path, bad_name)] == ["WARNING"]
    assert "the last valid model stays in use" in log_lines(tmp_path, bad_name)[0]
    assert roll_back(root) == second_name
    wait_until(lambda: len(log_lines(tmp_path, f"the served model {second_name}")) == 2)
    assert ask_for_looks(shop) == second
    assert shop.number == number, "the store was never restarted"
    assert first_name != second_name


@pytest.mark.full
def test_a_store_falls_back_model_by_model_as_they_break(
    shop: StoreProcess, root: Path, models: list[Path], tmp_path: Path
) -> None:
    """The last valid model, then best sellers, then the stylist's looks; always six pieces, never an error."""
    names = [publish(model, root, GOOD) for model in models]
    (versions.version_folder(root, names[1]) / "pairs.npz").write_bytes(b"broken")
    shop.start()
    assert log_lines(tmp_path, "the last valid model stays in use")
    assert "bought-together" in {reason for *_, reason in ask_for_looks(shop)}
    shop.stop()
    (versions.version_folder(root, names[0]) / "pairs.npz").unlink()
    shop.start()
    assert log_lines(tmp_path, "suggestions come from stylists and best sellers")
    reasons = [reason for *_, reason in ask_for_looks(shop)]
    assert reasons.count("popular") >= 3
    assert "bought-together" not in reasons
    shop.stop()
    (root / "popular.json").write_text("[[1]]")
    shop.start()
    assert log_lines(tmp_path, "suggestions come from stylists and sales")
    found = ask_for_looks(shop)
    assert ("0004", "olive", "stylist") in found
    assert len(found) == 6
    assert {reason for *_, reason in found} <= {"stylist", "goes-with"}
    shop.stop()


def test_a_single_model_folder_that_is_replaced_is_loaded_too(
    shop: StoreProcess, root: Path, models: list[Path], tmp_path: Path
) -> None:
    """What `recommender train --out` replaces, without published versions."""
    shutil.copytree(models[0], root)
    shop.start()
    first = ask_for_looks(shop)
    fresh = tmp_path / "fresh"
    shutil.copytree(models[1], fresh)
    root.rename(tmp_path / "old")
    fresh.rename(root)
    wait_until(lambda: ask_for_looks(shop) != first)
    assert not log_lines(tmp_path, '"WARNING"')
