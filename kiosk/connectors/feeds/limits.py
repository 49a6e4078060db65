"""Limits of a feed, in one place: longer texts are mistakes of their lines, on every database alike.

The texts with a name of a column of the database have its length; a test compares them.
"""

from __future__ import annotations

from typing import Final

MAX_FILE_BYTES: Final = 2 << 30
MAX_LINE_CHARS: Final = 1_000_000
MAX_LINES_OF_A_RECORD: Final = 1000
"""Lines that one CSV record may have by line breaks inside quotes."""
MAX_COUNT: Final = 1_000_000
MAX_MINOR: Final = 10**12
"""A price in minor units."""
MAX_FILES: Final = 10_000
"""Entries of the folder that are looked at."""

# characters of a text
STYLE_ID: Final = 64
CATEGORY: Final = 64
COLOUR_CODE: Final = 32
ITEM_ID: Final = 128
COLOUR_HEX: Final = 16
PICTURE: Final = 255
SIZE: Final = 32
SIZE_SYSTEM: Final = 32
SEASON: Final = 64
LINE: Final = 64
TAX_CLASS: Final = 64
SKU: Final = 64
PLACE: Final = 64
SHOPPER_ID: Final = 64
FIRST_NAME: Final = 128
LANGUAGE: Final = 8
STORED_MEANS: Final = 128
CREDENTIAL_KIND: Final = 16
CREDENTIAL_UID: Final = 256
CONSENT: Final = 64
ASSOCIATE_ID: Final = 64
ASSOCIATE_NAME: Final = 128
ROLE: Final = 16
PIN: Final = 64
PIN_HASH: Final = 512
LOOK_ID: Final = 64
STYLIST: Final = 128
LEVEL: Final = 32
PROMOTION_ID: Final = 64
PROMOTION_NAME: Final = 80
PROMOTION_GROUP: Final = 80
COUPON: Final = 64
NAME: Final = 500
STORY: Final = 20_000

# entries of a list
SIZES: Final = 200
COLOURS: Final = 500
PICTURES: Final = 50
LANGUAGES: Final = 50
CREDENTIALS: Final = 50
CONSENTS: Final = 50
HISTORY: Final = 10_000
LOOK_ITEMS: Final = 50
PROMOTION_GROUPS: Final = 200
