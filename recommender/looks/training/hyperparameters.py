"""How a model is made: every number that training depends on, in one frozen value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
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
    habit_dimensions: int = 31
    validation: float = 0.17
    questions: int = 6000
    threads: int = 1
    seed: int = 7
