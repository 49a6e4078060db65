"""Tables of the store's database, by subject. `kiosk.store.db.tables` imports all of them."""

from kiosk.store.db.table_groups import alterations as alterations
from kiosk.store.db.table_groups import appointments as appointments
from kiosk.store.db.table_groups import asides as asides
from kiosk.store.db.table_groups import book_edits as book_edits
from kiosk.store.db.table_groups import clues as clues
from kiosk.store.db.table_groups import events as events
from kiosk.store.db.table_groups import floor as floor
from kiosk.store.db.table_groups import insights as insights
from kiosk.store.db.table_groups import opinions as opinions
from kiosk.store.db.table_groups import parcels as parcels
from kiosk.store.db.table_groups import prices as prices
from kiosk.store.db.table_groups import promotions as promotions
from kiosk.store.db.table_groups import push as push
from kiosk.store.db.table_groups import sales_out as sales_out
from kiosk.store.db.table_groups import search as search
