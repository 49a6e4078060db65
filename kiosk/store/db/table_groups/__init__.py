"""Tables of the store's database, by subject. `kiosk.store.db.tables` names all of them."""
