"""Settings are read whole or refused by name; nothing is guessed."""

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.errors import SettingsUnreadable, SetupError, UnknownSetting
from pos.settings import (
    AlipaySettings,
    CameraSettings,
    HubSettings,
    PoleSettings,
    ScaleSettings,
    Settings,
    TillSettings,
    load_settings,
)

WHOLE = """
data_dir = "data"

[till]
store = "0017"
till = "03"
store_name = "柜台便利店"
language = "en"
camera = "none"
scanner_gap_ms = 50
volume_percent = 0
voice = true
second_copy = "stick/guitai"
ballast_mb = 16
cash_rounding_fen = 10
customer_language = "en"
scale_percent = 125
store_message = "今日特价：苹果"
lock_after_s = 120

[alipay]
gateway = "http://127.0.0.1:8000/gateway.do"
app_id = "2021000000000000"
private_key = "keys/app.pem"
alipay_public_key = "keys/alipay.pem"
app_cert = "keys/app.crt"
alipay_cert = "keys/alipay.crt"
alipay_root_cert = "keys/root.crt"
product = "OFFLINE_PAYMENT"

[hub]
url = "http://127.0.0.1:8001"
device_key = "keys/device.key"
parcels_to = "gtp1-an-address"

[camera]
focus = "120"
exposure = "20"
mirror = true

[scale]
port = "/dev/ttyUSB0"
baud = 4800
protocol = "toledo"

[pole]
port = "COM4"
baud = 9600
"""


BAUDS = "1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200"


def written(folder: Path, text: str) -> Path:
    """Settings as a file on disk."""
    path = folder / "till.toml"
    path.write_text(text, "utf-8")
    return path


def refusal(folder: Path, text: str) -> str:
    """What is said of settings that are wrong."""
    path = written(folder, text)
    with pytest.raises(SettingsUnreadable) as refused:
        load_settings(path)
    assert refused.value.facts["path"] == path
    return str(refused.value.facts["reason"])


def test_every_option_is_read(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, WHOLE)) == Settings(
        data_dir=tmp_path.resolve() / "data",
        till=TillSettings(
            "0017",
            "03",
            "柜台便利店",
            "en",
            "none",
            50,
            0,
            str(tmp_path.resolve() / "stick" / "guitai"),
            16,
            10,
            "en",
            125,
            "今日特价：苹果",
            voice=True,
            lock_after_s=120,
        ),
        alipay=AlipaySettings(
            "http://127.0.0.1:8000/gateway.do",
            "2021000000000000",
            str(tmp_path.resolve() / "keys" / "app.pem"),
            str(tmp_path.resolve() / "keys" / "alipay.pem"),
            str(tmp_path.resolve() / "keys" / "app.crt"),
            str(tmp_path.resolve() / "keys" / "alipay.crt"),
            str(tmp_path.resolve() / "keys" / "root.crt"),
            "OFFLINE_PAYMENT",
        ),
        hub=HubSettings("http://127.0.0.1:8001", str(tmp_path.resolve() / "keys" / "device.key"), "gtp1-an-address"),
        camera=CameraSettings("120", "20", mirror=True),
        scale=ScaleSettings("/dev/ttyUSB0", 4800, "toledo"),
        pole=PoleSettings("COM4", 9600),
    )


def test_the_example_above_names_every_option() -> None:
    for part in (TillSettings, AlipaySettings, HubSettings, CameraSettings, ScaleSettings, PoleSettings):
        for each in fields(part):
            assert f"\n{each.name} = " in WHOLE, each.name


def test_the_tills_own_key_is_in_its_folder_unless_told_otherwise(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, "")).device_file == tmp_path.resolve() / "device.key"
    assert load_settings(written(tmp_path, WHOLE)).device_file == tmp_path.resolve() / "keys" / "device.key"


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, "")) == Settings(data_dir=tmp_path.resolve())


def test_the_defaults_are_a_chinese_till_without_account_or_hub() -> None:
    plain = Settings(data_dir=Path())
    assert (plain.till.store, plain.till.till, plain.till.language, plain.till.camera) == ("0001", "01", "zh", "auto")
    assert (plain.alipay.app_id, plain.hub.url) == ("", "")
    assert (plain.camera.focus, plain.camera.exposure, plain.camera.mirror) == ("auto", "auto", False)
    assert (plain.scale.port, plain.pole.port) == ("", ""), "neither scale nor pole display"
    assert plain.alipay.gateway == "https://openapi.alipay.com/gateway.do"


