"""Pairs counted under a memory limit are those counted in memory, and shops add up."""

from importlib.util import find_spec

import numpy as np
import pytest

from recommender.baskets import baskets_of
from recommender.errors import RecommenderError
from recommender.pairs import count_pairs

ABSENT = find_spec("duckdb") is None


@pytest.mark.skipif(ABSENT, reason="DuckDB (extra 'large') is not installed")
def test_counts_are_those_counted_in_memory_and_shops_add_up(shop, tables, tmp_path):
    import pyarrow.parquet as pq

    from recommender.counting import add_pairs, count_pairs_large

    items, events = tables
    whole = pq.read_table(shop[1])
    odd = np.array([int(basket[1:]) % 2 == 1 for basket in whole["basket_id"].to_pylist()])
    parts = []
    for name, rows in (("odd", odd), ("even", ~odd)):
        pq.write_table(whole.filter(rows), tmp_path / f"{name}.parquet")
        count_pairs_large([tmp_path / f"{name}.parquet"], tmp_path / f"{name}-pairs.parquet", memory="200MB")
        parts.append(tmp_path / f"{name}-pairs.parquet")
    add_pairs(parts, tmp_path / "sum.parquet")
    count_pairs_large([shop[1]], tmp_path / "whole.parquet", memory="200MB")
    summed, counted = (
        pq.read_table(tmp_path / name).to_pylist() for name in ("sum.parquet", "whole.parquet")
    )
    assert summed == counted
    proof = count_pairs(baskets_of(events), items.styles, len(items.style_names)).proof
    assert proof.nnz == 2 * len(counted)
    for row in counted:
        assert proof[items.index[row["item"]], items.index[row["other"]]] == row["baskets"]


@pytest.mark.skipif(not ABSENT, reason="DuckDB is installed")
def test_without_duckdb_one_clear_sentence(shop, tmp_path):
    from recommender.counting import count_pairs_large

    with pytest.raises(RecommenderError, match="extra 'large'"):
        count_pairs_large([shop[1]], tmp_path / "pairs.parquet")
