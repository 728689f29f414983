"""Custody: the commands that check, copy, rebuild and retire a till's journal; each gives its lines and its status.

Status 0 is well, 1 is that something is wrong or could not be recovered; what could not be done at all is raised.
"""

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing

from pos.clock import RandomIds, SystemClock
from pos.domain.chain import HubCopy
from pos.domain.errors import HubUnreachable, JournalRolledBack, StillUnsent, SyncError
from pos.settings import Settings, load_settings
from pos.storage import journal
from pos.storage.backup import back_up
from pos.storage.database import only_one, told_as_ours
from pos.storage.signatures import sign_unsigned, verify_signatures
from pos.sync.client import HubClient
from pos.till.audit import audit, check_receipt
from pos.till.finding import Finding, Word, finding
from pos.till.rebuild import Rebuilt, gather, rebuild
from pos.till.retire import retire
from pos.till.till import Till, open_reading_till, open_till, till_file, usable_device

START_TIMEOUT_S = 3.0
"""How long the first start of a till waits for the hub's word on whether it is really new."""

Answer = tuple[int, Iterator[str]]


def refuse_if_known(settings: Settings) -> None:
    """Raise JournalRolledBack when a till without a file of its own is one whose sales the hub already has.

    A hub that does not answer soon stops nobody from selling.
    """
    if till_file(settings).exists() or not settings.hub.url:
        return
    try:
        with HubClient(settings.hub.url, usable_device(settings), timeout_s=START_TIMEOUT_S) as hub:
            kept = hub.latest_head(_name(settings))
    except SyncError:
        return
    if kept.seq:
        raise JournalRolledBack(path=settings.hub.url, epoch=kept.epoch, seq=kept.seq)


def _journal(options: Namespace) -> Answer:
    settings = load_settings(options.settings)
    till = open_reading_till(settings)
    with closing(till), told_as_ours(till_file(settings)):
        if options.receipt:
            findings = check_receipt(till, options.receipt, options.witness)
        else:
            findings = _verify(settings, till, asks_hub=not options.without_hub)
        harm = any(each.is_harm for each in findings)
        return int(harm), iter([*map(str, findings), *([] if harm else _summary(till))])


def _verify(settings: Settings, till: Till, *, asks_hub: bool) -> list[Finding]:
    if not asks_hub or not settings.hub.url:
        return audit(till)
    try:
        return audit(till, _ask_hub(settings))
    except SyncError as reason:
        return [*audit(till), finding("hub", Word.HUB_SILENT, reason=reason.code, is_harm=False)]


def _summary(till: Till) -> Iterator[str]:
    device = usable_device(till.settings)
    for epoch in journal.epochs(till.db):
        seq, head = journal.head(till.db, epoch)
        good = verify_signatures(till.db, till.identity.name, epoch, device.keys).good if device else 0
        yield f"chain intact, epoch {epoch}, entries 1..{seq}, head {head}, signed by this till: {good}"
    if not journal.epochs(till.db):
        yield "chain intact, no entries"


def _rebuild(options: Namespace) -> Answer:
    settings = load_settings(options.settings)
    if options.without_second_copy:
        settings = settings.without_second_copy()
    with only_one(settings.data_dir):
        hub = _ask_hub(settings) if settings.hub.url and not options.without_hub else None
        copies = gather(settings, hub, options.backup)
        rebuilt = rebuild(settings, copies, SystemClock(), RandomIds())
        lines = [*_told(rebuilt), *map(str, copies.doubts)]
        with closing(open_till(settings)) as till:
            if till.device:
                sign_unsigned(till.db, till.identity.name, till.device, but_not={each.hash for each in copies.unproven})
            findings = [each for each in audit(till, hub) if each.is_harm]
    is_whole = not (rebuilt.missing or rebuilt.left or rebuilt.unsold or copies.doubts or findings)
    return int(not is_whole), iter([*lines, *map(str, findings)])


def _told(rebuilt: Rebuilt) -> Iterator[str]:
    """Say what was recovered, what was not, and what to do about it."""
    yield (
        f"第 {rebuilt.epoch} 期开始，找回 {rebuilt.recovered} 条，另补记 {rebuilt.adopted} 条 / "
        f"epoch {rebuilt.epoch} begun, {rebuilt.recovered} entries recovered, {rebuilt.adopted} told again"
    )
    yield f"旧文件保留在 {rebuilt.set_aside} / the old files are kept in {rebuilt.set_aside}"
    for epoch, spans in rebuilt.missing.items():
        for first, last in spans:
            yield (
                f"BAD entry {epoch}/{first}: 第 {first}..{last} 条哪里都没有，请对照小票存根补查 / "
                f"and up to {last} are in no copy: look for their receipts"
            )
    for entry, reason in rebuilt.left:
        yield (
            f"BAD entry {entry.epoch}/{entry.seq}: 没能补记（{reason}），原文在旧文件里 / "
            f"could not be told again ({reason}); it is in the old files"
        )
    for number in rebuilt.unsold:
        yield (
            f"BAD payment {number}: 钱到了，销售没有找回；十分钟后会退给顾客，货已给的请先补录 / "
            "its money came and its sale is not there; it goes back after ten minutes unless the sale is made"
        )
    if not rebuilt.is_tail_known:
        yield (
            "note tail: 坏掉以前还没有上传的，没有第二份账就找不回来；请对照钱箱和小票 / "
            "what was not sent before the damage is in nobody's hands: compare drawer and receipts"
        )
    if not rebuilt.has_staff:
        yield "note staff: 人员和 PIN 没有找回，请用 ./till admin staff 重新添加 / add the staff again"


def _backup(options: Namespace) -> Answer:
    settings = load_settings(options.settings)
    with closing(open_reading_till(settings)) as till:
        count = back_up(till.db, till.identity.name, options.to)
    return 0, iter([f"{options.to}: 已备份并核对 {count} 条 / {count} entries, checked"])


def _retire(options: Namespace) -> Answer:
    settings = load_settings(options.settings)
    if not settings.hub.url:
        raise StillUnsent(reason="there is no hub to have it")
    with only_one(settings.data_dir):
        aside = retire(settings, _ask_hub(settings))
    return 0, iter([f"{aside}: 总部已有全部账目，本机不再使用 / the hub has all of it; this till is retired"])


def _ask_hub(settings: Settings) -> HubCopy:
    try:
        with HubClient(settings.hub.url, usable_device(settings)) as hub:
            return hub.history(_name(settings))
    except SyncError as reason:
        raise HubUnreachable(reason=f"{reason}; --without-hub goes on without it", url=settings.hub.url) from reason


def _name(settings: Settings) -> str:
    return f"{settings.till.store}-{settings.till.till}"


ANSWERS: Mapping[str, Callable[[Namespace], Answer]] = {
    "journal": _journal,
    "rebuild": _rebuild,
    "backup": _backup,
    "retire": _retire,
}
"""What each command does, by its name."""
