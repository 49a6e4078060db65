"""Checks the systems from which the store reads: address, description, keys and authorities; nothing is asked."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.commands.check.places import url_mistake
from kiosk.config import Mistake, Read, Severity, StoreConfig
from kiosk.connectors.commerce.drivers import open_system
from kiosk.connectors.commerce.errors import NoConnectorError
from kiosk.store.connected.connector_pull import place_of


def connector_mistakes(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    """The store starts without a system that cannot be used."""
    for name, connector in config.connectors.items():
        place = ("connectors", name, "uri")
        try:
            open_system(place_of(connector)).close()
        except NoConnectorError as error:
            yield read.mistake(place, f"{error}; it is not read until this is corrected", Severity.WITHOUT)
            continue
        if what := url_mistake(connector.uri.partition("+")[2]):
            yield read.mistake(place, what)
