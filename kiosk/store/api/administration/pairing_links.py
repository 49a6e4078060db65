"""Links and QR codes of a pairing: they carry the code and the pin of the shop's root."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlencode

import segno

from kiosk.pairing.store_tls import PIN_PARAMETER, pem_to_der, short_pin


@dataclass(frozen=True, slots=True)
class PairingLinks:
    """`root`: the shop's root (PEM); empty without TLS."""

    root: str

    def link(self, scheme: str, host: str, room: str | None, code: str) -> str:
        """The link for a mirror (`cheval mirror --pair LINK`) or a device of associates, which opens it.

        Code and pin stand in the fragment, which browsers send to nobody.
        """
        fields = {"code": code}
        if self.root:
            fields[PIN_PARAMETER] = short_pin(pem_to_der(self.root))
        if room is not None:
            fields["room"] = room
        return (
            f"{scheme}://{host}/associate/{'mirror' if room is not None else 'join'}.html#{urlencode(fields)}"
        )

    def qr(self, link: str) -> str:
        """A link as a QR code (SVG)."""
        out = BytesIO()
        segno.make(link, micro=False).save(out, kind="svg", xmldecl=False, svgns=True, scale=4, border=2)
        return out.getvalue().decode("utf-8")
