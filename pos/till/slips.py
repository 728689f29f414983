"""Slips: what is put on paper of a sale, a return and a shift, in the words that the store has set."""

from pos.domain.badge_slip import badge_slip
from pos.domain.figures_slip import FiguresPage, figures_slip
from pos.domain.paper import KEPT_AS, Paper, read_paper
from pos.domain.receipt import Heading, receipt_slip
from pos.domain.refund import Refund
from pos.domain.refund_slip import refund_slip
from pos.domain.return_slip import Names, return_slip
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.shift import ShiftReport
from pos.domain.shift_slip import Told, shift_slip
from pos.domain.slip import Slip
from pos.domain.staff import Cashier
from pos.storage import preferences, sales
from pos.till.returns import code_of
from pos.till.sign_in import name_of
from pos.till.till import Till


def paper_of(till: Till) -> Paper:
    """Return what the store has set about paper."""
    return read_paper(preferences.find_preference(till.db, KEPT_AS))


def receipt_of(till: Till, sale: Sale, *, notice: str = "", copy: int = 0) -> Slip:
    """Return a sale's receipt.

    Args:
        notice: what must not be missed, such as that the money was play money.
        copy: 0 for the first, then counted up.
    """
    name, code = name_of(till, sale.cashier), code_of(till, sale)
    return receipt_slip(sale, _heading(till, notice), name, code=code, copy=copy)


def return_slip_of(till: Till, made: Return, *, notice: str = "", copy: int = 0) -> Slip:
    """Return the slip of goods that came back; ``notice`` and ``copy`` as of a receipt."""
    names = Names(name_of(till, made.cashier), name_of(till, made.approver))
    sold = sales.find_sale(till.db, made.exchange_sale_id) if made.exchange_sale_id else None
    new_receipt = sold.receipt_no if sold else ""
    return return_slip(made, _heading(till, notice), names, new_receipt=new_receipt, copy=copy)


def refund_slip_of(till: Till, made: Refund, *, notice: str = "", copy: int = 0) -> Slip:
    """Return the slip of money that went back with no goods; ``notice`` and ``copy`` as of a receipt."""
    names = Names(name_of(till, made.cashier), name_of(till, made.approver))
    return refund_slip(made, _heading(till, notice), names, copy=copy)


def shift_slip_of(
    till: Till, report: ShiftReport, *, is_blind: bool = False, notice: str = "", copy: int = 0
) -> Slip:  # fmt: skip
    """Return a shift's report; ``notice`` and ``copy`` as of a receipt.

    Args:
        is_blind: without what should be in the drawer.
    """
    name = name_of(till, report.shift.cashier)
    told = Told(till.identity.name, name, till.clock.now(), is_blind)
    return shift_slip(report, _heading(till, notice), told, copy=copy)


def badge_slip_of(till: Till, person: Cashier, text: str) -> Slip:
    """Return a person's badge."""
    return badge_slip(person, text, _heading(till, ""))


def figures_slip_of(till: Till, page: FiguresPage, *, notice: str = "", copy: int = 0) -> Slip:
    """Return a manager's view; ``notice`` and ``copy`` as of a receipt."""
    return figures_slip(page, _heading(till, notice), till.identity.name, till.clock.now(), copy=copy)


def _heading(till: Till, notice: str) -> Heading:
    return Heading(till.settings.till.store_name, paper_of(till), notice)
