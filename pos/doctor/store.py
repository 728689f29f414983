"""What the store keeps on this machine: the books, the people, the keys, and the devices on the counter."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from pos.alipay.certificates import valid_until
from pos.alipay.gateway import AlipayGateway
from pos.clock import BEIJING, SystemClock
from pos.doctor.finding import Finding, bad, good
from pos.domain.entry import parse_utc
from pos.domain.errors import (
    CameraLost,
    CertificateExpired,
    DatabaseDamaged,
    DatabaseInUse,
    HubUnreachable,
    KeyUnreadable,
    NeedsManager,
    NotEnrolled,
    PepperLost,
    PosError,
)
from pos.domain.staff import Role
from pos.keyfile import find_device, find_pepper
from pos.scan.camera import find_source
from pos.scan.devices import list_cameras
from pos.settings import AlipaySettings, Settings
from pos.storage import health, journal, staff
from pos.storage.database import only_one
from pos.till import pins
from pos.till.till import Till, open_reading_till, till_file

UNSENT_LONGEST = timedelta(days=1)
"""Entries that wait for the head office for longer are no passing trouble."""
RENEW_BEFORE = timedelta(days=30)
"""A certificate that ends sooner must be renewed now: Alipay's takes days."""
BALLAST = "ballast"
"""The file beside the sales that is given up when the disk is full."""
LOOKS_AT_CAMERA = 30


def check_books(settings: Settings) -> Iterator[Finding]:
    """Whether the till's file is whole, what the head office has of it, and who may sign in."""
    path = till_file(settings)
    if not path.exists():
        yield good("database", "还没有账本，第一次打开时会建", "no books yet; they are made at the first start")
        return
    try:
        found = health.look(path)
    except PosError as error:
        yield bad("database", type(error), f"账本读不出来：{facts_of(error)}，请联系技术人员",
                  f"the books cannot be read: {facts_of(error)}; nothing was changed, call for help")  # fmt: skip
        return
    if not found.size:
        yield bad("database", DatabaseDamaged, f"账本 {path} 是空的：不要打开柜台，请联系技术人员",
                  f"{path} is empty: do not start the till, call for help")  # fmt: skip
        return
    if found.verdict != health.WELL:
        yield bad("database", DatabaseDamaged, f"账本损坏：{found.verdict}，停止收款，请联系技术人员",
                  f"the books are damaged: {found.verdict}; stop selling and call for help")  # fmt: skip
        return
    size = f"{found.size / (1 << 20):.1f} MB"
    yield good("database", f"账本完好，{size}，结构版本 {found.version}", f"whole, {size}, shape {found.version}")
    if not found.is_current:
        return  # the next start brings it up to date; until then its tables are not the ones we know
    try:
        with closing(open_reading_till(settings)) as till:
            yield _check_unsent(till)
            yield check_people(till)
    except PosError as error:
        yield bad(
            "database", type(error), f"账本用不了：{facts_of(error)}", f"the books cannot be used: {facts_of(error)}"
        )


def _check_unsent(till: Till) -> Finding:
    if not till.settings.hub.url:
        return good("unsent", "没有设置总部，账留在本机", "no head office configured, everything stays here")
    found = journal.unsent(till.db, till.identity.epoch)
    if not found.count:
        return good("unsent", "全部已上传", "nothing is unsent")
    since = parse_utc(found.oldest_at)
    told = f"{since.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    if SystemClock().now() - since > UNSENT_LONGEST:
        return bad("unsent", HubUnreachable, f"{found.count} 条没有上传，最早的是 {told}：请看总部那一行",
                   f"{found.count} entries are unsent since {told}: see the hub's line")  # fmt: skip
    return good("unsent", f"{found.count} 条没有上传，最早的是 {told}", f"{found.count} entries unsent, since {told}")


def check_people(till: Till) -> Finding:
    """Whether somebody may sign in, somebody may approve, and every PIN can be checked."""
    rows = staff.list_staff(till.db)
    try:
        lost = [row.cashier.number for row in rows if not pins.is_usable(till.settings, row.pin_hash)]
    except KeyUnreadable as error:
        return bad("people", KeyUnreadable, f"密码的密钥用不了：{facts_of(error)}", f"the PINs' key: {facts_of(error)}")
    if lost:
        path, who = till.settings.pepper_file, ", ".join(lost)
        zh = f"密码的密钥丢了或被换过：放回 {path}，或用 ./till admin staff 给这些工号重设密码：{who}"
        en = f"the PINs' key was lost or changed: put {path} back, or give new PINs by ./till admin staff to {who}"
        return bad("people", PepperLost, zh, en)
    if not any(row.cashier.role is Role.MANAGER for row in rows):
        return bad("people", NeedsManager, "没有店长，没人能同意退款：用 ./till admin staff 添加",
                   "no manager, so nobody can approve a refund: add one by ./till admin staff")  # fmt: skip
    plain = sum(pins.is_plain(row.pin_hash) for row in rows)
    zh, en = (f"，{plain} 个旧密码在下次登录时加固", f", {plain} old PINs are kept better from their next sign-in on")
    return good("people", f"{len(rows)} 人可以登录" + zh * bool(plain), f"{len(rows)} may sign in" + en * bool(plain))


