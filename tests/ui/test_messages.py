"""Every expected error and every word of the counter has words: what happened, what to do."""

import pytest

from pos.alipay.advice import Advice
from pos.domain import errors
from pos.domain.errors import NotEnoughTendered, PosError
from pos.domain.money import Money
from ui import messages
from ui.messages import Notice, notice_for
from ui.stage import Said, Word


def families(kind: type[PosError]) -> list[type[PosError]]:
    return [each for child in kind.__subclasses__() for each in (child, *families(child))]


OURS = f"{errors.__name__}."
LEAVES = [kind for kind in families(PosError) if not kind.__subclasses__() and kind.__module__.startswith(OURS)]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_every_error_has_its_own_words(kind: type[PosError]) -> None:
    assert kind.code in messages._ERRORS, f"{kind.__name__} {kind.code} has no words"
    notice = notice_for(kind())
    assert notice.words
    assert notice.action
    assert notice.code == kind.code


def test_codes_are_used_once() -> None:
    codes = [kind.code for kind in LEAVES]
    assert len(codes) == len(set(codes))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("word", Word)
def test_every_word_of_the_counter_has_a_sentence(word: Word) -> None:
    notice = notice_for(Said(word, Money(1280), "ACQ.PAYMENT_AUTH_CODE_INVALID"))
    assert notice.words
    assert notice.action
    assert "{" not in notice.words + notice.action


def test_every_advice_of_alipay_has_a_sentence() -> None:
    assert set(messages._ADVICE) == set(Advice)


@pytest.mark.usefixtures("qapp")
def test_facts_stand_in_the_words() -> None:
    notice = notice_for(NotEnoughTendered(due=Money(1280), handed_over=Money(1000)))
    assert notice == Notice("收到 ¥10.00，应收 ¥12.80，不够", "再收差额，或换一种付款方式", "P-105", "stop")
