"""Sample: a receipt with everything on it, for whoever sets what receipts look like."""

from datetime import UTC, date, datetime

from pos.domain.money import Money
from pos.domain.paper import Paper
from pos.domain.product import TaxCategory
from pos.domain.quantity import Quantity, Unit
from pos.domain.receipt import Heading, receipt_slip
from pos.domain.sale import Sale, SaleLine, Taken, Tender, TenderKind
from pos.domain.slip import Slip

_GOODS, _FRUIT = TaxCategory("13", 130), TaxCategory("9", 90)
_NUMBER = "0000-00-20260101-0001"
_LINES = (
    SaleLine(1, "1", "1", "矿泉水 550ml", Quantity(2), Money(200), Money(300), _GOODS, Money(200),
             (Taken("", "percent", "第二件半价", Money(100)),)),
    SaleLine(2, "2", "2", "啤酒 500ml 箱", Quantity(12), Money(450), Money(5000), _GOODS, Money(450), pack=12),
    SaleLine(3, "3", "3", "红富士苹果", Quantity(846, Unit.GRAM), Money(1198), Money(1014), _FRUIT, Money(1198)),
)  # fmt: skip
_TENDERS = (
    Tender(TenderKind.ALIPAY, Money(5000), Money(5000), "a", "x", "2026010122001400000000000000"),
    Tender(TenderKind.CASH, Money(1310), Money(2000)),
)
_SALE = Sale("sample", _NUMBER, 1, date(2026, 1, 1), "shift", "1001", datetime(2026, 1, 1, 2, 0, tzinfo=UTC), _LINES,
             _TENDERS, Money(-4), entry_hash="0" * 64)  # fmt: skip


def sample_receipt(store_name: str, paper: Paper, notice: str) -> Slip:
    """Return the receipt of a sale that never was, in a store's own words."""
    return receipt_slip(_SALE, Heading(store_name, paper, notice), "1001", code=_NUMBER)
