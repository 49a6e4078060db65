"""The names of hyperparameters in the metadata of a model are a file format."""

from recommender.looks.training.hyperparameters import Hyperparameters


def test_the_names_in_the_metadata_stay() -> None:
    stated = Hyperparameters(max_cases=5, affinity_dimensions=3).as_json()
    assert sorted(stated) == [
        "alpha", "arrival_dimensions", "arrival_epochs", "dimensions", "epochs", "factor_dimensions",
        "factor_iterations", "feature_weight",
        "habit_dimensions", "learning_rate", "max_sampled", "questions", "seed", "served_dimensions", "validation",
    ]  # fmt: skip
    assert (stated["questions"], stated["habit_dimensions"]) == (5, 3)
