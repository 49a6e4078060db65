"""Reads a table file (Parquet, CSV, JSON lines) as an Arrow table.

CSV columns are read as text, because type guessing would drop the leading zeros of article numbers.
"""

from pathlib import Path
from typing import Any

from recommender.errors import TableError, TableMissingError

_SUFFIXES = ".parquet, .pq, .csv, .jsonl, .ndjson"


def read_table(path: Path) -> Any:
    """The table in `path` as a `pyarrow.Table`. Raises `TableError` if it cannot be read."""
    if not path.exists():
        raise TableMissingError(path.name, ["the file does not exist"])
    import pyarrow as pa

    try:
        table = _plain(_read(path))
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise TableError(path.name, [f"cannot be read: {first[:160]}"]) from error
    twice = sorted({name for name in table.column_names if table.column_names.count(name) > 1})
    if twice:
        raise TableError(path.name, [f"column {name} occurs more than once" for name in twice])
    return table


def _read(path: Path) -> Any:
    if path.is_dir():
        return _parquet(path)
    suffix = path.suffix.lower()
    if suffix in {".parquet", ".pq"}:
        return _parquet(path)
    if suffix == ".csv":
        return _csv(path)
    if suffix in {".jsonl", ".ndjson", ".json"}:
        import pyarrow.json

        return pyarrow.json.read_json(path)
    raise TableError(
        path.name, [f"unknown file type; supported are {_SUFFIXES} and a folder of Parquet files"]
    )


def _plain(table: Any) -> Any:
    """The table with string views converted to strings: few Arrow functions accept string views."""
    import pyarrow as pa

    for at, field in enumerate(table.schema):
        if pa.types.is_string_view(field.type):
            table = table.set_column(at, field.name, table.column(at).cast(pa.string()))
    return table


def _parquet(path: Path) -> Any:
    import pyarrow.parquet

    return pyarrow.parquet.read_table(path)


def _csv(path: Path) -> Any:
    import csv as standard

    import pyarrow as pa
    import pyarrow.csv

    with path.open(encoding="utf-8-sig", newline="") as lines:
        header = next(standard.reader(lines), [])
    options = pyarrow.csv.ConvertOptions(
        column_types={name: pa.string() for name in header}, strings_can_be_null=True
    )
    return pyarrow.csv.read_csv(path, convert_options=options)
