"""Sales and interaction counts, by hand."""

from recommender.inputs.event_kinds import EventKind
from recommender.inputs.history import concat_events
from recommender.looks.signals.popularity import interaction_counts, sales_of
from tests.recommender.small_history import events


def test_sales_are_purchases_less_returns_and_interactions_leave_refusals_out() -> None:
    bought, returned = events([[0, 0, 1]]), events([[0], [1], [1]], EventKind.RETURN)
    tried, refused = events([[2]], EventKind.TRYON_LEFT), events([[3]], EventKind.NOT_THIS)
    history = concat_events(bought, returned, tried, refused)
    assert sales_of(history, 4).tolist() == [1, 0, 0, 0]
    assert interaction_counts(history, 4).tolist() == [2, 1, 1, 0]
