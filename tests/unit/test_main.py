"""The headless commands say what is so, and end with the status they promise."""

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from pos.__main__ import main
from pos.domain.approval import Asked, ByBadge, ByPhone
from pos.domain.money import Money
from pos.domain.staff import Act
from pos.domain.store_day import TillDay
from pos.keyfile import keep_device
from pos.manager_commands import VIEWS
from pos.storage.staff import list_staff, put_staff
from pos.sync.store_totals import HubTotals
from pos.till import approvals, sell, shifts, sign_in
from pos.till.figures import day_close
from pos.till.till import Till, open_till
from tests.fakes import BY_MEI, CHEAP_HASHER, LIN, MEI, TEA, WATER, World, fake_settings, quick_folder
from tests.unit.hub.devices import device_of, trust_at


@pytest.fixture
def settings_file() -> Iterator[Path]:
    """The settings of a till that sold twice on 23 November 2026: ¥2.00 and ¥199.99 in cash."""
    with quick_folder() as folder:
        path = folder / "till.toml"
        path.write_text('data_dir = "data"\n[till]\nstore = "0017"\ntill = "03"\n')
        till = World(folder / "data").open_selling()
        for text in (WATER, TEA):
            cart = sell.new_cart(till)
            sell.scan(till, cart, text)
            sell.pay_cash(till, cart, Money(20_000))
        till.close()
        yield path


def run(*arguments: object) -> int:
    """Type a command, and return its status."""
    return main([str(each) for each in arguments])


def spoil(settings_file: Path, *statements: str) -> None:
    """Change the till's file with another program."""
    with closing(sqlite.connect(str(settings_file.parent / "data/till.db"), isolation_level=None)) as tool:
        for statement in statements:
            tool.execute(statement)


def open_again(settings_file: Path) -> Till:
    """Open the till whose settings these are."""
    return open_till(fake_settings(settings_file.parent / "data"))


def test_an_intact_journal_is_said_to_be(settings_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("journal", "verify", "--settings", settings_file) == 0
    words = capsys.readouterr().out
    assert words.startswith("chain intact, epoch 1, entries 1..3, head ")
    assert len(words.split("head ")[1].split(",")[0]) == 64
    assert words.endswith("signed by this till: 0\n")  # it has no key yet


def test_a_broken_journal_is_named_and_ends_with_one(settings_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(settings_file, "DROP TRIGGER journal_keeps_words", "UPDATE journal SET kind = 'x' WHERE seq = 2")
    assert run("journal", "verify", "--settings", settings_file) == 1
    assert "BAD entry 1/2: 这一条被改动过" in capsys.readouterr().out


def as_manager(settings_file: Path, monkeypatch: pytest.MonkeyPatch, *arguments: object, number: str = "9001") -> int:
    """Run a command as somebody who types their PIN."""
    with closing(open_again(settings_file)) as till, till.transaction():
        for row in list_staff(till.db):
            if not row.pin_hash:
                put_staff(till.db, row.cashier, CHEAP_HASHER.hash("730964"))
    monkeypatch.setattr("sys.stdin", io.StringIO("730964\n"))
    return run(*arguments, "--settings", settings_file, "--by", number)


DAY = ("--day", "2026-11-23")


def test_a_day_is_told_in_figures(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert as_manager(settings_file, monkeypatch, "report", *DAY) == 0
    assert json.loads(capsys.readouterr().out) == {
        "business_day": "2026-11-23",
        "sales": 2,
        "net_fen": 20_199,
        "tax_fen": 23 + 2301,
        "tenders": {"cash": {"count": 2, "fen": 20_199}, "alipay": {"count": 0, "fen": 0}},
        "unsent": 3,
    }


@pytest.mark.parametrize("view", [each for each in VIEWS if each != "store"])
def test_a_view_is_a_list_for_a_spreadsheet(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], view: str
) -> None:
    assert as_manager(settings_file, monkeypatch, "figures", view, *DAY) == 0
    rows = list(csv.reader(capsys.readouterr().out.splitlines()))
    assert len({len(row) for row in rows}) == 1
    told = {each for row in rows for each in row}
    amounts = {"today": "201.99", "hours": "201.99", "tenders": "201.99", "goods": "199.99", "departments": "201.99",
               "calendar": "201.99", "people": "201.99"}  # fmt: skip
    assert amounts.get(view, rows[0][0]) in told


@pytest.mark.parametrize("day", ["0001-01-05", "9999-12-31", "yesterday", ""])
@pytest.mark.parametrize("command", [("report",), ("figures", "calendar"), ("close-day",), ("poslog",)])
def test_a_day_that_no_shop_has_is_refused_in_words(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...], day: str,
) -> None:  # fmt: skip
    with pytest.raises(SystemExit):
        as_manager(settings_file, monkeypatch, *command, "--day", day)
    assert "--day: a day such as 2026-11-29" in capsys.readouterr().err


def figures(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], view: str
) -> list[list[str]]:
    """The rows of a view, without headings."""
    capsys.readouterr()
    assert as_manager(settings_file, monkeypatch, "figures", view, *DAY) == 0
    return list(csv.reader(capsys.readouterr().out.splitlines()))[1:]


