"""A process that gives the documents of a ledger to a folder and a program until all are taken; it is killed meanwhile.

`python -m tests.faults.sales_out.process STATE_FOLDER FOLDER URL KEY_FILE CA_FILE`: prints `done` when nothing waits.
"""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

from kiosk.clock import Clocks, monotonic_us, now_us
from kiosk.config.sales.sales_out import SalesFolder, SalesHook, SalesOut
from kiosk.store.db.database import Database
from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.sales_out.delivery import DeliverySource
from kiosk.store.sales_out.destinations import SalesDestinations
from kiosk.store.sales_out.reading import DocumentReader, Mark
from kiosk.store.sales_out.state_rows import DestinationState, StateRows
from tests.kiosk.store.payments.ledgers import KEY


def main(state: Path, folder: str, url: str, key_file: str, ca_file: str) -> None:
    database, ledger = Database(f"sqlite:///{state / 'store.db'}"), SqliteLedger(state / "ledger.db", KEY)
    rows, reader = StateRows(database), DocumentReader(ledger)
    for name in ("books", "erp"):
        if rows.state(name) is None:
            start = Mark(ledger.chain_at(1), 0)
            rows.save(DestinationState(name, start.ledger, start.seq))
    hook = SalesHook(url=url, key_file=Path(key_file), network="this-computer", ca_file=Path(ca_file))
    out = SalesOut(folders={"books": SalesFolder(folder=Path(folder))}, web_hooks={"erp": hook})
    source = DeliverySource(reader, rows, Clocks(now_us, monotonic_us))
    destinations = SalesDestinations(out, source, ZoneInfo("Europe/Vienna"))
    destinations.start()
    pause = Event()
    while any(report.waiting.count for report in destinations.reports()):
        pause.wait(0.02)
    destinations.close()
    ledger.close()
    database.close()
    print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:6])
