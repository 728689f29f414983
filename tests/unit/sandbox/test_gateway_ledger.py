"""What was answered is on the disk; a torn line, a full disk and a second program do no harm."""

import errno
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from pos.domain.errors import DatabaseDamaged, DatabaseInUse, StorageError
from pos.sandbox.gateway_ledger import open_ledger
from pos.sandbox.gateway_values import Change, PaymentCode, Settings, Trade, TradeStatus
from tests.unit.sandbox.gateway_kit import NOON, Shop

CODE = PaymentCode("ab" * 16, "爱丽丝", "normal", NOON)
TRADE = Trade("GT1", "2026", "爱丽丝", CODE.fingerprint, 8888, "牛奶", TradeStatus.SUCCESS, NOON, NOON, paid_at=NOON)
CHANGES = [Change(NOON, "code", (CODE,)), Change(NOON, "pay", (CODE,), (TRADE,)), Change(NOON, "cancel", (), (TRADE,))]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "trades.jsonl"


def fill(path: Path) -> None:
    with open_ledger(path) as ledger:
        for change in CHANGES:
            ledger.keep(change)


def read(path: Path) -> list[Change]:
    with open_ledger(path) as ledger:
        return list(ledger.changes())


def test_what_is_kept_comes_back(path: Path) -> None:
    fill(path)
    assert read(path) == CHANGES
    fill(path)
    assert read(path) == CHANGES + CHANGES


def test_each_change_is_a_line_and_synced_before_it_is_known(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda _: lines.append(path.read_bytes().count(b"\n")))
    fill(path)
    assert lines == [1, 2, 3]


def test_a_line_torn_at_any_byte_is_forgotten_and_nothing_else(path: Path) -> None:
    fill(path)
    whole = path.read_bytes()
    start = whole.index(b"\n") + 1
    end = whole.index(b"\n", start) + 1
    for cut in range(start, end):
        path.write_bytes(whole[:cut])
        assert read(path) == CHANGES[:1]
    path.write_bytes(whole[:end])
    assert read(path) == CHANGES[:2]


def test_writing_goes_on_after_a_torn_line(path: Path) -> None:
    fill(path)
    path.write_bytes(path.read_bytes()[:-9])
    with open_ledger(path) as ledger:
        ledger.keep(CHANGES[2])
    assert read(path) == CHANGES


def test_a_full_disk_leaves_no_half_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    fill(path)
    with open_ledger(path) as ledger, monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="full"):
            ledger.keep(CHANGES[0])
    assert read(path) == CHANGES


def test_what_the_disk_refused_did_not_happen(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with open_ledger(path) as ledger:
        shop = Shop(ledger)
        code = shop.code()
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            with pytest.raises(OSError, match="full"):
                shop.pay("GT1", code)
        assert shop.money == (0, 0, 0)
        assert shop.pay("GT1", code)["code"] == "10000"


def test_a_line_that_is_not_ours_is_named(path: Path) -> None:
    fill(path)
    path.write_bytes(path.read_bytes() + b'{"at":"never"}\n')
    with pytest.raises(DatabaseDamaged, match="line 4"):
        read(path)


def test_a_second_simulator_is_kept_out(path: Path) -> None:
    with open_ledger(path), pytest.raises(DatabaseInUse), open_ledger(path):
        pass
    assert read(path) == []


def test_a_ledger_that_cannot_be_opened_is_told_as_ours(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Is a directory"), open_ledger(tmp_path):
        pass


def test_no_payment_code_is_ever_written_down(path: Path) -> None:
    with open_ledger(path) as ledger:
        shop = Shop(ledger)
        codes = [shop.code(kind) for kind in ("normal", "password", "decline_balance")]
        for number, code in enumerate(codes):
            shop.pay(f"GT{number}", code)
    written = path.read_text()
    assert [code for code in codes if code in written] == []


def test_a_ledger_of_the_first_version_is_read_with_its_refund_and_its_wallets(path: Path) -> None:
    path.write_bytes(Path(__file__).with_name("ledger_of_version_1.jsonl").read_bytes())
    with open_ledger(path) as ledger:
        shop = Shop(ledger)
        assert asdict(shop.acquirer.totals()) == {
            "paid_fen": 17_776, "refunded_fen": 8888, "kept_fen": 8888, "trades": 3, "waiting": 0, "paid": 1,
            "closed": 2, "declined": 1, "refunds": 1,
        }  # fmt: skip
        (refund,) = next(trade for trade in shop.acquirer.trades() if trade.refunds).refunds
        assert (refund.request_no, refund.at.isoformat()) == ("GT2", "2026-10-01T04:00:30+00:00")
        assert shop.acquirer.merchant_fen == 8888
        assert shop.acquirer.wallets() == {"demo": 100_000_000 - 8888}
        assert shop.refund("GT1", "1.00")["fund_change"] == "Y"


def test_all_there_is_comes_back_from_the_disk(path: Path) -> None:
    with open_ledger(path) as ledger:
        shop = Shop(ledger)
        shop.acquirer.change_settings(Settings(travel_s=3600, refund_delay_s=1.5))
        shop.acquirer.set_balance("alice", 10_000)
        shop.precreate("GT1", time_expire="2026-11-23 14:00:00", store_id="0017")
        shop.pay("GT2", shop.code())
        shop.refund("GT2", "30.00")
        acquirer = shop.acquirer
        known = acquirer.trades(), acquirer.wallets(), acquirer.merchant_fen, acquirer.settings, shop.precreate("GT1")
    with open_ledger(path) as ledger:
        again = Shop(ledger)
        acquirer = again.acquirer
        assert known == (
            acquirer.trades(), acquirer.wallets(), acquirer.merchant_fen, acquirer.settings, again.precreate("GT1"),
        )  # fmt: skip
