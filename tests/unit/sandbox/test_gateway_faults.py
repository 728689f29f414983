"""Faults come when they were ordered, to whom they were ordered, and no more often."""

from pos.sandbox.gateway_faults import FAULTS_MAX, Fault, Faults, Order

DROP, SLOW = Order(Fault.DROP_AFTER), Order(Fault.SLOW, "alipay.trade.query")


def test_orders_are_served_in_their_order_and_once() -> None:
    faults = Faults()
    assert faults.take("alipay.trade.pay") is None
    faults.add(DROP, 2)
    faults.add(SLOW, 1)
    assert [faults.take("alipay.trade.query") for _ in range(4)] == [DROP, DROP, SLOW, None]


def test_an_order_for_one_method_waits_for_it() -> None:
    faults = Faults()
    faults.add(SLOW, 1)
    assert faults.take("alipay.trade.pay") is None
    assert faults.take("alipay.trade.query") is SLOW


def test_orders_can_be_forgotten_and_are_not_endless() -> None:
    faults = Faults()
    assert faults.add(DROP, FAULTS_MAX)
    assert not faults.add(DROP, 1)
    assert len(faults) == FAULTS_MAX
    faults.clear()
    assert faults.take("") is None


def test_some_faults_keep_the_gateway_from_acting() -> None:
    assert {fault.value for fault in Fault if not fault.acts} == {
        "drop_before", "late", "unsigned_error", "20000", "40005", "refund_lost",
    }  # fmt: skip
