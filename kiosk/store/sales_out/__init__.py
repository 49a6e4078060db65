"""Orders, refunds, exchanges and stock movements for the retailer's systems: given until they are taken.

Nothing is queued: a document follows from the ledger's entries alone, and of each destination the store keeps the
entry up to which it has taken all. So no crash loses a document, and one that is given again has the same id and bytes.
"""
