"""Documents of a ledger for tests, and what is told of them."""

from __future__ import annotations

import json
from typing import Any

from kiosk.connectors.sales_out.port import Document
from kiosk.store.payments.ledger.reader import LedgerReader
from kiosk.store.sales_out.reading import DocumentReader, Mark


def first_mark(ledger: LedgerReader) -> Mark:
    """Before all entries of the oldest ledger that can be read."""
    oldest = (*reversed(ledger.archives), ledger)[0]
    return Mark(oldest.chain_at(1), 0)


def all_documents(ledger: LedgerReader, mark: Mark | None = None, entries: int = 1_000) -> list[Document]:
    """All documents after a mark, page by page, each of so many entries or more."""
    reader, found, more = DocumentReader(ledger, entries), list[Document](), True
    mark = mark or first_mark(ledger)
    while more:
        page = reader.page(mark)
        assert page.damaged == 0
        found += [document for _, document in page.documents]
        mark, more = page.end, page.more
    return found


def bodies(documents: list[Document], *kinds: str) -> list[dict[str, Any]]:
    return [json.loads(each.body) for each in documents if not kinds or each.kind in kinds]
