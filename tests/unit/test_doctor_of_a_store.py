"""Each thing a store can have wrong is one sentence that says what to do; a well store is green from top to bottom."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from pos.__main__ import main
from pos.clock import SystemClock
from pos.doctor import counter, examine, lines, store
from pos.doctor.finding import Finding
from pos.domain.money import Money
from pos.domain.paper import KEPT_AS, Paper
from pos.hub.app import create_app as create_hub
from pos.hub.database import open_engine
from pos.hub.signatures import Gatekeeper
from pos.keyfile import keep_device
from pos.sandbox.gateway import create_app
from pos.sandbox.gateway_keys import open_keys
from pos.sandbox.gateway_ledger import MemoryLedger
from pos.scan import devices, opencv
from pos.settings import ScaleSettings, Settings, load_settings
from pos.storage.database import only_one
from pos.till import preferences, shifts, sign_in
from pos.till.till import open_till
from tests.fake_printer import FakePrinter
from tests.fakes import BY_MEI, CHEAP_HASHER, LIN, MEI
from tests.unit.hub.devices import HUB_KEY, device_of, trust
from tests.unit.hub.kit import served as served_hub
from tests.unit.sandbox.gateway_kit import served

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def well(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A till that is enrolled, has staff, an account at the simulator and a camera that is a folder of pictures."""
    tmp_path = tmp_path_factory.mktemp("well")
    with ExitStack() as stack:
        engine = open_engine(f"sqlite:///{tmp_path / 'hub.db'}")
        stack.callback(engine.dispose)
        hub_app = create_hub(engine, SystemClock(), keeper=Gatekeeper(engine, SystemClock(), HUB_KEY))
        hub = stack.enter_context(served_hub(hub_app))
        trust(engine, "0017-03")
        app = create_app(open_keys(tmp_path / "alipay"), MemoryLedger(), SystemClock())
        gateway = stack.enter_context(served(app))
        (tmp_path / "pictures").mkdir()
        opencv.load().imwrite(str(tmp_path / "pictures" / "one.png"), np.zeros((90, 160, 3), np.uint8))
        path = tmp_path / "till.toml"
        path.write_text(
            f'[till]\nstore = "0017"\ntill = "03"\ncamera = "{(tmp_path / "pictures").as_posix()}"\n'
            f'[alipay]\ngateway = "{gateway}/gateway.do"\napp_id = "SANDBOX-0001"\n'
            'private_key = "alipay/app_private.pem"\nalipay_public_key = "alipay/alipay_public.pem"\n'
            f'[hub]\nurl = "{hub}"\n'
        )
        keep_device(tmp_path / "device.key", device_of("0017-03"))
        with closing(open_till(load_settings(path))) as till:
            sign_in.put_staff(till, MEI, "905147", hasher=CHEAP_HASHER)
            sign_in.put_staff(till, LIN, "704815", by=BY_MEI, hasher=CHEAP_HASHER)
        yield tmp_path


@pytest.fixture
def settings_file(well: Path, tmp_path: Path) -> Path:
    """A copy of that till, to be spoilt."""
    shutil.copytree(well, tmp_path / "till", ignore=shutil.ignore_patterns("hub.db*"))
    return tmp_path / "till" / "till.toml"


@pytest.fixture
def settings(settings_file: Path) -> Settings:
    return load_settings(settings_file)


def told(settings: Settings) -> dict[str, Finding]:
    """What the doctor says of the store, by name."""
    return {each.name: each for each in examine(settings)}


def bad(settings: Settings) -> dict[str, str]:
    return {name: f"{each.code} {each.words_en}" for name, each in told(settings).items() if not each.is_good}


def test_a_store_that_is_well_is_green_in_every_line(
    settings_file: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_till(settings)) as till:
        shifts.open_shift(till, LIN, Money(0))
    found = told(settings)
    assert [each for each in found.values() if not each.is_good and each.name not in _OF_THIS_MACHINE] == []
    assert found["camera"].words_en.endswith("160 x 90")
    assert found["unsent"].words_en.startswith("3 entries unsent, since 20")
    assert found["people"].words_zh == "2 人可以登录"
    assert found["clock"].words_en.endswith("as the hub's")
    assert found["device"].words_en == "enrolled as 0017-03"
    assert main(["doctor", "--json", "--settings", str(settings_file)]) in {0, 1}
    listed = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in listed] == list(found)
    assert all(each["words_zh"] and each["words_en"].isascii() for each in listed)