def test_the_folder_of_the_data_is_beside_the_file(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, 'data_dir = "../x"')).data_dir == tmp_path.resolve().parent / "x"
    assert load_settings(written(tmp_path, f"data_dir = '{tmp_path / 'y'}'")).data_dir == tmp_path.resolve() / "y"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('colour = "red"', "colour"),
        ("[tills]", "tills"),
        ('[till]\nlanguages = "zh"', "till.languages"),
        ('[alipay]\nsecret = "x"', "alipay.secret"),
        ("[hub]\nport = 1", "hub.port"),
        ("[till.camera2]", "till.camera2"),
        ("[scale]\nunit = 'kg'", "scale.unit"),
        ("[pole]\nlines = 2", "pole.lines"),
    ],
)
def test_an_unknown_key_is_refused_by_its_name(tmp_path: Path, text: str, key: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(UnknownSetting) as refused:
        load_settings(path)
    assert refused.value.facts == {"path": path, "key": key}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("data_dir = 1", "data_dir must be text"),
        ("till = 1", "[till] must be a table"),
        ("[[till]]", "[till] must be a table"),
        ("[till]\nstore_name = 1", "till.store_name must be text"),
        ("[till]\nstore_name = ['a']", "till.store_name must be text"),
        ("[till]\nscanner_gap_ms = '35'", "till.scanner_gap_ms must be a whole number"),
        ("[till]\nscanner_gap_ms = 35.0", "till.scanner_gap_ms must be a whole number"),
        ("[till]\nscanner_gap_ms = true", "till.scanner_gap_ms must be a whole number"),
        ("[till]\nlanguage = 'fr'", "till.language must be one of zh, en"),
        ("[till]\nlanguage = ['zh']", "till.language must be one of zh, en"),
        ("[hub]\nurl = false", "hub.url must be text"),
        ("[camera]\nmirror = 'yes'", "camera.mirror must be true or false"),
        ("[camera]\nmirror = 1", "camera.mirror must be true or false"),
        ("[camera]\nfocus = 120", "camera.focus must be text"),
        ("[camera]\nfocus = 'near'", "camera.focus must be auto or a number of 1 to 5 digits"),
        ("[camera]\nexposure = '-3'", "camera.exposure must be auto or a number of 1 to 5 digits"),
        ("[camera]\nexposure = '１２'", "camera.exposure must be auto or a number of 1 to 5 digits"),
        ("[scale]\nport = 3", "scale.port must be text"),
        ("[scale]\nprotocol = 'dialog06'", "scale.protocol must be one of continuous, toledo"),
        ("[pole]\nbaud = '2400'", f"pole.baud must be one of {BAUDS}"),
        ("[scale]\nbaud = 9601", f"scale.baud must be one of {BAUDS}"),
        ("[scale]\nbaud = 9600.0", f"scale.baud must be one of {BAUDS}"),
        ("[alipay]\napp_id = 2021000000000000", "alipay.app_id must be text"),
        ("[alipay]\n[alipay.app_id]\nx = 1", "alipay.app_id must be text"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_by_its_name(tmp_path: Path, text: str, reason: str) -> None:
    assert refusal(tmp_path, text) == reason


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [("scanner_gap_ms", 5, 200), ("volume_percent", 0, 100), ("ballast_mb", 0, 1024)],
    ids=["gap", "volume", "ballast"],
)
def test_numbers_have_ends(tmp_path: Path, key: str, low: int, high: int) -> None:
    for value in (low, high):
        assert getattr(load_settings(written(tmp_path, f"[till]\n{key} = {value}")).till, key) == value
    for value in (low - 1, high + 1, 10**30):
        assert refusal(tmp_path, f"[till]\n{key} = {value}") == f"till.{key} must be {low}..{high}"


@pytest.mark.parametrize("key", ["store", "till"])
@pytest.mark.parametrize(
    "value", ["", " ", "00 17", "00-17", "00_17", "00/17", "旗舰店", "００１７", "1" * 17, "0017\\n"]
)
def test_a_store_or_till_the_hub_would_not_take_is_refused(tmp_path: Path, key: str, value: str) -> None:
    assert refusal(tmp_path, f'[till]\n{key} = "{value}"') == f"till.{key} must be 1 to 16 digits and letters"


@pytest.mark.parametrize("value", ["1", "0017", "A3", "z" * 16])
def test_stores_and_tills_are_digits_and_letters(tmp_path: Path, value: str) -> None:
    till = load_settings(written(tmp_path, f'[till]\nstore = "{value}"\ntill = "{value}"')).till
    assert (till.store, till.till) == (value, value)


def test_a_missing_file_is_told_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.toml"
    with pytest.raises(SettingsUnreadable) as refused:
        load_settings(path)
    assert refused.value.facts["path"] == path
    assert "P-601" in str(refused.value)


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsUnreadable):
        load_settings(tmp_path)


@pytest.mark.parametrize(
    "raw",
    [b"store: 0017", b"[till", b"\xff\xfe\x00", "店名".encode("gbk"), b"a = 1\na = 2", b"a = " + b"[" * 5000],
    ids=["yaml", "open", "utf-16", "gbk", "twice", "deep"],
)
def test_what_is_not_toml_in_utf_8_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "till.toml"
    path.write_bytes(raw)
    with pytest.raises(SettingsUnreadable):
        load_settings(path)


def test_a_path_no_disk_can_have_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, 'data_dir = "a\\u0000b"') == "data_dir must be a path"


plain_values = st.one_of(st.integers(), st.booleans(), st.floats(allow_nan=False), st.text(max_size=5))
names = [f"till.{each.name}" for each in fields(TillSettings)] + ["hub.url", "alipay.app_id", "data_dir", "nonsense"]


@given(st.dictionaries(st.sampled_from(names), plain_values, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_values_give_settings_or_a_setup_error(tmp_path: Path, values: dict[str, object]) -> None:
    lines = [f"{name} = {toml(value)}" for name, value in values.items()]
    try:
        loaded = load_settings(written(tmp_path, "\n".join(lines)))
    except SetupError:
        return
    for name, value in values.items():
        part, _, key = name.partition(".")
        if key and key != "second_copy":  # a folder, which is meant beside the settings
            assert getattr(getattr(loaded, part), key) == value
            assert type(getattr(getattr(loaded, part), key)) is type(value)


def toml(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(character):08x}" for character in value) + '"'
    if isinstance(value, float):
        return f"{value:.6f}" if value not in {float("inf"), float("-inf")} else "inf"
    return repr(value)


@pytest.mark.parametrize("wrong", ["5", "0", "true", '"10"'])
def test_cash_is_rounded_by_a_coin_there_is(tmp_path: Path, wrong: str) -> None:
    reason = refusal(tmp_path, f"[till]\ncash_rounding_fen = {wrong}")
    assert reason == "till.cash_rounding_fen must be one of 1, 10, 50, 100"
