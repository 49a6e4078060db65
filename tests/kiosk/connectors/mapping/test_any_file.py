"""Any file, by any preset: it is converted, or refused with a reason, and what is written is read by the feed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.mapping import load_mapping
from kiosk.connectors.mapping.loading import preset_names
from kiosk.connectors.mapping.model import MappingFile
from kiosk.connectors.mapping.opening import _columns
from tests.kiosk.connectors.mapping.exports import ean, imported, written

PIECES: Final = (
    "", "S", "M", "Blue", "1", "0", "-1", "12.50", "1.234,56", "1e308", "NaN", "-0", "9" * 40, "true", "false",
    "active", "=1+1", "@SUM(A1)", "+cmd|x!A1", '="A1"', "'7", "\u202eabc", "\u200b", "a\u0301" * 9, "\ud800",
    "\x00", "\x07", "\ufeff", "\u2028", "\x85", "\r", "\n", "\r\n", '"', '""', ",", ";", "\t", "|", ":", "=",
    "../../x", "http://x/y.png", "<p>", "<![CDATA[", "&#x0;", "&amp", "٣", "コート", "😀", "x" * 300, "2026-02-30",
    "31/12/26", "{currency}", "{n}", "variable", "configurable", "simple", "id:1", "sku=A,color=Red|sku=B",
    "Color:color:0", "null", "{}", "[]", "  ",
)  # fmt: skip
VALUES: Final[tuple[object, ...]] = (
    None,
    True,
    -1,
    10**30,
    1e308,
    [],
    [[]],
    {},
    {"\x00decimal": "x"},
    [{"a": 1}],
    "text",
    "\ud800",
    0.1,
)
ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "shift_jis", "latin-1")


SENSIBLE: Final = (
    ("price", "12.50"), ("tarif", "12.50"), ("quantity", "3"), ("qty", "3"), ("stock", "3"), ("inventory", "3"),
    ("available", "3"), ("lager", "3"), ("date", ""), ("sale", ""), ("special", ""), ("parent", ""), ("gift", "false"),
    ("variations", ""), ("combination", ""), ("publi", "true"), ("active", "1"), ("status", "active"), ("tax", ""),
    ("currency", "EUR"), ("type", "simple"), ("image", "a.png"), ("store_view", ""), ("product_online", "1"),
)  # fmt: skip
"""A part of a column's name, and what stands there mostly."""


def cell(column: str, rng: random.Random) -> str:
    """Of five in six what belongs into the column."""
    if rng.random() < 1 / 6:
        return "".join(rng.choice(PIECES) for _ in range(rng.choice((1, 1, 1, 2, 3))))
    name = column.casefold()
    if any(part in name for part in ("ean", "gtin", "barcode", "upc")):
        return ean(rng.randint(1, 99))
    known = next((value for part, value in SENSIBLE if part in name), None)
    return f"W{rng.randint(1, 99)}" if known is None else known


def quoted(text: str, rng: random.Random) -> str:
    return '"' + text.replace('"', '""') + '"' if rng.random() < 0.7 else text


def as_csv(columns: list[str], rng: random.Random) -> str:
    sign = rng.choice(",;\t|")
    lines = [sign.join(columns if rng.random() < 0.9 else rng.sample(columns, len(columns)))]
    lines += [sign.join(quoted(cell(one, rng), rng) for one in columns) for _ in range(rng.randint(0, 6))]
    return rng.choice(("\n", "\r\n", "\r")).join(lines) + rng.choice(("\n", ""))


def as_json(columns: list[str], rng: random.Random) -> str:
    rows = [
        {name: rng.choice(VALUES) if rng.random() < 0.1 else cell(name, rng) for name in columns}
        for _ in range(rng.randint(0, 6))
    ]
    return json.dumps(rows) if rng.random() < 0.3 else "".join(json.dumps(row) + "\n" for row in rows)


def as_xml(columns: list[str], rng: random.Random) -> str:
    def element(name: str) -> str:
        return f"<g:{name}>{cell(name, rng)}</g:{name}>"

    items = "".join(f"<item>{''.join(map(element, columns))}</item>" for _ in range(rng.randint(0, 4)))
    head = f'<?xml version="1.0" encoding="{rng.choice((*ENCODINGS, "foo", "gb2312"))}"?>'
    return f'{head}<rss xmlns:g="http://base.google.com/ns/1.0"><channel>{items}</channel></rss>'


FORMS: Final[tuple[tuple[str, Callable[[list[str], random.Random], str]], ...]] = (
    (".csv", as_csv), (".csv", as_csv), (".tsv", as_csv), (".jsonl", as_json), (".json", as_json), (".xml", as_xml),
)  # fmt: skip


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Often as it is; else cut, with other bytes, or put together of two."""
    kind, at = rng.randint(0, 19), rng.randint(0, len(content))
    if kind == 0:
        return content[:at]
    if kind == 1:
        return content[:at] + rng.randbytes(rng.randint(1, 6)) + content[at:]
    return content + content[at:] if kind == 2 else content


def try_one(seed: int, presets: dict[str, MappingFile]) -> bool:
    """Whether a file was taken. Fails for any error but `UnreadableError`, and for a line that the feed cannot read."""
    rng = random.Random(seed)
    name = rng.choice(sorted(presets))
    known = sorted(
        {column.replace("{currency}", "EUR").replace("{n}", "1") for column in _columns(presets[name])}
    )
    columns = [one for one in known if rng.random() < 0.8] or known
    suffix, form = rng.choice(FORMS)
    text = form(
        ["".join(c for c in one if c.isalnum() or c == "_") for one in columns]
        if suffix == ".xml"
        else columns,
        rng,
    )
    encoding = "utf-8" if rng.random() < 0.7 else rng.choice(ENCODINGS)
    content = damaged(text.encode(encoding, "replace"), rng)
    with TemporaryDirectory() as folder:
        try:
            found = imported(Path(folder), written(Path(folder), f"p{suffix}", content), presets[name])
        except UnreadableError:
            return False
        except Exception as error:
            raise AssertionError(f"seed {seed}: {name}{suffix}: {type(error).__name__}") from error
    return bool(found.articles or found.counts)


@pytest.mark.parametrize(
    "count", [700, pytest.param(100_000, marks=[pytest.mark.full, pytest.mark.timeout(7200)])]
)
def test_no_file_ends_the_command_with_a_fault(count: int) -> None:
    presets = {name: load_mapping(name) for name in preset_names()}
    taken = sum(try_one(seed, presets) for seed in range(count))
    assert taken > count // 50, "too few files are good for anything"