def test_a_closed_day_is_a_list_of_what_was_what_is_and_what_was_counted(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """¥100.00 float and ¥201.99 taken in cash; ¥302.00 are counted, one fen too much."""
    assert figures(settings_file, monkeypatch, capsys, "day") == []
    with closing(open_again(settings_file)) as till:
        shifts.close_shift(till, Money(30_200))
        day_close.close_day(till, date(2026, 11, 23), by=BY_MEI)
    rows = figures(settings_file, monkeypatch, capsys, "day")
    assert ["销售额", "2", "201.99", "2", "201.99", "0.00"] in rows
    assert ["cash", "2", "201.99", "", "", ""] in rows
    assert [row[2] for row in rows[-3:]] == ["301.99", "302.00", "0.01"]


def test_payments_are_a_list_of_sums_and_of_each_that_is_open(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = figures(settings_file, monkeypatch, capsys, "payments")
    assert rows == [["收到", "0", "0.00", "", ""], ["退回", "0", "0.00", "", ""]]


def test_the_norms_have_a_row_for_each_thing_and_a_column_for_each_person(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = figures(settings_file, monkeypatch, capsys, "norms")
    assert [row[0] for row in rows] == ["退款次数", "退货次数", "删行", "改价", "手工折扣", "无销售开箱"]
    assert {len(row) for row in rows} == {5}, "one person sold"


def test_the_store_is_asked_of_the_hub_and_without_one_is_refused(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert as_manager(settings_file, monkeypatch, "figures", "store", *DAY) == 2
    assert capsys.readouterr().err.startswith("P-401")
    with settings_file.open("a") as settings:
        settings.write('[hub]\nurl = "https://hub.invalid"\n')
    told = TillDay("0017-01", 3, Money(1000), 1, Money(200), {"cash": Money(300), "bank_card": Money(500)},
                   datetime(2026, 11, 23, 2, tzinfo=UTC))  # fmt: skip
    monkeypatch.setattr(HubTotals, "tills_of", lambda *_: [told])
    rows = figures(settings_file, monkeypatch, capsys, "store")
    assert [row[:8] for row in rows] == [["0017-01", "3", "10.00", "2.00", "8.00", "3.00", "0.00", "5.00"]]


def test_a_view_goes_into_a_file_that_spreadsheets_read(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = settings_file.parent / "list.csv"
    assert as_manager(settings_file, monkeypatch, "figures", "goods", *DAY, "--out", out) == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "龙井茶" in out.read_text("utf-8-sig")
    assert str(out) in capsys.readouterr().out


MANAGERS = [
    ("report",), *(("figures", view) for view in VIEWS), ("close-day",), ("poslog",), ("audit-export", "out"),
    ("export-usb", "out", "--to", "x"),
]  # fmt: skip


@pytest.mark.parametrize("command", MANAGERS, ids=" ".join)
def test_a_cashier_gets_none_of_it_on_the_command_line(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    assert as_manager(settings_file, monkeypatch, *command, number="1001") == 2
    told = capsys.readouterr()
    assert told.err.startswith("P-116")
    assert not told.out
    assert run(*command, "--settings", settings_file, "--by", "9001") == 2  # and nobody without the PIN
    assert capsys.readouterr().err.startswith("P-109")


def test_a_day_is_closed_and_goes_out(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert as_manager(settings_file, monkeypatch, "close-day", *DAY) == 2
    assert capsys.readouterr().err.startswith("P-191")  # a shift is open
    with closing(open_again(settings_file)) as till:
        shifts.close_shift(till, Money(30_199))
    assert as_manager(settings_file, monkeypatch, "close-day", *DAY) == 0
    assert capsys.readouterr().out == "2026-11-23: No. 1, 2 / ¥201.99, ¥0.00\n"
    assert as_manager(settings_file, monkeypatch, "poslog", *DAY) == 0
    assert "<BusinessDayDate>2026-11-23</BusinessDayDate>" in capsys.readouterr().out
    folder = settings_file.parent / "audit"
    assert as_manager(settings_file, monkeypatch, "audit-export", folder) == 0
    assert sorted(each.name for each in folder.iterdir()) == ["README.md", "journal.jsonl", "keys.json"]


def test_a_store_without_a_line_sends_a_stick(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    database = f"sqlite:///{settings_file.parent / 'hub.db'}"
    keep_device(fake_settings(settings_file.parent / "data").device_file, device_of("0017-03"))
    trust_at(database, "0017-03")
    assert run("hub", "--database", database, "address") == 0
    address = capsys.readouterr().out.strip()
    stick = settings_file.parent / "stick"
    assert as_manager(settings_file, monkeypatch, "export-usb", stick, "--to", address) == 0
    assert capsys.readouterr().out == f"{stick}: 3 entries\n"
    for fresh in (3, 0):
        assert run("hub", "--database", database, "import", stick) == 0
        assert f"0017-03: 3 entries, {fresh} of them new" in capsys.readouterr().out
    stick.write_bytes(b"rubbish")
    assert run("hub", "--database", database, "import", stick) == 2
    assert capsys.readouterr().err.startswith("P-195")


@pytest.mark.parametrize("command", [("journal", "verify"), ("report", "--by", "9001")])
@pytest.mark.parametrize(("content", "code"), [(b"rubbish", "P-502"), (None, "P-500")], ids=["no database", "no file"])
def test_what_cannot_be_read_is_told_in_words_and_ends_with_two(
    settings_file: Path, capsys: pytest.CaptureFixture[str], *, command: tuple[str], content: bytes | None, code: str
) -> None:
    path = settings_file.parent / "data/till.db"
    path.unlink()
    if content:
        path.write_bytes(content)
    assert run(*command, "--settings", settings_file) == 2
    assert capsys.readouterr().err.startswith(code)


@pytest.mark.parametrize("command", [("journal", "verify"), ("report", "--by", "9001")])
def test_damage_met_on_the_way_is_told_in_words(
    settings_file: Path, capsys: pytest.CaptureFixture[str], command: tuple[str]
) -> None:
    path = settings_file.parent / "data/till.db"
    whole = path.read_bytes()
    path.write_bytes(whole[: 3 * 4096] + b"\xff" * (len(whole) - 3 * 4096))
    assert run(*command, "--settings", settings_file) == 2
    assert capsys.readouterr().err.startswith("P-502")


def test_settings_that_are_missing_end_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report", "--by", "9001", "--settings", tmp_path / "none.toml") == 2
    assert capsys.readouterr().err.startswith("P-601")


@pytest.mark.parametrize(
    "arguments", [(), ("journal",), ("report", "--settings", "x", "--by", "1", "--day", "tomorrow")]
)
def test_what_is_no_command_ends_with_two(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2
    assert "usage: till admin" in capsys.readouterr().err


def add_person(settings_file: Path, pin: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Add a cashier by the command."""
    monkeypatch.setattr("sys.stdin", io.StringIO(pin))
    monkeypatch.setattr(sign_in.put_staff, "__kwdefaults__", {"hasher": CHEAP_HASHER, "by": None})
    return run("staff", "--settings", settings_file, "--number", 1002, "--name", "王强", "--role", "cashier")


@pytest.mark.parametrize("port", ["99999", "-1", "http"])
@pytest.mark.parametrize("command", [["hub"], ["sandbox", "--dir", "x"]])
def test_a_port_that_is_none_is_refused(port: str, command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*command, "--port", port)
    assert ended.value.code == 2
    assert "--port" in capsys.readouterr().err


def test_a_person_who_was_added_may_sign_in(settings_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert add_person(settings_file, "246801\n", monkeypatch) == 0
    with closing(open_again(settings_file)) as till:
        assert sign_in.sign_in(till, "1002", "246801").name == "王强"


def test_a_person_without_a_pin_is_not_added(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add_person(settings_file, "", monkeypatch) == 2
    assert capsys.readouterr().err.startswith("P-114")
    with closing(open_again(settings_file)) as till:
        assert not sign_in.is_known(till, "1002")


def staff(settings_file: Path, number: str, role: str, typed: str, monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    """Add or change somebody by the command, with what is typed for it."""
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return run("staff", "--settings", settings_file, "--number", number, "--name", "某人", "--role", role, *more)


def test_the_first_manager_gets_an_unlock_code_and_then_orders_the_others(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sign_in.put_staff, "__kwdefaults__", {"hasher": CHEAP_HASHER, "by": None})
    assert staff(settings_file, "9001", "manager", "905147\n", monkeypatch) == 0
    told = capsys.readouterr().out
    code = "".join(re.findall(r"[0-9]{4}(?= |$)", told.split("unlock code:")[1].splitlines()[0]))
    assert len(code) == 16
    assert staff(settings_file, "1003", "cashier", "518736\n", monkeypatch) == 2
    assert "P-116" in capsys.readouterr().err
    assert staff(settings_file, "1003", "cashier", "905148\n518736\n", monkeypatch, "--by", "9001") == 2
    assert "P-109" in capsys.readouterr().err
    assert staff(settings_file, "1003", "cashier", "905147\n518736\n", monkeypatch, "--by", "9001") == 0
    assert "unlock code" not in capsys.readouterr().out
    assert staff(settings_file, "9001", "manager", f"{code}\n730964\n", monkeypatch, "--by", "9001") == 0
    with closing(open_again(settings_file)) as till:
        assert sign_in.sign_in(till, "9001", "730964").role.value == "manager"
        assert sign_in.sign_in(till, "1003", "518736").role.value == "cashier"


def test_a_pin_that_would_be_guessed_ends_with_two_and_is_not_told(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add_person(settings_file, "123456\n", monkeypatch) == 2
    told = capsys.readouterr().err
    assert told.startswith("P-115")
    assert "123456" not in told


def test_a_badge_and_a_key_for_the_telephone_are_given_by_a_manager(
    settings_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is the same for two tills; what it reckons is what the till takes."""
    with closing(open_again(settings_file)) as till:
        sign_in.put_staff(till, MEI, "905147", hasher=CHEAP_HASHER)
    key = settings_file.parent / "mei.key"
    for command in (("badge",), ("phone-key", "--key", key)):
        monkeypatch.setattr("sys.stdin", io.StringIO("905147\n"))
        assert run(*command, "--settings", settings_file, "--number", "9001", "--by", "9001") == 0
    badge = capsys.readouterr().out.split()[0]
    assert key.stat().st_mode & 0o777 == 0o600
    asked = Asked(Act.CASH_OUT, LIN, Money(1_250))
    with closing(open_again(settings_file)) as till:
        shown = approvals.challenge(till, asked)
        digits = f"{shown.digits[:4]} {shown.digits[4:]}"
        assert run("approve", digits, "--till", "0017-03", "--act", "cash_out", "--amount", "12.50", "--key", key) == 0
        answer = capsys.readouterr().out.strip()
        assert approvals.approve(till, asked, ByPhone("9001", shown.digits, answer)).approver == MEI
        assert approvals.approve(till, asked, ByBadge(badge)).approver == MEI


def test_a_key_that_others_may_read_says_no_yes(settings_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = settings_file.parent / "mei.key"
    key.write_text("{}")
    key.chmod(0o644)
    assert run("approve", "12345678", "--till", "0017-03", "--act", "refund", "--key", key) == 2
    assert "P-604" in capsys.readouterr().err
