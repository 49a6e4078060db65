"""Makes a message as it is sent: text and HTML in one (RFC 2046, 5.1.4), with headers that no value can break."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from kiosk.connectors.messages.port import Mail, MailAddress


def composed(mail: Mail, sender: MailAddress, now_s: float) -> bytes:
    """The message with its headers; lines end with CR LF."""
    message = EmailMessage(policy=SMTP)
    user, _, domain = sender.text.rpartition("@")
    message["From"] = Address(display_name=one_line(mail.sender_name), username=user, domain=domain)
    to_user, _, to_domain = mail.to.text.rpartition("@")
    message["To"] = Address(username=to_user, domain=to_domain)
    message["Subject"] = one_line(mail.subject)
    message["Date"] = datetime.fromtimestamp(now_s, UTC)
    message["Message-ID"] = f"<{mail.message_id}>"
    # RFC 3834: no out-of-office answers to a machine
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="base64")
    message.add_alternative(mail.html, subtype="html", cte="base64")
    _add_images(message, mail)
    # after the content, which sets the other headers of its kind anew
    message["Content-Language"] = mail.language
    return message.as_bytes()


def _add_images(message: EmailMessage, mail: Mail) -> None:
    """Puts the pictures of the HTML beside it (multipart/related, RFC 2387)."""
    html = message.get_body(("html",))
    assert isinstance(html, EmailMessage)
    for image in mail.images:
        html.add_related(
            image.png, "image", "png", cid=f"<{image.content_id}>", disposition="inline",
            filename=f"{image.content_id.partition('@')[0]}.png",
        )  # fmt: skip


def one_line(text: str) -> str:
    """A text without control characters and line separators, for a header."""
    return " ".join(
        "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text).split()
    )
