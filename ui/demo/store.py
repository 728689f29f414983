"""The demo's store: settings, keys, staff and prices, made in a folder and kept there."""

from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher

from pos.domain.device import OFFICE, Device
from pos.domain.staff import By, Cashier, Role
from pos.keyfile import find_device
from pos.sandbox.gateway_keys import SANDBOX_APP_ID
from pos.sandbox.store import sample_products, sample_rules, sample_staff
from pos.settings import AlipaySettings, HubSettings, Language, Settings, TillSettings
from pos.sync.client import HubClient
from pos.sync.enrolment import enrol_office, enrol_till
from pos.till import sign_in
from pos.till.till import Till
from ui.demo.children import Child, run_to_end

QUICK = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
"""The demo's PINs stand on its screen, so nothing is gained by hashing them slowly."""


@dataclass(frozen=True, slots=True)
class DemoStore:
    """A store on this machine: its children, and the settings that point a till to them."""

    folder: Path
    hub: Child
    gateway: Child
    settings: Settings
    office: Device

    def close(self) -> None:
        """End the children."""
        self.hub.kill()
        self.gateway.kill()


def open_store(folder: Path, *, language: Language = "zh", camera: str = "auto") -> DemoStore:
    """Start the hub and the simulator, stock the hub's catalogue, and return the store."""
    folder.mkdir(parents=True, exist_ok=True)
    is_new = not (folder / "hub.db").exists()
    serve = ["hub", "--database", f"sqlite:///{(folder / 'hub.db').as_posix()}"]
    hub = Child(serve, folder / "hub.log")
    gateway = Child(["sandbox", "--dir", str(folder / "alipay")], folder / "alipay.log")
    hub.start()
    gateway.start()
    hub.wait()
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
    office = _enrolled(folder, settings, serve, is_new=is_new)
    stock(hub.address, office)
    return DemoStore(folder, hub, gateway, settings, office)


def stock(hub: str, office: Device) -> None:
    """Give the hub the sample catalogue and the sample store's rules."""
    with HubClient(hub, office, timeout_s=30) as client:
        client.post("/v1/catalogue", {"products": sample_products()})
        client.post("/v1/rules", {"rules": sample_rules()})


def _enrolled(folder: Path, settings: Settings, serve: list[str], *, is_new: bool) -> Device:
    """Enrol the till and the office as a shop would, by codes of the hub's operator, once; return the office."""
    desk = folder / "office.key"
    if is_new or not desk.exists() or not settings.device_file.exists():
        name = f"{settings.till.store}-{settings.till.till}"
        lines = run_to_end([*serve, "enrol", name, OFFICE], folder / "hub.log")
        of_till, of_office = (line.split()[0] for line in lines)
        enrol_till(settings, of_till)
        enrol_office(settings.hub.url, OFFICE, of_office, desk)
    office = find_device(desk)
    assert office is not None
    return office


def hire(till: Till) -> None:
    """Add the sample staff, once, the manager first; who was added by an older version gets the PIN on the screen."""
    boss = sample_staff()[-1]
    manager = By(Cashier(boss["number"], boss["name"], Role(boss["role"]))) if sign_in.has_manager(till) else None
    for person in reversed(sample_staff()):
        cashier = Cashier(person["number"], person["name"], Role(person["role"]))
        if not sign_in.is_kept_safely(till, cashier.number):
            sign_in.put_staff(till, cashier, person["pin"], by=manager, hasher=QUICK)
        manager = manager or By(cashier)
