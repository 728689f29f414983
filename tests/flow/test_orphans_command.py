"""A till burns with a payment under way; a manager at another till lists it and gives it back, by command."""

import io
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from pos.__main__ import main
from pos.alipay.gateway import AlipayGateway
from pos.clock import SystemClock
from pos.domain.money import Money
from pos.hub.app import create_app as create_hub
from pos.hub.database import open_engine
from pos.hub.signatures import Gatekeeper
from pos.keyfile import keep_device
from pos.sandbox.gateway import create_app, fresh_codes
from pos.sandbox.gateway_keys import open_keys
from pos.sandbox.gateway_ledger import MemoryLedger
from pos.settings import load_settings
from pos.storage import catalogue
from pos.sync.client import HubClient
from pos.sync.disk import JournalOutbox
from pos.sync.exchange import push_once
from pos.till import pay, sell, shifts, sign_in
from pos.till.till import open_till
from tests.fakes import BY_MEI, CHEAP_HASHER, LIN, MEI, NOODLES, SHELF
from tests.unit.hub.devices import HUB_KEY, device_of, trust
from tests.unit.hub.kit import served as served_hub
from tests.unit.sandbox.gateway_kit import served

LINS_PIN, MEIS_PIN = "704815", "905147"


@pytest.fixture
def store(tmp_path: Path) -> ExitStack:  # type: ignore[misc]
    """A hub and a simulator, and the settings of tills 03 and 04 that know both."""
    with ExitStack() as stack:
        engine = open_engine(f"sqlite:///{tmp_path / 'hub.db'}")
        stack.callback(engine.dispose)
        keeper = Gatekeeper(engine, SystemClock(), HUB_KEY)
        hub = stack.enter_context(served_hub(create_hub(engine, SystemClock(), keeper=keeper)))
        trust(engine, "0017-03", "0017-04")
        app = create_app(open_keys(tmp_path / "alipay"), MemoryLedger(), SystemClock())
        gateway = stack.enter_context(served(app))
        for number in ("03", "04"):
            keep_device(tmp_path / number / "device.key", device_of(f"0017-{number}"))
            (tmp_path / number / "till.toml").write_text(
                f'[till]\nstore = "0017"\ntill = "{number}"\ncamera = "none"\n'
                f'[alipay]\ngateway = "{gateway}/gateway.do"\napp_id = "SANDBOX-0001"\n'
                'private_key = "../alipay/app_private.pem"\nalipay_public_key = "../alipay/alipay_public.pem"\n'
                f'[hub]\nurl = "{hub}"\n',
                "utf-8",
            )
        yield stack


def kept_fen(tmp_path: Path) -> int:
    address = load_settings(tmp_path / "03" / "till.toml").alipay.gateway.removesuffix("/gateway.do")
    return int(httpx.get(f"{address}/sandbox/totals", trust_env=False).json()["kept_fen"])


def burn(tmp_path: Path) -> str:
    """Let till 04 charge a customer, tell the hub that it began, and never come back; return its number."""
    settings = load_settings(tmp_path / "04" / "till.toml")
    with (
        closing(AlipayGateway(settings.alipay, SystemClock())) as gateway,
        closing(open_till(settings, gateway)) as till,
    ):
        catalogue.apply_feed(till.prices, SHELF, [], "1")
        shifts.open_shift(till, LIN, Money(0))
        cart = sell.new_cart(till)
        sell.scan(till, cart, NOODLES)
        code = fresh_codes(settings.alipay.gateway.removesuffix("/gateway.do"), kind="never")[0]
        waiting = pay.charge(till, cart, code)
        assert isinstance(waiting, pay.Waiting)
        with HubClient(settings.hub.url, till.device) as hub:
            push_once(hub, JournalOutbox(till.db, till.identity), SystemClock())
        trade = {"out_trade_no": waiting.attempt.out_trade_no, "accept": True}
        address = settings.alipay.gateway.removesuffix("/gateway.do")
        httpx.post(f"{address}/sandbox/confirm", json=trade, trust_env=False).raise_for_status()
    return waiting.attempt.out_trade_no


def type_in(monkeypatch: pytest.MonkeyPatch, typed: str, command: list[str]) -> int:
    """Run a command and type a line into it."""
    monkeypatch.setattr("sys.stdin", io.StringIO(typed + "\n"))
    return main(command)


def test_what_a_dead_till_left_is_listed_and_given_back(
    tmp_path: Path, store: ExitStack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store
    with closing(open_till(load_settings(tmp_path / "03" / "till.toml"))) as till:
        sign_in.put_staff(till, MEI, MEIS_PIN, hasher=CHEAP_HASHER)
        sign_in.put_staff(till, LIN, LINS_PIN, by=BY_MEI, hasher=CHEAP_HASHER)
    number = burn(tmp_path)
    ask = ["alipay", "orphans", "--settings", str(tmp_path / "03" / "till.toml"), "--till", "0017-04"]
    assert main(ask) == 0
    listed = capsys.readouterr().out
    assert number in listed
    assert "¥4.50" in listed
    assert "Paid(" in listed
    assert kept_fen(tmp_path) == 450
    assert main([*ask, "--give-back", number]) == 2
    assert main([*ask, "--give-back", "GTwrong", "--ordered-by", "9001"]) == 2
    assert kept_fen(tmp_path) == 450
    assert type_in(monkeypatch, LINS_PIN, [*ask, "--give-back", number, "--ordered-by", LIN.number]) == 2
    assert "P-116" in capsys.readouterr().err
    assert type_in(monkeypatch, "111112", [*ask, "--give-back", number, "--ordered-by", MEI.number]) == 2
    assert "P-109" in capsys.readouterr().err
    assert kept_fen(tmp_path) == 450
    assert type_in(monkeypatch, MEIS_PIN, [*ask, "--give-back", number, "--ordered-by", MEI.number]) == 0
    assert "refunded=True" in capsys.readouterr().out
    assert kept_fen(tmp_path) == 0
