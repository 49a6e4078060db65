"""Puts export and erasure of members together: every place that holds data of members."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.store.customers.tombstones import Tombstones
from kiosk.store.privacy.database_rows import DatabaseRows
from kiosk.store.privacy.erased_again import ListOfErased
from kiosk.store.privacy.erasure_list import ErasureList
from kiosk.store.privacy.member_desk import MemberDesk
from kiosk.store.privacy.proofs import Proofs
from kiosk.store.privacy.running_visits import RunningVisits
from kiosk.store.resources import Resources, import_settings
from kiosk.store.service import Service
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.tokens import store_key


def compose_members(
    settings: StoreSettings, resources: Resources, service: Service, now_us: Callable[[], int]
) -> MemberDesk:
    """The desk for members' data. Raises OSError."""
    key = store_key(settings.state)
    # the key of the import, which looks for the same tombstones
    tombstones = Tombstones(import_settings(settings, key).key)
    places = (
        DatabaseRows(resources.database, tombstones, now_us),
        RunningVisits(service),
        ListOfErased(settings.state, ErasureList(key), tombstones, now_us),
    )
    proofs = Proofs(settings.state, key)
    return MemberDesk(places, resources.associates, proofs, settings.shop.name, now_us)
