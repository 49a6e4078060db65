"""Opens a push message with http-ece and checks its signature with py-vapid.

Arguments: body, private key and auth secret of the receiver (hex), the header `Authorization`.
"""

from __future__ import annotations

import json
import sys

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

body, private, auth = (bytes.fromhex(given) for given in sys.argv[1:4])
key = ec.derive_private_key(int.from_bytes(private), ec.SECP256R1())
content = http_ece.decrypt(body, private_key=key, auth_secret=auth, version="aes128gcm")
print(json.dumps({"content": content.decode(), "signed": Vapid02.verify(sys.argv[4].replace(", ", ","))}))
