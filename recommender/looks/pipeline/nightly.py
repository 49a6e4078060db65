"""The life of the looks from one day to the next: learn, judge, publish; what is served stays where anything is amiss.

A house without sales gets the cold model, in its first weeks with try-ons counted in; as soon as enough baskets are
there, the learned one is tried beside it and the better is taken. Published is what is not worse than what is served,
beyond the interval, and not below the best single method.
"""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Bools
from recommender.artefacts import versions
from recommender.errors import ModelError, PublishError
from recommender.inputs.baskets import baskets_of
from recommender.inputs.stylist_looks import StylistLook
from recommender.inputs.tables import Events, Items
from recommender.looks.evaluation.gate import ModelMaker, evaluate_makers, gate_split, has_enough_cases
from recommender.looks.evaluation.report import evaluation_json
from recommender.looks.pipeline.cold_start import COLD_START, cold_start_model
from recommender.looks.pipeline.make import golden_rooms, iso_day, make
from recommender.looks.pipeline.model_card import catalogue_coverage, model_card
from recommender.looks.pipeline.publish import publish
from recommender.looks.serving import artefact
from recommender.looks.serving.looks import LooksRecommender
from recommender.looks.serving.model import LooksModel
from recommender.looks.serving.size_coverage import shares
from recommender.looks.training.build import build
from recommender.looks.training.hyperparameters import Hyperparameters

# Baskets of two pieces or more from which on a model is learned, and up to which the cold one is tried beside it.
MIN_LEARNED_BASKETS, MAX_COLD_BASKETS = 150, 3000
Progress = Callable[[str, float], None]
_PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class TrainingInputs:
    """What a night works with. `events` None: nothing has happened yet; `bands`: see `serving.size_coverage`."""

    items: Items
    events: Events | None
    looks: Sequence[StylistLook] = ()
    bands: Bools | None = None


@dataclass(frozen=True, slots=True)
class NightlyResult:
    """What came of a night: the version that is served now, whether it is new, and why."""

    version: str
    kind: str
    words: str
    verdict: dict[str, Any] | None = None

    @property
    def published(self) -> bool:
        """Whether this night's model is served now."""
        return self.words == _PUBLISHED

    @property
    def refused(self) -> bool:
        """Whether this night's model was judged and found worse."""
        return self.verdict is not None and not self.published


def renew_model(
    house: TrainingInputs, root: Path, recipe: Hyperparameters, progress: Progress, key: bytes | None = None
) -> NightlyResult:
    """One night. Raises `RecommenderError` where a model cannot be made; what is served stays."""
    served = _served(root, key)
    makers = _makers(house, recipe, progress)
    verdicts = _judged(house, served, recipe, makers, progress)
    if served is not None and not verdicts and served.metadata.get("catalogue") == house.items.digest:
        now = versions.read_served(root).version
        return NightlyResult(
            now, str(served.metadata.get("chosen")), "too little is new to judge another model by"
        )
    kind = _best(verdicts) if verdicts else next(iter(makers))
    verdict = verdicts.get(kind)
    if served is not None and verdict is None:
        # a new season's catalogue and no new day: whatever is served does not know these garments
        verdict = {"passes": True, "questions": 0}
    with tempfile.TemporaryDirectory(prefix=".night-", dir=_made(root)) as place:
        fresh = Path(place) / "looks"
        _write(house, kind, recipe, fresh, progress, key)
        try:
            version = publish(fresh, root, verdict, key)
        except PublishError as refused:
            if served is None:
                raise
            return NightlyResult(versions.read_served(root).version, kind, str(refused), verdict)
    return NightlyResult(version, kind, _PUBLISHED, verdict)


def _served(root: Path, key: bytes | None) -> LooksModel | None:
    """The published model; None where there is none that may be served."""
    try:
        return artefact.read(versions.version_folder(root, versions.read_served(root).version), key=key)
    except ModelError:
        return None


def _makers(house: TrainingInputs, recipe: Hyperparameters, progress: Progress) -> dict[str, ModelMaker]:
    """The ways to make a model that so much history allows."""
    baskets = 0 if house.events is None else int((baskets_of(house.events).sizes >= 2).sum())
    makers: dict[str, ModelMaker] = {}
    if baskets >= MIN_LEARNED_BASKETS:
        makers["learned"] = lambda events: build(house.items, events, recipe, progress)[0]
    if baskets < MAX_COLD_BASKETS:
        makers[COLD_START] = lambda events: cold_start_model(house.items, house.looks, events)
    return makers


def _judged(
    house: TrainingInputs,
    served: LooksModel | None,
    recipe: Hyperparameters,
    makers: dict[str, ModelMaker],
    progress: Progress,
) -> dict[str, dict[str, Any]]:
    """A verdict for each maker; none where there are not days enough to judge by."""
    if house.events is None:
        return {}
    older, newer, unseen = gate_split(house.items, house.events, served, recipe)
    if served is not None and not unseen and served.metadata.get("catalogue") == house.items.digest:
        return {}
    if not len(older) or not has_enough_cases(house.items, newer):
        return {}
    progress("judging", 0.0)
    beside = LooksRecommender(served) if served is not None and unseen else None
    able = {name: make for name, make in makers.items() if name == COLD_START or _learnable(older)}
    return {
        name: evaluation_json(verdict)
        for name, verdict in evaluate_makers(house.items, older, newer, recipe, able, beside).items()
    }


def _learnable(older: Events) -> bool:
    return int((baskets_of(older).sizes >= 2).sum()) >= MIN_LEARNED_BASKETS // 2


def _best(verdicts: dict[str, dict[str, Any]]) -> str:
    """The maker that found most; of equals the first."""
    return max(verdicts, key=lambda name: verdicts[name]["methods"]["model"]["at_10"])


def _write(
    house: TrainingInputs,
    kind: str,
    recipe: Hyperparameters,
    folder: Path,
    progress: Progress,
    key: bytes | None,
) -> None:
    if kind == COLD_START:
        _write_cold(house, folder, recipe, key)
    elif house.events is not None:
        make(house.items, house.events, recipe, folder, progress, key, house.bands)


def _write_cold(house: TrainingInputs, folder: Path, recipe: Hyperparameters, key: bytes | None) -> None:
    events = house.events
    model = cold_start_model(house.items, house.looks, events)
    metadata: dict[str, Any] = {
        "catalogue": house.items.digest,
        "items": len(house.items),
        "sold": 0 if events is None else len(np.unique(events.item)),
        "events": 0 if events is None else len(events),
        "baskets": 0 if events is None else len(np.unique(events.basket)),
        "from": "" if events is None else iso_day(events.at.min()),
        "until": "" if events is None else iso_day(events.at.max()),
        "looks": len(house.looks),
        "chosen": COLD_START,
        "choice": {},
        "weights": {},
    }
    card = model_card(
        metadata, catalogue_coverage(model), () if house.bands is None else shares(model, house.bands)
    )
    golden_answers = artefact.golden_answers(model, golden_rooms(model, recipe.seed))
    artefact.write(replace(model, metadata={}), folder, {**metadata, "golden": golden_answers}, key, card)
    artefact.read(folder, key=key, catalogue=house.items.digest)


def _made(root: Path) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    for left in root.glob(".night-*"):
        # a night that was cut short
        shutil.rmtree(left, ignore_errors=True)
    return root
