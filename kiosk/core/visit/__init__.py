"""A shopper's visit of a fitting room: `step` takes the visit and an event, and returns the next visit and its effects.

Add an event in `events` or `touches`, handle it in one of the `on_*` modules, and ask for work with an effect of
`effects`. A question to the store also needs its entry in `kiosk.core.exchanges`.
"""
