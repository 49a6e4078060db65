"""Publishing: the gate, rollback, and old versions."""

from pathlib import Path

import pytest

from recommender.artefacts import versions
from recommender.errors import PublishError
from recommender.looks.pipeline.publish import publish, roll_back
from recommender.looks.serving.looks import LooksRecommender

GOOD = {"passes": True}
BAD = {"passes": False, "gain_at_10": [-0.02, -0.03, -0.01]}


def test_the_gate_and_the_rollback(model_folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "served"
    first = publish(model_folder, root, None)
    with pytest.raises(PublishError, match="verdict"):
        publish(model_folder, root, None)
    with pytest.raises(PublishError, match="worse"):
        publish(model_folder, root, BAD)
    assert versions.read_served(root).version == first
    second = publish(model_folder, root, GOOD)
    assert second != first
    assert LooksRecommender.open(root).has_item("0000-navy")
    assert roll_back(root) == first
    with pytest.raises(PublishError, match="earlier"):
        roll_back(root)


def test_a_rollback_skips_a_broken_version(model_folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "served"
    names = [publish(model_folder, root, GOOD) for _ in range(3)]
    (versions.version_folder(root, names[1]) / "pairs.npz").write_bytes(b"")
    assert roll_back(root) == names[0]


def test_only_a_few_versions_are_kept(model_folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "served"
    for _ in range(7):
        publish(model_folder, root, GOOD)
    assert len(versions.versions_on_disk(root)) == 5
