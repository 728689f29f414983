"""The demo's store: settings, keys, staff and prices, made in a folder and kept there."""

from dataclasses import dataclass
from pathlib import Path

import httpx
from argon2 import PasswordHasher

from pos.domain.staff import Cashier, Role
from pos.sandbox.gateway_keys import SANDBOX_APP_ID
from pos.sandbox.store import sample_products, sample_staff
from pos.settings import AlipaySettings, HubSettings, Language, Settings, TillSettings
from pos.till import sign_in
from pos.till.till import Till
from ui.demo.children import Child

QUICK = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
"""The demo's PINs stand on its screen, so nothing is gained by hashing them slowly."""


@dataclass(frozen=True, slots=True)
class DemoStore:
    """A store on this machine: its children, and the settings that point a till to them."""

    folder: Path
    hub: Child
    gateway: Child
    settings: Settings

    def close(self) -> None:
        """End the children."""
        self.hub.kill()
        self.gateway.kill()


def open_store(folder: Path, *, language: Language = "zh", camera: str = "auto") -> DemoStore:
    """Start the hub and the simulator, stock the hub's catalogue, and return the store."""
    folder.mkdir(parents=True, exist_ok=True)
    hub = Child(["hub", "--database", f"sqlite:///{(folder / 'hub.db').as_posix()}"], folder / "hub.log")
    gateway = Child(["sandbox", "--dir", str(folder / "alipay")], folder / "alipay.log")
    hub.start()
    gateway.start()
    stock(hub.wait())
    gateway.wait()
    settings = Settings(
        data_dir=folder / "till",
        till=TillSettings(store="0001", till="01", store_name="柜台示例店", language=language, camera=camera),
        alipay=AlipaySettings(
            gateway=f"{gateway.address}/gateway.do",
            app_id=SANDBOX_APP_ID,
            private_key=str(folder / "alipay" / "app_private.pem"),
            alipay_public_key=str(folder / "alipay" / "alipay_public.pem"),
        ),
        hub=HubSettings(url=hub.address),
    )
    return DemoStore(folder, hub, gateway, settings)


def stock(hub: str) -> None:
    """Give the hub the sample catalogue."""
    httpx.post(f"{hub}/v1/catalogue", json={"products": sample_products()}, timeout=30).raise_for_status()


def hire(till: Till) -> None:
    """Add the sample staff, once."""
    for person in sample_staff():
        cashier = Cashier(person["number"], person["name"], Role(person["role"]))
        if not sign_in.is_known(till, cashier.number):
            sign_in.put_staff(till, cashier, person["pin"], hasher=QUICK)
