"""Two tills and a head office as a real program: goods come back at either, and what comes back twice is listed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from pos.domain.errors import HubUnreachable, MoreThanIsLeft, MoreThanReceipt, SaleNotFound
from pos.domain.money import ZERO, Money
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.storage import catalogue
from pos.sync.client import HubClient
from pos.sync.copies import HubCopies
from pos.sync.disk import JournalOutbox
from pos.sync.exchange import push_once
from pos.till import pay, refund, returns, sell, shifts
from pos.till.till import Till, open_till
from tests.audit import check_books
from tests.fake_alipay import FakeAlipay
from tests.fake_time import CountingIds, FakeClock
from tests.fakes import BY_MEI, LIN, NOODLES, SHELF, TEA, WATER, fake_settings, hire
from tests.unit.hub.devices import Signing, device_of, trust_at
from tests.unit.hub.kit import HubProcess
from tests.unit.sync.kit import drained
from ui.returns.desk import find_receipt

RULES = {"receipts": {"keys": [{"id": "1", "secret": "ab" * 32}]}}
OFFICE: Any = {"trust_env": False, "auth": Signing("office")}


class Counter:
    """One till of the store, with a line to the hub that can be used or not."""

    def __init__(self, folder: Path, number: str, hub_url: str, alipay: FakeAlipay, clock: FakeClock) -> None:
        settings = fake_settings(folder / number, till=number)
        self.till: Till = open_till(settings, alipay, clock, CountingIds(first=int(number) * 10_000))
        catalogue.apply_feed(self.till.prices, SHELF, [], "1")
        catalogue.keep_rules(self.till.prices, "1", RULES)
        hire(self.till)
        shifts.open_shift(self.till, LIN, Money(10_000))
        self.alipay, self.name = alipay, f"0017-{number}"
        self.hub = HubClient(hub_url, device_of(self.name))
        self.copies = HubCopies(self.hub)

    def sell(self, *texts: str, by_alipay: bool = False) -> Sale:
        """Sell goods, for cash or by Alipay."""
        cart = sell.new_cart(self.till)
        for text in texts:
            sell.scan(self.till, cart, text)
        if not by_alipay:
            return sell.pay_cash(self.till, cart, Money(100_000))
        outcome = pay.charge(self.till, cart, self.alipay.show_code())
        assert isinstance(outcome, pay.Settled)
        return outcome.sale

    def send(self) -> None:
        """Send all there is to the hub."""
        outbox = JournalOutbox(self.till.db, self.till.identity, device_of(self.name))
        drained(lambda: push_once(self.hub, outbox, self.till.clock))

    def take_back(self, receipt_no: str, wanted: dict[int, int], *, has_line: bool = True) -> Money:
        """Take goods back, and return the money that went back."""
        of = returns.find_returnable(self.till, receipt_no, self.copies if has_line else Dead())
        return returns.give_back(self.till, of, wanted, "坏了", by=BY_MEI).made.total

    def close(self) -> None:
        """Let go of the till and its line."""
        self.hub.close()
        self.till.close()


class Dead:
    """A line that is cut."""

    def find_copy(self, receipt_no: str) -> None:
        """Nobody answers."""
        raise HubUnreachable(reason=receipt_no)

    def find_returns(self, receipt_no: str) -> tuple[Return, ...]:
        """Nobody answers."""
        raise HubUnreachable(reason=receipt_no)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    """A head office as a real program."""
    with HubProcess(f"sqlite:///{tmp_path / 'hub.db'}") as running:
        yield running


@pytest.fixture
def tills(hub: HubProcess, tmp_path: Path) -> Iterator[tuple[Counter, Counter]]:
    """Two tills of the store, at one Alipay."""
    clock = FakeClock()
    alipay = FakeAlipay(clock)
    both = (Counter(tmp_path, "03", hub.url, alipay, clock), Counter(tmp_path, "02", hub.url, alipay, clock))
    yield both
    for each in both:
        each.close()


def ask(hub: HubProcess, path: str) -> Any:  # noqa: ANN401  (JSON)
    """Ask head office as its own people do."""
    return json.loads(httpx.get(hub.url + path, **OFFICE).text)


def test_what_one_till_sold_another_takes_back_and_both_know(hub: HubProcess, tills: tuple[Counter, Counter]) -> None:
    here, there = tills
    sale = here.sell(TEA, WATER, by_alipay=True)
    with pytest.raises(SaleNotFound):
        there.take_back(sale.receipt_no, {1: 1})
    here.send()
    assert there.take_back(sale.receipt_no, {1: 1}) == Money(19_999)
    there.send()
    known = returns.find_returnable(here.till, sale.receipt_no, here.copies)
    assert [each.line_no for each in known.left] == [2]
    assert here.take_back(sale.receipt_no, {2: 1}) == Money(200)
    here.send()
    assert here.alipay.kept == ZERO
    day = ask(hub, "/v1/totals?day=2026-11-23")
    assert (day["total_fen"], day["refunded_fen"], day["parked"]) == (20_199, 20_199, 0)
    assert ask(hub, "/v1/returned-twice") == {"count": 0, "sales": []}
    for each in tills:
        check_books(each.till)


def test_what_comes_back_twice_while_tills_cannot_hear_of_each_other_is_listed(
    hub: HubProcess, tills: tuple[Counter, Counter]
) -> None:
    here, there = tills
    sale = here.sell(NOODLES)
    code = returns.code_of(here.till, sale)
    here.take_back(sale.receipt_no, {1: 1}, has_line=False)
    receipt = returns.read_receipt(there.till, code)
    cart = sell.new_cart(there.till)
    sell.scan(there.till, cart, NOODLES)
    given = returns.give_back_unproven(there.till, cart, "", by=BY_MEI, receipt=receipt)
    assert given.made.in_cash == Money(450)
    with pytest.raises(MoreThanReceipt):
        returns.give_back_unproven(there.till, cart, "", by=BY_MEI, receipt=receipt)
    for each in tills:
        each.send()
    (twice,) = ask(hub, "/v1/returned-twice")["sales"]
    assert (twice["receipt_no"], twice["sku"], twice["sold"], twice["returned"]) == (sale.receipt_no, "600102", 1, 2)
    assert twice["tills"] == ["0017-02", "0017-03"]
    assert ask(hub, "/v1/totals?day=2026-11-23")["refunded_fen"] == 900


def test_what_came_back_by_its_code_is_not_taken_back_again_once_head_office_knows(
    tills: tuple[Counter, Counter],
) -> None:
    here, there = tills
    sale = here.sell(NOODLES, WATER)
    receipt = returns.read_receipt(there.till, returns.code_of(here.till, sale))
    cart = sell.new_cart(there.till)
    sell.scan(there.till, cart, NOODLES)
    returns.give_back_unproven(there.till, cart, "", by=BY_MEI, receipt=receipt)
    for each in tills:
        each.send()
    known = returns.find_returnable(here.till, sale.receipt_no, here.copies)
    assert [each.line_no for each in known.left] == [2]
    assert here.take_back(sale.receipt_no, {2: 1}) == Money(200)


def test_what_came_back_by_its_code_before_its_sale_was_sent_is_told_to_every_other_till(
    hub: HubProcess, tills: tuple[Counter, Counter], tmp_path: Path
) -> None:
    """Attack: the seller is off line; the same receipt is taken to one till after another."""
    here, there = tills
    sale = here.sell(NOODLES)
    code = returns.code_of(here.till, sale)
    cart = sell.new_cart(there.till)
    sell.scan(there.till, cart, NOODLES)
    returns.give_back_unproven(there.till, cart, "", by=BY_MEI, receipt=returns.read_receipt(there.till, code))
    there.send()
    trust_at(f"sqlite:///{tmp_path / 'hub.db'}", "0017-04")
    third = Counter(tmp_path, "04", hub.url, there.alipay, FakeClock())
    found = find_receipt(third.till, code, third.copies)
    assert (found.of, found.left) == (None, ZERO)
    cart = sell.new_cart(third.till)
    sell.scan(third.till, cart, NOODLES)
    with pytest.raises(MoreThanReceipt):
        returns.give_back_unproven(third.till, cart, "", by=BY_MEI, receipt=found.receipt, told=found.told)
    third.close()
    assert returns.find_returnable(here.till, sale.receipt_no, here.copies).left == ()


def test_what_came_back_by_its_code_before_its_sale_was_sent_is_not_refunded_by_the_seller(
    tills: tuple[Counter, Counter],
) -> None:
    """Attack: paid by Alipay, given back in cash elsewhere, and then the seller is asked for Alipay's money as well."""
    here, there = tills
    sale = here.sell(NOODLES, by_alipay=True)
    receipt = returns.read_receipt(there.till, returns.code_of(here.till, sale))
    cart = sell.new_cart(there.till)
    sell.scan(there.till, cart, NOODLES)
    returns.give_back_unproven(there.till, cart, "", by=BY_MEI, receipt=receipt)
    there.send()
    of = refund.find_refundable(here.till, sale.receipt_no, here.copies)
    assert (of.paid, of.left) == (Money(450), ZERO)
    with pytest.raises(MoreThanIsLeft):
        refund.give_refund(here.till, of, Money(1), "", by=BY_MEI)


def test_a_hub_that_does_not_answer_is_waited_for_once(tills: tuple[Counter, Counter]) -> None:
    here, there = tills
    asked: list[str] = []

    class Silent(Dead):
        def find_returns(self, receipt_no: str) -> tuple[Return, ...]:
            asked.append(receipt_no)
            return super().find_returns(receipt_no)

    sale = here.sell(NOODLES)
    found = find_receipt(there.till, returns.code_of(here.till, sale), Silent())
    assert (found.left, asked) == (Money(450), [])
