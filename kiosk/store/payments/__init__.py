"""Orders, payments and refunds, from the price of a basket to the receipt.

The ledger is the append-only file; an entry is journaled when it is written there. The order book and the refund book
are the ledger read as orders with attempts, and as refunds. The till holds the orders of the rooms.

- `ledger`: the append-only file; `order_book`, `refund_book`: its entries as core values
- `till`: orders of the rooms; `desk`: the associates' tasks; `spending_limit`: daily limit of a card
- `collector`, `refund_service`: start payments and refunds; `terminal_worker` follows them to their result
- `transactions`, `payment_transactions`, `refund_transactions`: apply the terminal's events and journal them
- `settlement`, `restocking`, `sales_events`: what follows in stock, receipts and messages
- `sold_pieces`: finds a sold piece by tag, label or receipt
- `context`: what all of them share

The state machines are `kiosk.core.domain.payment` and `kiosk.core.domain.refund`.
"""
