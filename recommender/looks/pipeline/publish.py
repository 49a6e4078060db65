"""From a trained model to the one that is served: the gate, the atomic step, and the way back."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from recommender.artefacts import versions
from recommender.artefacts.versions import ServedVersions
from recommender.errors import ModelError, PublishError
from recommender.looks.pipeline.model_card import evaluation_section
from recommender.looks.serving import artefact
from recommender.looks.serving.model import LooksModel
from recommender.looks.training.blend_choice import SINGLE_METHODS

# Versions kept for the way back.
MAX_VERSIONS = 5
_BEST_SELLERS = 500


def publish(model: Path, root: Path, verdict: Mapping[str, Any] | None, key: bytes | None = None) -> str:
    """Publishes the model folder under `root` and returns its version.

    `verdict` is what `evaluate looks --out` wrote. The gate: the model can be read and proved, its blend was not below
    the best single method, and the verdict is neither below it nor below the published model beyond the interval.
    The first model of a root may come without a verdict. Raises `PublishError` or `ModelError`; the served one stays.
    """
    read = artefact.read(model, key=key)
    before = _before(root)
    _gate(read.metadata, verdict, first=before is None)
    version = _next(root, _short(model))
    target = versions.version_folder(root, version)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.parent / f".{version}"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(model, fresh)
    if verdict is not None and verdict.get("methods"):
        _tell(fresh, verdict)
    fresh.rename(target)
    artefact.read(target, key=key)
    _note_popular(root, read)
    history = () if before is None else (before.version, *before.previous)
    versions.write_served(root, ServedVersions(version, history[: MAX_VERSIONS - 1]))
    _sweep(root)
    return version


def roll_back(root: Path, key: bytes | None = None) -> str:
    """Serves and returns the latest earlier version that can still be proved; `PublishError` if there is none."""
    now = versions.read_served(root)
    for at, version in enumerate(now.previous):
        try:
            artefact.read(versions.version_folder(root, version), key=key)
        except ModelError:
            continue
        versions.write_served(root, ServedVersions(version, now.previous[at + 1 :]))
        return version
    raise PublishError("there is no earlier model to go back to")


def _before(root: Path) -> ServedVersions | None:
    try:
        return versions.read_served(root)
    except ModelError:
        return None


def _gate(metadata: Mapping[str, Any], verdict: Mapping[str, Any] | None, *, first: bool) -> None:
    choice = metadata.get("choice", {})
    singles = [choice[name]["at_10"] for name in SINGLE_METHODS if name in choice]
    if singles and choice[metadata["chosen"]]["at_10"] < max(singles):
        raise PublishError("its own blend did worse than a single method on the days held back")
    if verdict is None:
        if not first:
            raise PublishError(
                "a model is already served; bring the verdict of `evaluate looks --against` with it"
            )
        return
    if not verdict.get("passes"):
        gain = ", ".join(f"{value:+.4f}" for value in verdict.get("gain_at_10", ()))
        raise PublishError(f"the evaluation says it is worse than what is there (gain at 10: {gain})")


def _tell(folder: Path, verdict: Mapping[str, Any]) -> None:
    """Adds to the model card how the model was judged."""
    card = folder / "MODEL_CARD.md"
    said = card.read_text(encoding="utf-8") if card.exists() else "# Looks model\n"
    card.write_text(said + evaluation_section(verdict), encoding="utf-8")


def _short(model: Path) -> str:
    seal = json.loads((model / "manifest.json").read_text(encoding="ascii"))["seal"]
    return str(seal).rsplit(":", 1)[-1][:8]


def _next(root: Path, seal: str) -> str:
    taken = [
        int(name.split("-")[0]) for name in versions.versions_on_disk(root) if name.split("-")[0].isdecimal()
    ]
    return f"{max(taken, default=0) + 1:04d}-{seal}"


def _note_popular(root: Path, model: LooksModel) -> None:
    shelf = model.items
    rows = np.argsort(-shelf.sales, kind="stable")[:_BEST_SELLERS]
    told = [
        [shelf.ids[row], int(shelf.styles[row]), int(shelf.sales[row])]
        for row in rows
        if shelf.sales[row] > 0
    ]
    fresh = root / f".{versions.POPULAR}"
    fresh.write_text(json.dumps(told), encoding="utf-8")
    fresh.replace(root / versions.POPULAR)


def _sweep(root: Path) -> None:
    """Removes versions that neither serve nor lie on the way back."""
    now = versions.read_served(root)
    for version in versions.versions_on_disk(root):
        if version not in {now.version, *now.previous}:
            shutil.rmtree(versions.version_folder(root, version), ignore_errors=True)
