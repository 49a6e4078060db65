"""All numbers that training depends on, in one frozen value."""

from dataclasses import asdict, dataclass
from typing import Any

# Fields whose name in the metadata of a model differs; `threads` is not stated, since it does not change the model.
_STATED_AS = {"affinity_dimensions": "habit_dimensions", "max_cases": "questions"}


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    """Settings of one training.

    `feature_weight`: weight of content features relative to the item's own identity feature; `validation`:
    newest share of the history, on which the blend is chosen with up to `max_cases` cases;
    `affinity_dimensions`: vector dimensions for attribute affinities; `dimensions`, `epochs`, `max_sampled`,
    `alpha`, `learning_rate`: as in LightFM. The `arrival_` values are those of the model for new arrivals.
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
    affinity_dimensions: int = 31
    validation: float = 0.17
    max_cases: int = 6000
    threads: int = 1
    seed: int = 7

    def as_json(self) -> dict[str, Any]:
        """The values as in the metadata of a model."""
        return {
            _STATED_AS.get(name, name): value for name, value in asdict(self).items() if name != "threads"
        }
