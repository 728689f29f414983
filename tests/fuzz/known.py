"""A key that is the same in every run, and what Alipay said with it: a crash found once is found again."""

import math
import random
from collections.abc import Mapping
from functools import cache

from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPrivateNumbers,
    RSAPublicNumbers,
    rsa_crt_dmp1,
    rsa_crt_dmq1,
    rsa_crt_iqmp,
)

from pos.domain.money import Money

OURS = "GT01"
OUR_AMOUNT = Money(8888)
_E = 65_537


@cache
def known_key(seed: int = 25) -> RSAPrivateKey:
    """Make an RSA key of 2048 bits from a seed; it guards nothing."""
    chance = random.Random(seed)
    p, q = _prime(chance), _prime(chance)
    d = pow(_E, -1, math.lcm(p - 1, q - 1))
    numbers = RSAPrivateNumbers(
        p, q, d, rsa_crt_dmp1(d, p), rsa_crt_dmq1(d, q), rsa_crt_iqmp(p, q), RSAPublicNumbers(_E, p * q)
    )
    return numbers.private_key()


def _prime(chance: random.Random) -> int:
    small = [n for n in range(3, 2000, 2) if all(n % m for m in range(3, math.isqrt(n) + 1, 2))]
    while True:
        # The two highest bits, so that the product of two has all of its own.
        n = chance.getrandbits(1024) | 3 << 1022 | 1
        if all(n % m for m in small) and n % _E != 1 and all(pow(base, n - 1, n) == 1 for base in (2, 3, 5, 7)):
            return n


KEY = known_key()
_PAID = {
    "code": "10000", "msg": "Success", "out_trade_no": OURS, "trade_no": "2026112222001400001234567890",
    "total_amount": "88.88", "buyer_logon_id": "139******01",
}  # fmt: skip
SIGNED_NODES: list[Mapping[str, object]] = [_PAID, _PAID | {"trade_status": "TRADE_SUCCESS"}]
"""All that was ever signed with the key."""
