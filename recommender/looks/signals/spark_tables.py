"""Arrow tables of `co_purchase_spark` as the arrays of `HistoryCounts`."""

from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Doubles, Ints, Longs
from recommender.inputs.baskets import Baskets
from recommender.inputs.tables import Items
from recommender.looks.serving.chance import PurchaseCounts
from recommender.looks.serving.column_roles import detect_roles
from recommender.looks.signals.purchase_counts import expected_pairs


def write_items(items: Items, file: Path) -> None:
    """Writes item_id, row, style and category (code, -1: unknown) of each item as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    category = detect_roles(items).get("category")
    codes = np.full(len(items), -1, np.int32) if category is None else category.codes.astype(np.int32)
    rows = np.arange(len(items), dtype=np.int32)
    columns = {"row": rows, "style": items.styles.astype(np.int32), "category": codes}
    pq.write_table(pa.table({"item_id": list(items.ids), **columns}), file)


def values_by_item(table: Any, key: str, name: str, count: int) -> Doubles:
    """The column `name` by the row number in the column `key`, 0 where there is none."""
    found = np.zeros(count)
    found[table[key].to_numpy()] = table[name].to_numpy()
    return found


def pair_matrix(table: Any, name: str, count: int, kind: type) -> Any:
    """The column `name` of pairs (one, two) as a square matrix (CSR) without zeros.

    A pair is complete if it is among the strongest of one of the two, so that the matrix is symmetric.
    """
    cells = (table["one"].to_numpy(), table["two"].to_numpy())
    values = table[name].to_numpy().astype(kind)
    matrix = sparse.csr_matrix((values, cells), shape=(count, count))
    both = matrix.maximum(matrix.T).tocsr()
    both.eliminate_zeros()
    both.sort_indices()
    return both


def category_square(table: Any, words: int) -> Longs:
    """Number of baskets with each pair of categories."""
    found = np.zeros((words, words), np.int64)
    found[table["one"].to_numpy(), table["two"].to_numpy()] = table["baskets"].to_numpy()
    return found


def purchases(categories: Any, kept: Ints, words: int) -> PurchaseCounts:
    """The purchase counts from the baskets of each category; category -1 stands for all baskets."""
    code = categories["category"].to_numpy()
    chances, baskets = [], 0
    for name in ("every", "larger"):
        counts = categories[name].to_numpy()
        total, held = int(counts[code < 0].sum()), np.zeros(words, np.int64)
        held[code[code >= 0]] = counts[code >= 0]
        chances.append(expected_pairs(held, total))
        baskets = max(baskets, total)
    return PurchaseCounts(baskets, kept, np.maximum(*chances))


def baskets_from(table: Any) -> Baskets:
    """A table `basket, item, weight, bought, at` as baskets, oldest first."""
    import pyarrow.compute as compute

    keys = [("at", "ascending"), ("basket", "ascending"), ("item", "ascending")]
    rows = table.sort_by(keys).combine_chunks()
    code = compute.dictionary_encode(rows["basket"].combine_chunks()).indices.to_numpy()
    head = np.flatnonzero(np.diff(code, prepend=-1))
    return Baskets(
        np.append(head, len(code)).astype(np.int64),
        rows["item"].to_numpy().astype(np.int32),
        rows["weight"].to_numpy().astype(np.float32),
        rows["bought"].to_numpy().astype(np.int32),
        rows["at"].to_numpy().astype(np.int64)[head],
        np.arange(len(head), dtype=np.int32),
    )
