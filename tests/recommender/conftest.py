"""A toy shop and its model, made once for all tests of the recommender."""

from pathlib import Path

import pytest

from recommender.inputs.tables import Events, Items
from recommender.looks.serving.looks import LooksRecommender
from tests.recommender import toy_shop


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(ITEMS path, EVENTS path)"""
    return toy_shop.write(tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="session")
def tables(shop: tuple[Path, Path]) -> tuple[Items, Events]:
    from recommender.inputs.catalogue import read_items
    from recommender.inputs.history import read_events

    items = read_items(shop[0])
    return items, read_events(shop[1], items)


@pytest.fixture(scope="session")
def model_folder(toy_model_folder: Path) -> Path:
    return toy_model_folder


@pytest.fixture(scope="session")
def toy_model_folder(tables: tuple[Items, Events], tmp_path_factory: pytest.TempPathFactory) -> Path:
    from recommender.looks.pipeline.make import make
    from recommender.looks.training.hyperparameters import Hyperparameters

    folder = tmp_path_factory.mktemp("model") / "looks"
    make(
        *tables,
        Hyperparameters(
            dimensions=16, epochs=5, arrival_dimensions=8, arrival_epochs=3, factor_dimensions=16
        ),
        folder,
        lambda *_: None,
    )
    return folder


@pytest.fixture(scope="session")
def looks(model_folder: Path) -> LooksRecommender:
    from recommender.looks.serving.looks import LooksRecommender

    return LooksRecommender.open(model_folder)
