"""All numbers that training depends on, in one frozen value."""

from dataclasses import asdict, dataclass
from typing import Any

from recommender.looks.signals.item_factors import FactorSettings

# Fields whose name in the metadata of a model differs; `threads` is not stated, since it does not change the model.
_STATED_AS = {"affinity_dimensions": "habit_dimensions", "max_cases": "questions"}


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    """Settings of one training.

    `feature_weight`: weight of content features relative to the item's own identity feature; `validation`:
    newest share of the history, on which the blend is chosen with up to `max_cases` cases;
    `served_dimensions`: dimensions of the LightFM vectors as they are served, after a reduction;
    `affinity_dimensions`: vector dimensions for attribute affinities; `dimensions`, `epochs`, `max_sampled`,
    `alpha`, `learning_rate`: as in LightFM. The `factor_` values are those of the item factors (ALS), the
    `arrival_` values those of the model for new arrivals.
    With one thread, a seed gives byte-equal models; with two it does not.
    """

    dimensions: int = 64
    epochs: int = 10
    feature_weight: float = 0.12
    max_sampled: int = 100
    alpha: float = 1e-6
    learning_rate: float = 0.05
    arrival_dimensions: int = 32
    arrival_epochs: int = 6
    served_dimensions: int = 32
    affinity_dimensions: int = 63
    factor_dimensions: int = 128
    factor_iterations: int = 20
    validation: float = 0.17
    max_cases: int = 6000
    threads: int = 1
    seed: int = 7

    @property
    def factors(self) -> FactorSettings:
        """The settings of the item factors."""
        return FactorSettings(self.factor_dimensions, self.factor_iterations, seed=self.seed)

    def as_json(self) -> dict[str, Any]:
        """The values as in the metadata of a model."""
        return {
            _STATED_AS.get(name, name): value for name, value in asdict(self).items() if name != "threads"
        }
