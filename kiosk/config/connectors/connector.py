"""Configuration of one system of the retailer from which the store takes catalogue and stock."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kiosk.config.types import KeyPlace, Place, Section, uri, web_address

CONNECTOR_SCHEMES = ("mapped+https", "mapped+http", "vendure+https", "vendure+http")


class Connector(Section):
    """A system of the retailer from which the store takes catalogue and stock, again and again."""

    uri: Annotated[str, uri(*CONNECTOR_SCHEMES), web_address]
    """`mapped+https://HOST/PATH`: JSON over HTTP, as the file `description` says; `vendure+https://HOST`: Vendure.
    `mapped+http://` and `vendure+http://` are for this computer alone."""
    description: Place | None = None
    """YAML file. `mapped`: what is asked for, how pages follow each other, and which value becomes which field of the
    feed. `vendure`: what is particular in this shop."""
    key_file: KeyPlace | None = None
    """File with the keys of the system, lines of `NAME: VALUE`, mode 0600. The description says which it needs."""
    network: Literal["public", "private", "this-computer"] = "public"
    """Where the system's address may be: on the internet, also in a private network, or on this computer."""
    ca_file: Place | None = None
    """Certificates (PEM) of which the system must show one. Default: those of the system's computer."""
    every_minutes: Annotated[int, Field(ge=1, le=1440)] = 15
    """Minutes between two readings."""
    catalogue_every_minutes: Annotated[int, Field(ge=1, le=10_080)] | None = None
    """Minutes between two readings of the catalogue, where stock is a list of its own. Default: with every reading."""
    behind_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    """Minutes that the system may take to learn of a sale in this shop. Its counts are taken as so much older, so that
    such a sale is subtracted from them."""