_OF_THIS_MACHINE = {"python", "zbar", "opencv", "sqlite", "font", "disk"}
"""Held by tests/unit/test_doctor.py in a process of its own."""


def test_nothing_configured_is_said_honestly_and_is_no_fault(tmp_path: Path) -> None:
    found = told(Settings(tmp_path, till=replace(Settings(tmp_path).till, camera="none")))
    for name in ("camera", "printer", "scale", "hub"):
        assert (found[name].is_good, found[name].words_en) == (True, "none configured")
    assert found["gateway"].words_en == "no Alipay account, cash only"
    assert found["ballast"].words_en == "no room is kept for a full disk"
    assert found["database"].words_en.startswith("no books yet")


def test_something_to_mend_ends_with_one(settings_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (settings_file.parent / "device.key").unlink()
    assert main(["doctor", "--settings", str(settings_file)]) == 1
    assert "BAD device: 本机还没有在总部登记" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "name", "words"),
    [
        ("device.key", "device", "P-604 "),
        ("pin.pepper", "pepper", "P-604 "),
        ("alipay/app_private.pem", "alipay", "P-604 "),
    ],
)
def test_a_key_that_others_may_read_is_named(settings: Settings, file: str, name: str, words: str) -> None:
    path = settings.data_dir / file
    path.chmod(0o644)
    found = bad(settings)
    assert found[name].startswith(words)
    assert "chmod 600" in found[name]
    assert path.name in found[name]


def test_a_key_of_another_till_is_named(settings: Settings) -> None:
    keep_device(settings.device_file, device_of("0017-04"))
    assert "0017-04" in bad(settings)["device"]


def test_a_lost_or_changed_pepper_is_said_with_whom_it_shuts_out(settings: Settings) -> None:
    settings.pepper_file.unlink()
    assert "1001, 9001" in bad(settings)["people"]
    assert "pin.pepper" in bad(settings)["people"]
    with closing(open_till(settings)) as till:
        sign_in.put_staff(till, LIN, "704815", hasher=CHEAP_HASHER)
    found = bad(settings)
    assert found["people"].startswith("P-613 ")
    assert found["people"].endswith("to 9001")


def test_a_store_without_a_manager_is_told(settings: Settings) -> None:
    with closing(open_till(settings)) as till, till.transaction():
        till.db.execute("DELETE FROM staff WHERE role = 'manager'")
    assert "no manager" in bad(settings)["people"]


@pytest.mark.parametrize("spoil", [b"rubbish" * 100, b""], ids=["rubbish", "empty"])
def test_books_that_cannot_be_read_are_a_sentence(settings: Settings, spoil: bytes) -> None:
    (settings.data_dir / "till.db").write_bytes(spoil)
    for name in ("till.db-wal", "till.db-shm"):
        (settings.data_dir / name).unlink(missing_ok=True)
    found = told(settings)["database"]
    assert found.is_good is False
    assert "账本" in found.words_zh


def test_damage_inside_the_books_is_found_from_end_to_end(settings: Settings) -> None:
    path = settings.data_dir / "till.db"
    whole = path.read_bytes()
    path.write_bytes(whole[: 6 * 4096] + b"\x7f" * 4096 + whole[7 * 4096 :])
    assert bad(settings)["database"].startswith("P-502 ")


def test_entries_that_wait_for_more_than_a_day_are_a_fault(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "UNSENT_LONGEST", timedelta(0))
    assert "2 entries are unsent since 20" in bad(settings)["unsent"]


def test_a_hub_and_a_gateway_that_do_not_answer_are_two_sentences(settings: Settings) -> None:
    dead = replace(
        settings,
        hub=replace(settings.hub, url="http://127.0.0.1:9"),
        alipay=replace(settings.alipay, gateway="http://127.0.0.1:9/gateway.do"),
    )
    found = bad(dead)
    assert found["hub"].startswith("P-401 ")
    assert "selling goes on" in found["hub"]
    assert "network ConnectError" in found["gateway"]
    assert "clock" not in found


def test_the_cameras_there_are_told_when_the_one_that_is_set_is_not(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "video2").touch()
    monkeypatch.setattr(devices, "NODES", tmp_path)
    lost = replace(settings, till=replace(settings.till, camera="C920"))
    assert "camera C920" in bad(lost)["camera"]
    assert bad(lost)["camera"].endswith("cameras there: 2 camera 2")


