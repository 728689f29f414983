"""What must not be written down is masked; what support needs is not."""

import pytest

from pos.domain.mask import HIDDEN, masked, masked_whole

KEPT = [
    "2026-11-23 14:38:11,123 INFO pos.alipay payments alipay.trade.query GT01a2068f910070008000000000000003: Paid",
    "receipt 0017-03-20261123-0001 of till 0017-03",
    "P-401 HubUnreachable(reason=connection refused at 127.0.0.1:8600)",
    "01a2068f-9100-7000-8000-000000000003",
    "Paid(trade_no='2026112322001400001234567890', amount=Money(fen=950))",
    'File "pos/till/pay.py", line 123, in charge',
]


@pytest.mark.parametrize("line", KEPT)
def test_what_helps_stays(line: str) -> None:
    assert masked(line) == line


@pytest.mark.parametrize(
    "secret",
    [
        "280000000000000001", "2512345678901234", "301234567890123456789012", "704815", "3951734820176354",
        "7KQ2-M9XD-4FTA",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj",
        "fc525c0d84bedcfd5281db28c8677bc4848f603773dae1d645c7584274b09504",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "around", ["{}", "'{}'", "({})", "code {}", "code={}.", "auth_code: {}, x", "x[{}]", '{{"a": "{}"}}']
)
def test_a_secret_goes_wherever_it_stands(secret: str, around: str) -> None:
    line = around.format(secret)
    assert secret not in masked(line)
    assert HIDDEN in masked(line)


def test_a_payment_code_goes_even_inside_a_word() -> None:
    assert "280000000000000001" not in masked("x-280000000000000001-y")


@pytest.mark.parametrize("line", ["https://x/y?token=abc&z=1", "sign=Zm9v", "PIN: 1234", "password=hunter2", "key=k1"])
def test_what_is_named_as_a_secret_goes(line: str) -> None:
    assert not any(each in masked(line) for each in ("abc", "Zm9v", "1234", "hunter2", "k1"))


def test_of_an_error_every_longer_number_goes() -> None:
    assert masked_whole("KeyError: '1234'") == f"KeyError: '{HIDDEN}'"
    assert masked_whole("expected 3 values, got 12") == "expected 3 values, got 12"
