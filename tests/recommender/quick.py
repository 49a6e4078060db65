"""Settings of a quick training, for tests."""

from recommender.looks.training.hyperparameters import Hyperparameters

QUICK = Hyperparameters(
    dimensions=16, epochs=3, arrival_dimensions=8, arrival_epochs=2, factor_dimensions=16, factor_iterations=5
)


def silent(_step: str, _done: float) -> None:
    """Ignores progress."""
