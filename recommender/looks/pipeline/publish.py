"""Publishes a trained model: gate, atomic switch, and rollback."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from recommender.artefacts import versions
from recommender.artefacts.replaced_file import replace_file
from recommender.artefacts.versions import ServedVersions
from recommender.errors import ModelError, PublishError
from recommender.looks.pipeline.model_card import evaluation_section
from recommender.looks.serving import artefact
from recommender.looks.serving.model import LooksModel
from recommender.looks.training.blend_choice import SINGLE_METHODS

# Versions kept, including the served one.
MAX_VERSIONS = 5
_BEST_SELLERS = 500


def publish(model: Path, root: Path, evaluation: Mapping[str, Any] | None, key: bytes | None = None) -> str:
    """Publishes the model folder under `root` and returns its version.

    `evaluation` is the output of `evaluate looks --out`. The gate requires that the model can be verified, that
    its blend was not below the best single method, and that `evaluation` is neither below that method nor
    below the published model, each by the 95 % interval (`passes`). `pipeline.nightly` sets `passes` itself if
    the catalogue changed and there are no new days to evaluate on. The first model of a root needs no
    evaluation. Raises `PublishError` or `ModelError`; the served model stays.
    """
    model_read = artefact.read(model, key=key)
    before = _before(root)
    _gate(model_read.metadata, evaluation, first=before is None)
    version = _next_version(root, _seal_prefix(model))
    target = versions.version_folder(root, version)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.parent / f".{version}"
    try:
        _copy(model, temporary)
        if evaluation is not None and evaluation.get("methods"):
            _extend_card(temporary, evaluation)
        temporary.rename(target)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    artefact.read(target, key=key)
    _write_best_sellers(root, model_read)
    history = () if before is None else (before.version, *before.previous)
    versions.write_served(root, ServedVersions(version, history[: MAX_VERSIONS - 1]))
    _delete_old_versions(root)
    return version


def roll_back(root: Path, key: bytes | None = None) -> str:
    """Serves the latest earlier version that can be verified, and returns it. Raises `PublishError` if there
    is none."""
    now = versions.read_served(root)
    for at, version in enumerate(now.previous):
        try:
            artefact.read(versions.version_folder(root, version), key=key)
        except ModelError:
            continue
        versions.write_served(root, ServedVersions(version, now.previous[at + 1 :]))
        return version
    raise PublishError("there is no earlier model to roll back to")


def _before(root: Path) -> ServedVersions | None:
    try:
        return versions.read_served(root)
    except ModelError:
        return None


def _gate(metadata: Mapping[str, Any], evaluation: Mapping[str, Any] | None, *, first: bool) -> None:
    choice = metadata.get("choice", {})
    singles = [choice[name]["at_10"] for name in SINGLE_METHODS if name in choice]
    if singles and choice[metadata["chosen"]]["at_10"] < max(singles):
        raise PublishError("its blend was worse than a single method on the held-out days")
    if evaluation is None:
        if not first:
            raise PublishError(
                "a model is already served; the result of `evaluate looks --against` is required (--verdict)"
            )
        return
    if not evaluation.get("passes"):
        gain = ", ".join(f"{value:+.4f}" for value in evaluation.get("gain_at_10", ()))
        raise PublishError(
            f"the evaluation found it worse than the served model or the best single method (gain at 10: {gain})"
        )


def _copy(model: Path, target: Path) -> None:
    """Copies the files of a model folder, which has no folders in it."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for file in sorted(model.iterdir()):
        shutil.copyfile(file, target / file.name)


def _extend_card(folder: Path, evaluation: Mapping[str, Any]) -> None:
    """Adds the evaluation to the model card."""
    card = folder / "MODEL_CARD.md"
    text = card.read_text(encoding="utf-8") if card.exists() else "# Looks model\n"
    card.write_text(text + evaluation_section(evaluation), encoding="utf-8")


def _seal_prefix(model: Path) -> str:
    seal = json.loads((model / "manifest.json").read_text(encoding="ascii"))["seal"]
    return str(seal).rsplit(":", 1)[-1][:8]


def _next_version(root: Path, seal: str) -> str:
    taken = [
        int(name.split("-")[0]) for name in versions.versions_on_disk(root) if name.split("-")[0].isdecimal()
    ]
    return f"{max(taken, default=0) + 1:04d}-{seal}"


def _write_best_sellers(root: Path, model: LooksModel) -> None:
    item_index = model.items
    rows = np.argsort(-item_index.sales, kind="stable")[:_BEST_SELLERS]
    best_sellers = [
        [item_index.ids[row], int(item_index.styles[row]), int(item_index.sales[row])]
        for row in rows
        if item_index.sales[row] > 0
    ]
    replace_file(root / versions.POPULAR, json.dumps(best_sellers))


def _delete_old_versions(root: Path) -> None:
    """Deletes versions that the pointer does not name."""
    now = versions.read_served(root)
    for version in versions.versions_on_disk(root):
        if version not in {now.version, *now.previous}:
            shutil.rmtree(versions.version_folder(root, version), ignore_errors=True)
