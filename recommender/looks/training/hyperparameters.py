"""How a model is made: every number that training depends on, in one frozen value."""

from dataclasses import asdict, dataclass
from typing import Any

# Fields whose name in the metadata of a model differs; `threads` is not stated, since it does not change the model.
_STATED_AS = {"affinity_dimensions": "habit_dimensions", "max_cases": "questions"}


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    """The settings of one training.

    `feature_weight`: how loud the catalogue's features are beside the garment's own identity;
    `validation`: the newest share of the history, on which the blend is chosen by so many `questions`;
    `habit_dimensions`: further dimensions for what the catalogue's words say about each other;
    `dimensions`, `epochs`, `max_sampled`, `alpha`, `learning_rate`: as LightFM names them;
    one thread and a seed give byte-equal models, two threads never do.
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
        """The values as they stand in the metadata of a model."""
        return {
            _STATED_AS.get(name, name): value for name, value in asdict(self).items() if name != "threads"
        }
