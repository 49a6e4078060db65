"""The parameters of a charge's intent, typed by Stripe's SDK, so that the type checker notices what the API dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.connectors.payments.port import Charge
from kiosk.connectors.payments.stripe_terminal.amounts import to_stripe

if TYPE_CHECKING:
    from stripe.params import PaymentIntentCreateParams

INTERAC_CURRENCY = "CAD"
"""Canada's debit cards must be allowed by name (docs.stripe.com/terminal/payments/regional?integration-country=CA)."""


def at_reader(charge: Charge) -> PaymentIntentCreateParams:
    """For a card at the reader. Raises NotChargeableError.

    Where the store authorises only, schemes that cannot do that alone, as eftpos in Australia and Interac in Canada,
    capture at once (`manual_preferred`).
    """
    params = _shared(charge)
    params["allowed_payment_method_types"] = ["card_present"]
    if charge.amount.currency == INTERAC_CURRENCY:
        params["allowed_payment_method_types"] = ["card_present", "interac_present"]
    if not charge.capture:
        params["payment_method_options"] = {"card_present": {"capture_method": "manual_preferred"}}
    return params


def stored(charge: Charge, customer: str, method: str) -> PaymentIntentCreateParams:
    """For a customer's stored card. Raises NotChargeableError."""
    params = _shared(charge)
    params["allowed_payment_method_types"] = ["card"]
    params["customer"], params["payment_method"] = customer, method
    if not charge.capture:
        params["capture_method"] = "manual"
    return params


def _shared(charge: Charge) -> PaymentIntentCreateParams:
    return {
        "amount": to_stripe(charge.amount),
        "currency": charge.amount.currency.lower(),
        "metadata": {"key": charge.key, "order": charge.order_id},
        "capture_method": "automatic",
    }
