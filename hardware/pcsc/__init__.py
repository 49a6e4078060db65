"""NFC cards and rings on a card reader (PC/SC, or a simulated pad over TCP).

Reading, NTAG 424 DNA authentication, enrolment, detection of copies, and an extension point for phone wallets.
"""