def check_keys(settings: Settings) -> Iterator[Finding]:
    """Whether each key is there, nobody else may read it, and no certificate is about to end."""
    if settings.hub.url:
        yield _check_device(settings)
    try:
        is_there = find_pepper(settings.pepper_file) is not None
    except KeyUnreadable as error:
        yield bad("pepper", KeyUnreadable, f"密码的密钥用不了：{facts_of(error)}", f"the PINs' key: {facts_of(error)}")
    else:
        zh, en = ("密码的密钥可用", "the PINs' key can be used")
        if not is_there:
            zh, en = ("密码的密钥在添加第一个人时会建", "the PINs' key is made with the first person")
        yield good("pepper", zh, en)
    if settings.alipay.app_id:
        yield check_alipay(settings.alipay)
        for path in filter(None, (settings.alipay.app_cert, settings.alipay.alipay_cert)):
            yield check_certificate(Path(path), SystemClock().now())


def _check_device(settings: Settings) -> Finding:
    try:
        device = find_device(settings.device_file)
    except KeyUnreadable as error:
        return bad(
            "device", KeyUnreadable, f"本机的密钥用不了：{facts_of(error)}", f"this till's key: {facts_of(error)}"
        )
    name = f"{settings.till.store}-{settings.till.till}"
    if device is None:
        zh = f"本机还没有在总部登记：请总部给 {name} 一个登记码，再运行 ./till admin enrol"
        en = f"not enrolled: ask the hub for a code for {name}, then ./till admin enrol"
        return bad("device", NotEnrolled, zh, en)
    if device.name != name:
        return bad("device", NotEnrolled, f"密钥是 {device.name} 的，本机是 {name}：请重新登记",
                   f"the key is of {device.name}, this till is {name}: enrol it again")  # fmt: skip
    return good("device", f"已登记为 {name}", f"enrolled as {name}")


def check_alipay(settings: AlipaySettings) -> Finding:
    """Whether the store's keys or certificates can be used; asks nobody."""
    try:
        AlipayGateway(settings, SystemClock()).close()
    except PosError as error:
        return bad(
            "alipay",
            type(error),
            f"支付宝密钥或地址用不了：{facts_of(error)}",
            f"Alipay keys or address: {facts_of(error)}",
        )
    return good("alipay", "支付宝密钥可用", "Alipay keys can be used")


def check_certificate(path: Path, now: datetime) -> Finding:
    """Whether a certificate of Alipay's console is good for some weeks."""
    try:
        until = valid_until(path)
    except KeyUnreadable as error:
        return bad("certificate", KeyUnreadable, f"证书用不了：{facts_of(error)}", f"certificate: {facts_of(error)}")
    days, day = (until - now).days, f"{until:%Y-%m-%d}"
    if until - now < RENEW_BEFORE:
        zh = f"证书 {path.name} 到 {day} 为止，只剩 {max(0, days)} 天：请在支付宝更换"
        en = f"{path.name} ends on {day}, {max(0, days)} days left: renew it at Alipay"
        return bad("certificate", CertificateExpired, zh, en)
    return good("certificate", f"证书 {path.name} 到 {day} 为止", f"{path.name} is good until {day}")


def check_camera(settings: Settings) -> Finding:
    """Whether the camera that is set gives a picture; a till that runs keeps it for itself."""
    setting = settings.till.camera
    source = find_source(setting, settings.camera)
    if source is None:
        if setting == "auto":
            return good("camera", "没有找到摄像头，用扫码枪即可", "no camera found; a scanner will do")
        return good("camera", "没有设置摄像头", "none configured")
    if is_running(settings):
        return good(
            "camera", f"{source.name}：柜台正在用它，请看柜台屏幕", f"{source.name}: in use by the till that runs"
        )
    try:
        source.open()
        try:
            frame = next((frame for _ in range(LOOKS_AT_CAMERA) if (frame := source.read()) is not None), None)
        finally:
            source.close()
        if frame is None:
            raise CameraLost(source=source.name, reason="gives no frames")
    except (PosError, EOFError) as error:
        told = facts_of(error) if isinstance(error, PosError) else source.name
        there = ", ".join(f"{device.index} {device.name}" for device in list_cameras()) or "-"
        return bad(
            "camera",
            CameraLost,
            f"摄像头没有图像：{told}，检查插头和设置；现有摄像头：{there}",
            f"no picture: {told}; see plug and settings; cameras there: {there}",
        )
    height, width = frame.shape[:2]
    return good("camera", f"{source.name}，{width}×{height}", f"{source.name}, {width} x {height}")


def check_ballast(folder: Path) -> Finding:
    """Whether room is kept for the sales in hand when the disk is full."""
    path = folder / BALLAST
    if path.exists():
        size = f"{path.stat().st_size / (1 << 20):.0f} MB"
        return good("ballast", f"为磁盘写满时留了 {size}", f"{size} are kept for a full disk")
    return good("ballast", "没有为磁盘写满预留空间", "no room is kept for a full disk")


def is_running(settings: Settings) -> bool:
    """Whether the till is open now, and has what is on the counter for itself."""
    if not settings.data_dir.exists():
        return False
    try:
        with only_one(settings.data_dir):
            return False
    except DatabaseInUse:
        return True


def facts_of(error: PosError) -> str:
    """Return what an error is about, in a row."""
    return " ".join(str(fact) for fact in error.facts.values())
