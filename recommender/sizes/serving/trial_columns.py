"""What the tables of a model say of trials, computed once and used for the outcome and for the choice of a size."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from recommender.arrays import Doubles
from recommender.sizes.serving.fit_statistics import FitStatistics, take_rows
from recommender.sizes.serving.fit_vectors import FitVectors
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary


@dataclass(frozen=True)
class TrialColumns:
    """One row per trial. `gap`: standard deviations above the size that the body suggests; `item_shift`: the product's
    offset; `odds`: 8 columns of `FitStatistics.odds`; `vector_odds`: 2 columns of `FitVectors.odds`."""

    gap: Doubles
    item_shift: Doubles
    odds: Doubles
    vector_odds: Doubles

    @staticmethod
    def of(
        coded: EncodedTrials, vocabulary: Vocabulary, statistics: FitStatistics, vectors: FitVectors
    ) -> "TrialColumns":
        """From encoded trials."""
        return TrialColumns(
            statistics.gaps(coded),
            take_rows(statistics.item_shift, coded.item),
            statistics.odds(coded),
            vectors.odds(coded, vocabulary),
        )

    @staticmethod
    def of_grid(
        coded: EncodedTrials,
        sizes: int,
        vocabulary: Vocabulary,
        statistics: FitStatistics,
        vectors: FitVectors,
    ) -> "TrialColumns":
        """From trials of unknown shoppers, of the same `sizes` sizes by each body: the rows of one body follow each
        other. What depends on the size or on the body alone is looked up once for it."""
        run, bodies = coded.where(slice(0, sizes)), coded.where(slice(0, None, sizes))
        return TrialColumns(
            statistics.gaps(coded),
            np.tile(take_rows(statistics.item_shift, run.item), len(bodies)),
            np.tile(statistics.odds(run), (len(bodies), 1)),
            vectors.grid_odds(bodies, run, vocabulary),
        )

    def where(self, rows: Any) -> "TrialColumns":
        """The marked or numbered rows."""
        return TrialColumns(*(getattr(self, field.name)[rows] for field in fields(TrialColumns)))
