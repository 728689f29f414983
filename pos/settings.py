"""Every option of one till, read once from a TOML file; an unknown key is refused by name."""

import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from pos.domain.errors import SettingsUnreadable, UnknownSetting

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class TillSettings:
    """Who this till is and how it behaves.

    Attributes:
        store: the store's number, 1 to 16 digits and letters, such as ``0017``.
        till: the till's number within the store, as short, such as ``03``.
        store_name: printed on receipts.
        store_message: what the customer reads on their own screen while nothing is sold, such as opening hours.
        camera: ``auto``, ``none``, ``synthetic``, a device number, part of a device's name, or a path of a video or a
            folder of pictures.
        scanner_gap_ms: the longest pause between two keys of a keyboard-wedge scanner.
        customer_language: of the customer's window, whatever the cashier's is.
        scale_percent: how large things are where the screen has room for it, 100..200; never larger than fits.
        volume_percent: of the tones and the voice, 0..100.
        voice: whether what was taken and the change are said in Chinese as well, where the system can.
        second_copy: a folder on another volume, such as a USB stick, that gets a copy of every entry; it must be there
            already, because without the stick another folder would be taken for it. Empty for none.
        cash_rounding_fen: the smallest coin of the drawer, 1, 10, 50 or 100; what is less is left off in cash.
        lock_after_s: after so many seconds without a key or a touch the till locks itself, 0..3600; 0 is never.
        ballast_mb: room kept on the disk for the sales in hand when it is full, 0..1024.
    """

    store: str = "0001"
    till: str = "01"
    store_name: str = "柜台示例店"
    language: Language = "zh"
    camera: str = "auto"
    scanner_gap_ms: int = 35
    volume_percent: int = 80
    second_copy: str = ""
    ballast_mb: int = 64
    cash_rounding_fen: Literal[1, 10, 50, 100] = 1
    customer_language: Language = "zh"
    scale_percent: int = 100
    store_message: str = ""
    voice: bool = False
    lock_after_s: int = 300


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """How the camera is set, where its driver offers that (V4L2); else it keeps to its own automatic.

    Attributes:
        focus: ``auto``, or a number that locks it, in the camera's own steps from far to near, often 0 to 255.
        exposure: ``auto``, or a number that locks it, in tenths of a millisecond; 20 is 1/500 s.
        mirror: whether the picture on the screen changes sides; what is read never does.
    """

    focus: str = "auto"
    exposure: str = "auto"
    mirror: bool = False


@dataclass(frozen=True, slots=True)
class AlipaySettings:
    """How money is asked for; without ``app_id`` the Alipay tender is off.

    Attributes:
        gateway: the v2 address, ending in ``gateway.do``.
        private_key: path of our RSA key (PEM or bare base64), mode 0600. It is a file and not the system's key store:
            that of Windows takes 1280 characters, fewer than the key has, and that of Linux opens when a person logs
            in, where a till starts by itself.
        alipay_public_key: path of Alipay's RSA public key (PEM): public-key mode.
        app_cert, alipay_cert, alipay_root_cert: paths of the three files Alipay's console gives out: certificate
            mode, in place of ``alipay_public_key``.
        product: ``FACE_TO_FACE_PAYMENT`` (当面付), or ``OFFLINE_PAYMENT`` (当面付快捷版), as the contract says.

    Production is the default ``gateway``; Alipay's own sandbox is at
    https://openapi-sandbox.dl.alipaydev.com/gateway.do. An app id that begins with ``SANDBOX`` is the simulator's: it
    asks this machine only, and no other app id does.
    """

    gateway: str = "https://openapi.alipay.com/gateway.do"
    app_id: str = ""
    private_key: str = ""
    alipay_public_key: str = ""
    app_cert: str = ""
    alipay_cert: str = ""
    alipay_root_cert: str = ""
    product: Literal["FACE_TO_FACE_PAYMENT", "OFFLINE_PAYMENT"] = "FACE_TO_FACE_PAYMENT"


@dataclass(frozen=True, slots=True)
class HubSettings:
    """Where sales go and prices come from; without ``url`` the till keeps to itself.

    Attributes:
        device_key: path of the file that ``./till admin enrol`` makes; ``device.key`` in ``data_dir`` when empty.
        parcels_to: whom a store without a line seals its parcels to, as ``./till admin hub … address`` prints it.
    """

    url: str = ""
    device_key: str = ""
    parcels_to: str = ""


Baud = Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200]


@dataclass(frozen=True, slots=True)
class ScaleSettings:
    """The scale that stands beside the till; without ``port`` there is none.

    Attributes:
        port: a serial port, such as ``/dev/ttyUSB0`` or ``COM3``.
        protocol: ``continuous`` for scales that send ``ST,GS,+  0.750kg`` by themselves (A&D, CAS and their like), or
            ``toledo`` for those that answer to ``W`` (Mettler-Toledo 8217: 7 bits, even parity).
    """

    port: str = ""
    baud: Baud = 9600
    protocol: Literal["continuous", "toledo"] = "continuous"


@dataclass(frozen=True, slots=True)
class PoleSettings:
    """The pole display of eight digits (LED8) that the customer sees; without ``port`` there is none.

    Attributes:
        port: a serial port, or a file that such a display is behind.
    """

    port: str = ""
    baud: Baud = 2400


