"""What is known of the systems from which the store reads, as findings of `cheval doctor`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.clock import now_us
from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.config.connectors.connector import Connector
from kiosk.connectors.commerce.drivers import open_system
from kiosk.connectors.commerce.errors import CommerceError, CredentialsError, NoConnectorError
from kiosk.connectors.commerce.first_page import first_page
from kiosk.connectors.commerce.reading import read_listing
from kiosk.store.connected.connected_systems import is_failing
from kiosk.store.connected.connector_pull import place_of
from kiosk.store.connected.pull_record import read_record

_TEST = "`cheval connect test {name}` shows more."
_AGO = 60_000_000


def look(connectors: Mapping[str, Connector], state: Path) -> Iterator[Finding]:
    """Asks each system for a first page; and how its readings went."""
    for name, connector in connectors.items():
        about = f"connector {name}"
        yield _asked(about, name, connector)
        record = read_record(state, name)
        minutes = max(0, now_us() - record.pulled_us) // _AGO
        words = f"last good reading {minutes} min ago" if record.pulled_us else "was never read"
        if is_failing(record, connector.every_minutes, now_us()):
            yield bad(about, f"{words}; {record.why}", _TEST.format(name=name))
        elif record.why or not record.pulled_us or record.refused:
            words += f"; {record.why}" if record.why else ""
            words += f"; {record.refused} rows are refused" if record.refused else ""
            yield note(about, words, _TEST.format(name=name))
        else:
            yield good(about, words)


def _asked(about: str, name: str, connector: Connector) -> Finding:
    try:
        with closing(open_system(place_of(connector))) as system, TemporaryDirectory() as work:
            for listing in first_page(system).listings.values():
                read_listing(listing, Path(work) / "page.jsonl", lambda *_: None)
            return good(about, f"{system.title} answers at {connector.uri}")
    except NoConnectorError as error:
        return bad(about, str(error), "Correct `connectors` in the configuration, or the file that is named.")
    except CredentialsError as error:
        return bad(about, str(error), "Write a valid key into `key_file`.")
    except CommerceError as error:
        return bad(about, str(error), _TEST.format(name=name))