def test_a_camera_that_is_not_there_is_named_and_one_in_use_is_left_alone(settings: Settings) -> None:
    lost = replace(settings, till=replace(settings.till, camera="97"))
    assert bad(lost)["camera"].startswith("P-301 no picture: camera 97")
    with only_one(settings.data_dir):
        assert "in use by the till" in told(lost)["camera"].words_en


@pytest.mark.parametrize(
    ("now", "last_entry", "hub_ahead_s", "is_good"),
    [
        (NOW, None, None, True),
        (NOW, NOW + timedelta(minutes=4), None, True),
        (NOW, NOW + timedelta(minutes=6), None, False),
        (NOW - timedelta(days=365), None, None, False),
        (NOW, None, 290.0, True),
        (NOW, None, 310.0, False),
        (NOW, None, -86_400.0, False),
    ],
)
def test_a_clock_that_cannot_be_right_is_told(
    now: datetime, last_entry: datetime | None, hub_ahead_s: float | None, *, is_good: bool
) -> None:
    built = NOW - timedelta(days=30)
    found = lines.check_clock(now, built, last_entry, hub_ahead_s)
    assert (found.is_good, found.code) == (is_good, "" if is_good else "P-407")


def test_a_certificate_is_to_be_renewed_a_month_before_it_ends(tmp_path: Path) -> None:
    """Alipay's published one; ``openssl x509 -enddate`` says May 14 14:42:01 2022 GMT."""
    path = Path(__file__).parent / "alipay" / "published" / "alipayCertPublicKey_RSA2.crt"
    ends = datetime(2022, 5, 14, 14, 42, 1, tzinfo=UTC)
    assert store.check_certificate(path, ends - timedelta(days=31)).is_good
    found = store.check_certificate(path, ends - timedelta(days=29))
    assert (found.is_good, found.code) == (False, "P-612")
    assert "29 days left" in found.words_en
    assert "0 days left" in store.check_certificate(path, ends + timedelta(days=400)).words_en
    assert store.check_certificate(tmp_path / "none.crt", ends).code == "P-604"


# The counter


@pytest.fixture
def printer() -> Iterator[FakePrinter]:
    """A printer that can be reached."""
    made = FakePrinter()
    yield made
    made.switch_off()


def set_printer(settings: Settings, address: str) -> None:
    """Have the store print there."""
    with closing(open_till(settings)) as till:
        preferences.keep_preference(till, KEPT_AS, Paper(printer=address).as_json(), by=BY_MEI)


def test_a_printer_that_can_print_is_well_and_nothing_comes_out(settings: Settings, printer: FakePrinter) -> None:
    set_printer(settings, printer.address)
    assert counter.check_printer(settings).words_en == f"{printer.address} can print and has paper"
    printer.paper.is_low = True
    found = counter.check_printer(settings)
    assert (found.is_good, "nearly at its end" in found.words_en) == (True, True)
    assert (printer.paper.slips, printer.paper.kicks) == ([], 0)


@pytest.mark.parametrize(
    ("spoil", "code", "words"),
    [
        (lambda printer: setattr(printer.paper, "has_paper", False), "P-332", "没有纸"),
        (lambda printer: setattr(printer.paper, "is_cover_open", True), "P-333", "盖子开着"),
        (lambda printer: printer.switch_off(), "P-331", "连不上"),
    ],
)
def test_what_a_printer_lacks_is_said_with_what_to_do(
    settings: Settings, printer: FakePrinter, spoil: Callable[[FakePrinter], None], code: str, words: str
) -> None:
    set_printer(settings, printer.address)
    spoil(printer)
    found = told(settings)["printer"]
    assert (found.is_good, found.code) == (False, code)
    assert words in found.words_zh
    assert found.words_en.isascii()


def test_a_printer_that_is_the_running_tills_own_is_left_alone(settings: Settings) -> None:
    set_printer(settings, "/dev/ttyUSB9@9600")
    assert counter.check_printer(settings).code == "P-331"
    with only_one(settings.data_dir):
        assert counter.check_printer(settings).is_good


def test_a_scale_that_is_not_plugged_in_is_said(settings: Settings) -> None:
    found = counter.check_scale(replace(settings, scale=ScaleSettings(port="/dev/ttyUSB9")))
    assert (found.is_good, found.code) == (False, "P-320")
    assert "ttyUSB9" in found.words_zh
