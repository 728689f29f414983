"""Asked: what a till asks of its hub while somebody waits for the answer."""

from dataclasses import dataclass

from pos.domain.device import Device
from pos.sync.carts import HubCarts
from pos.sync.client import HubClient
from pos.sync.copies import HubCopies
from pos.sync.store_totals import HubTotals

TIMEOUT_S = 5.0
"""How long a cashier waits for the hub's word on a sale."""


@dataclass(frozen=True, slots=True)
class AskedHub:
    """One line to the hub, and what is asked over it."""

    client: HubClient
    copies: HubCopies
    carts: HubCarts
    totals: HubTotals


def asked_hub(url: str, device: Device | None) -> AskedHub:
    """Return a line that nothing was asked over yet; raises SettingsUnreadable when the address is none."""
    client = HubClient(url, device, timeout_s=TIMEOUT_S)
    return AskedHub(client, HubCopies(client), HubCarts(client), HubTotals(client))
