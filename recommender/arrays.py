"""The array types of the recommender, and the one sparse layout it serves from."""

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
    Texts = npt.NDArray[np.str_]
    # row or code numbers of either width
    AnyInts = npt.NDArray[np.integer[Any]]
else:
    # numpy.typing costs the serving part a tenth of what numpy itself costs
    Floats = Doubles = Ints = Longs = Bools = Texts = AnyInts = np.ndarray


@dataclass(frozen=True, slots=True)
class SparseRows:
    """Compressed sparse rows: row `i` holds `columns[start[i]:start[i+1]]`, with values beside.

    `start` int64 (rows + 1), `columns` whole numbers, `values` float32, `worth` float32 (what else speaks for the
    pair, already weighed), `counts` int32 (baskets behind each value).
    Columns are distinct and rising within a row.
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
        """The values of one row, beside `columns_of`."""
        return self.values[self.start[row] : self.start[row + 1]]

    def count(self, row: int, column: Any) -> int:
        """In how many baskets row and column met; 0 where they never did."""
        lo, hi = self.start[row], self.start[row + 1]
        # the column in the columns' own type: else numpy would first copy the row into the wider one
        at = lo + self.columns[lo:hi].searchsorted(self.columns.dtype.type(column))
        return int(self.counts[at]) if at < hi and self.columns[at] == column else 0
