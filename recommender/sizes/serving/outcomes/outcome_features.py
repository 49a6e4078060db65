"""Features of a trial for the multinomial model; they are columns of the trees, too. Needs numpy only."""

import numpy as np

from recommender.arrays import Doubles
from recommender.sizes.serving.fit_statistics import FitStatistics, take_rows
from recommender.sizes.serving.fit_table import BODY
from recommender.sizes.serving.trial_columns import TrialColumns
from recommender.sizes.serving.vocabulary import EncodedTrials

OUTCOME_COLUMNS = 8 + 3 + 10 + len(BODY) + 2
"""Columns of `outcome_features`."""


def outcome_features(coded: EncodedTrials, known: TrialColumns, statistics: FitStatistics) -> Doubles:
    """Features of each trial; `known` belongs to `coded`."""
    gap, item_shift = known.gap, known.item_shift
    user_shift = take_rows(statistics.user_shift, coded.user)
    offset = gap - item_shift
    residual = offset - user_shift
    z = (coded.body - statistics.scale[0]) / statistics.scale[1]
    position = np.where(np.isnan(coded.position), 0.0, coded.position)
    features = [
        gap,
        gap**2,
        offset,
        offset**2,
        item_shift,
        user_shift,
        residual,
        residual**2,
        np.abs(residual),
        position,
    ]
    return np.hstack(
        [
            known.odds,
            statistics.answers(coded),
            np.stack(features, axis=1),
            np.where(np.isnan(z), 0.0, np.clip(z, -4.0, 4.0)),
            known.vector_odds,
        ]
    )
