"""How a model is made: every number that training depends on, in one frozen value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of one training.

    `feature_weight`: how loud the catalogue's features are beside the garment's own identity;
    `dimensions`, `epochs`, `max_sampled`, `alpha`, `learning_rate`: as LightFM names them;
    one thread and a seed give byte-equal models, two threads never do.
    """

    dimensions: int = 64
    epochs: int = 12
    feature_weight: float = 0.12
    max_sampled: int = 100
    alpha: float = 1e-6
    learning_rate: float = 0.05
    arrival_dimensions: int = 32
    arrival_epochs: int = 6
    threads: int = 1
    seed: int = 7
