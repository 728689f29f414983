"""Retire: may this till's data leave the machine? Only when somebody else has all of it."""

from pathlib import Path

from pos.clock import Clock, SystemClock
from pos.domain.chain import HubCopy
from pos.domain.errors import StillUnsent
from pos.settings import Settings
from pos.storage import journal, payments, refunds
from pos.storage.backup import mark_as_backup
from pos.storage.database import sync_folder, told_as_ours
from pos.storage.salvage import FILES
from pos.till.audit import audit
from pos.till.till import Till, open_till, till_file


def require_all_sent(till: Till, hub: HubCopy) -> None:
    """Raise StillUnsent unless the hub has every entry as it is here, and no payment or refund is open.

    What the till itself has noted as sent is not enough: the hub may have been restored since.
    """
    unsent = journal.unsent(till.db, till.identity.epoch).count
    if unsent:
        raise StillUnsent(reason=f"{unsent} entries are not at the hub")
    still_open = len(payments.list_open(till.db)) + len(payments.list_paid_without_sale(till.db))
    still_open += len(refunds.list_open(till.db))
    if still_open:
        raise StillUnsent(reason=f"{still_open} payments or refunds are not at their end")
    at_hub = {(each.epoch, each.seq, each.hash) for each in hub.entries}
    for epoch in journal.epochs(till.db):
        for entry in journal.entries(till.db, till.identity.name, epoch):
            if (entry.epoch, entry.seq, entry.hash) not in at_hub:
                raise StillUnsent(reason=f"entry {entry.epoch}/{entry.seq} is not at the hub as it is here")
    harm = next((each for each in audit(till, hub) if each.is_harm), None)
    if harm:
        raise StillUnsent(reason=f"{harm.what}: {harm.en}")


def retire(settings: Settings, hub: HubCopy, clock: Clock | None = None) -> Path:
    """Set a till's sales aside under another name that no till opens, and return where they are; nothing is deleted.

    The caller holds the folder's lock (``only_one``).

    Raises:
        StillUnsent: the hub does not have all of it; nothing was changed.
    """
    till = open_till(settings)
    try:
        require_all_sent(till, hub)
        till.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        till.close()
    path = till_file(settings)
    aside = path.with_name(f"retired-{(clock or SystemClock()).now():%Y%m%dT%H%M%S}.db")
    with told_as_ours(path):
        mark_as_backup(path)
        for suffix in FILES[1:]:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        path.replace(aside)
        sync_folder(path.parent)
    return aside