@dataclass(frozen=True, slots=True)
class Settings:
    """Every option of one till.

    Attributes:
        data_dir: where the till's databases, keys and logs are.
        is_training: nothing is real: no file can say it, only ``for_training`` does.
    """

    data_dir: Path
    till: TillSettings = field(default_factory=TillSettings)
    alipay: AlipaySettings = field(default_factory=AlipaySettings)
    hub: HubSettings = field(default_factory=HubSettings)
    camera: CameraSettings = field(default_factory=CameraSettings)
    scale: ScaleSettings = field(default_factory=ScaleSettings)
    pole: PoleSettings = field(default_factory=PoleSettings)
    is_training: bool = False

    @property
    def device_file(self) -> Path:
        """Where the till's own key is."""
        return Path(self.hub.device_key) if self.hub.device_key else self.data_dir / "device.key"

    def without_second_copy(self) -> "Settings":
        """Return the same settings for a time when the other volume cannot be had."""
        return replace(self, till=replace(self.till, second_copy=""))

    def for_training(self) -> "Settings":
        """Return the settings of the same till for practice: other files, no hub, no account, no second copy."""
        till = replace(self.till, second_copy="", ballast_mb=0)
        return replace(self, data_dir=self.data_dir / "training", till=till, alipay=AlipaySettings(app_id="TRAINING"),
                       hub=HubSettings(), is_training=True)  # fmt: skip

    @property
    def pepper_file(self) -> Path:
        """Where the key is that PINs are mixed with, outside the database they are kept in."""
        return self.data_dir / "pin.pepper"


_SECTIONS: dict[str, type] = {
    "till": TillSettings, "alipay": AlipaySettings, "hub": HubSettings, "camera": CameraSettings,
    "scale": ScaleSettings, "pole": PoleSettings,
}  # fmt: skip


def load_settings(path: Path) -> Settings:
    """Read the settings of a till; paths are relative to the file, and ``data_dir`` is its folder by default.

    Raises:
        SettingsUnreadable: the file is missing, not TOML, or a value is of the wrong kind.
        UnknownSetting: a key is not ours.
    """
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as reason:
        raise SettingsUnreadable(path=path, reason=reason) from reason
    for key in raw:
        if key not in {*_SECTIONS, "data_dir"}:
            raise UnknownSetting(path=path, key=key)
    parts = {name: _section(path, name, kind, raw.get(name, {})) for name, kind in _SECTIONS.items()}
    data_dir = raw.get("data_dir", ".")
    if not isinstance(data_dir, str):
        raise SettingsUnreadable(path=path, reason="data_dir must be text")
    if "\0" in data_dir:
        raise SettingsUnreadable(path=path, reason="data_dir must be a path")
    parts["alipay"] = _with_keys_beside(path, parts["alipay"])
    if parts["hub"].device_key:
        parts["hub"] = replace(parts["hub"], device_key=str((path.parent / parts["hub"].device_key).resolve()))
    parts["till"] = replace(parts["till"], second_copy=_beside(path, parts["till"].second_copy))
    return Settings(data_dir=(path.parent / data_dir).resolve(), **parts)


def _with_keys_beside(path: Path, alipay: AlipaySettings) -> AlipaySettings:
    return replace(
        alipay,
        private_key=_beside(path, alipay.private_key),
        alipay_public_key=_beside(path, alipay.alipay_public_key),
        app_cert=_beside(path, alipay.app_cert),
        alipay_cert=_beside(path, alipay.alipay_cert),
        alipay_root_cert=_beside(path, alipay.alipay_root_cert),
    )


def _beside(path: Path, name: str) -> str:
    return str((path.parent / name).resolve()) if name else ""


def _section(path: Path, name: str, kind: type, raw: object) -> Any:  # noqa: ANN401  (one dataclass per section)
    if not isinstance(raw, dict):
        raise SettingsUnreadable(path=path, reason=f"[{name}] must be a table")
    known = {each.name: each for each in fields(kind)}
    for key, value in raw.items():
        if key not in known:
            raise UnknownSetting(path=path, key=f"{name}.{key}")
        _check_value(path, f"{name}.{key}", known[key].type, value)
    return kind(**raw)


_NUMBER = re.compile("[0-9A-Za-z]{1,16}", re.ASCII)
_NUMBERS = {"till.store", "till.till"}
_LOCK = re.compile("auto|[0-9]{1,5}", re.ASCII)
_LOCKS = {"camera.focus", "camera.exposure"}
_KINDS: dict[object, str] = {int: "a whole number", bool: "true or false", str: "text"}
_RANGES = {
    "till.scanner_gap_ms": range(5, 201),
    "till.volume_percent": range(101),
    "till.scale_percent": range(100, 201),
    "till.ballast_mb": range(1025),
    "till.lock_after_s": range(3601),
}


def _check_value(path: Path, key: str, kind: object, value: object) -> None:
    choices = get_args(kind)
    if choices and (value not in choices or type(value) is not type(choices[0])):
        raise SettingsUnreadable(path=path, reason=f"{key} must be one of {', '.join(map(str, choices))}")
    if not choices and type(value) is not kind:
        raise SettingsUnreadable(path=path, reason=f"{key} must be {_KINDS[kind]}")
    if isinstance(value, str) and "\0" in value:
        raise SettingsUnreadable(path=path, reason=f"{key} must hold no NUL")
    if key in _NUMBERS and not _NUMBER.fullmatch(str(value)):
        raise SettingsUnreadable(path=path, reason=f"{key} must be 1 to 16 digits and letters")
    if key in _LOCKS and not _LOCK.fullmatch(str(value)):
        raise SettingsUnreadable(path=path, reason=f"{key} must be auto or a number of 1 to 5 digits")
    if key in _RANGES and value not in _RANGES[key]:
        allowed = _RANGES[key]
        raise SettingsUnreadable(path=path, reason=f"{key} must be {allowed[0]}..{allowed[-1]}")
