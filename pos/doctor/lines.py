"""The lines out of the store, and the clock that both ends must agree on."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from pos.alipay.gateway import AlipayGateway
from pos.clock import BEIJING, SystemClock
from pos.doctor.finding import Finding, bad, good
from pos.domain.entry import parse_utc
from pos.domain.errors import ClocksApart, GatewayDown, PosError
from pos.domain.gateway import Unknown
from pos.domain.signing import CLOCK_TOLERANCE_S
from pos.settings import Settings
from pos.storage import health, journal
from pos.sync.client import HubClient
from pos.till.resolve import NEVER_USED
from pos.till.till import open_reading_till, till_file, usable_device

TIMEOUT_S = 5.0
BUILT = Path(__file__).parents[1] / "__init__.py"
"""A file of this program: no clock can be right that is before the day it was put here."""


def check_lines(settings: Settings) -> Iterator[Finding]:
    """Whether head office and Alipay answer, and the clock."""
    yield _check_hub(settings)
    yield _check_gateway(settings)
    built = datetime.fromtimestamp(BUILT.stat().st_mtime, UTC)
    yield check_clock(SystemClock().now(), built, _last_entry_at(settings), _hub_ahead_s(settings))


def check_clock(now: datetime, built: datetime, last_entry: datetime | None, hub_ahead_s: float | None) -> Finding:
    """Whether the clock can be right: not before the program or the last sale, and as the hub's.

    Args:
        last_entry: when the till last wrote something.
        hub_ahead_s: None when there is no hub to ask.
    """
    told = f"{now.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
    if hub_ahead_s is not None and abs(hub_ahead_s) > CLOCK_TOLERANCE_S:
        minutes = round(abs(hub_ahead_s) / 60)
        return bad("clock", ClocksApart, f"时钟 {told} 和总部差 {minutes} 分钟，请校准",
                   f"{told} is {minutes} minutes from the hub's clock: set it right")  # fmt: skip
    floor = max(filter(None, (built, last_entry)))
    if (floor - now).total_seconds() > CLOCK_TOLERANCE_S:
        before = f"{floor.astimezone(BEIJING):%Y-%m-%d %H:%M}"
        return bad("clock", ClocksApart, f"时钟 {told} 早于 {before}（安装或最后一笔账的时间），请校准",
                   f"{told} is before {before}, when this was installed or last sold: set the clock")  # fmt: skip
    zh, en = ("，和总部一致", ", as the hub's") if hub_ahead_s is not None else ("", "")
    return good("clock", told + zh, told + en)


def _check_hub(settings: Settings) -> Finding:
    if not settings.hub.url:
        return good("hub", "没有设置总部", "none configured")
    device = usable_device(settings)
    try:
        with HubClient(settings.hub.url, device, timeout_s=TIMEOUT_S) as hub:
            hub.head(f"{settings.till.store}-{settings.till.till}", 1)
    except PosError as error:
        facts = " ".join(str(fact) for fact in error.facts.values())
        zh, en = f"总部 {settings.hub.url}：{error.code} {facts}", f"{settings.hub.url}: {error}"
        return bad(
            "hub",
            type(error),
            f"{zh}。照常收款；检查线路、地址和登记",
            f"{en}; selling goes on: see line, address, enrolment",
        )
    return good("hub", f"总部 {settings.hub.url} 在线，认识本机", f"{settings.hub.url} answers and knows this till")


def _check_gateway(settings: Settings) -> Finding:
    if not settings.alipay.app_id:
        return good("gateway", "没有开通支付宝，只收现金", "no Alipay account, cash only")
    try:
        with closing(AlipayGateway(settings.alipay, SystemClock())) as gateway:
            reply = gateway.query(NEVER_USED)
    except PosError as error:
        return bad("gateway", type(error), "先修好支付宝密钥那一行", "mend the line about Alipay's keys first")
    if isinstance(reply, Unknown):
        zh = f"支付宝没有可信的回答（{reply.reason}）：检查网络、app_id 和公钥"
        en = f"no answer of Alipay's that can be believed ({reply.reason}): see line, app_id and public key"
        return bad("gateway", GatewayDown, zh, en)
    return good("gateway", "支付宝有回答", "Alipay answers")


def _hub_ahead_s(settings: Settings) -> float | None:
    """Ask anybody's question, so that a till that is not enrolled learns it, too; nothing depends on the answer."""
    if not settings.hub.url:
        return None
    try:
        answer = httpx.get(f"{settings.hub.url}/health", timeout=TIMEOUT_S, trust_env=False)
        told = parsedate_to_datetime(answer.headers["date"])
    except (httpx.HTTPError, httpx.InvalidURL, KeyError, ValueError):
        return None
    return (told - SystemClock().now()).total_seconds()


def _last_entry_at(settings: Settings) -> datetime | None:
    try:
        if not till_file(settings).exists() or not health.look(till_file(settings)).is_current:
            return None
        with closing(open_reading_till(settings)) as till:
            at = journal.last_at(till.db, till.identity.epoch)
    except PosError:
        return None  # the books' own line says why
    return parse_utc(at) if at else None
