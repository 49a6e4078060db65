"""Array type aliases of the recommender, and the compressed sparse rows that models are served from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Doubles = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int32]
    Longs = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]
    # integers of any width
    AnyInts = npt.NDArray[np.integer[Any]]
else:
    # importing numpy.typing takes a tenth of the time of importing numpy itself
    Floats = Doubles = Ints = Longs = Bools = AnyInts = np.ndarray


@dataclass(frozen=True, slots=True)
class SparseRows:
    """Compressed sparse rows (CSR): row `i` holds `columns[start[i]:start[i+1]]`, with values beside.

    `start` is int64 of length rows + 1, `columns` any integer type, `values` and `pair_scores` float32,
    `counts` int32. `pair_scores` holds the already weighted sum of the other pair signals, `counts` the
    baskets behind each value. Columns of a row are distinct and ascending.
    """

    start: Longs
    columns: AnyInts
    values: Floats
    pair_scores: Floats
    counts: Ints

    def columns_of(self, row: int) -> AnyInts:
        """The columns of one row, as a view."""
        return self.columns[self.start[row] : self.start[row + 1]]

    def values_of(self, row: int) -> Floats:
        """The values of one row, aligned with `columns_of`, as a view."""
        return self.values[self.start[row] : self.start[row + 1]]

    def count(self, row: int, column: Any) -> int:
        """Number of baskets that hold both the row's item and the column's item; 0 if there is none."""
        lo, hi = self.start[row], self.start[row + 1]
        # cast to the type of `columns`; otherwise numpy would copy the row to the wider type first
        at = lo + self.columns[lo:hi].searchsorted(self.columns.dtype.type(column))
        return int(self.counts[at]) if at < hi and self.columns[at] == column else 0
