"""The address of a receipt's page: its number, and a proof that only who made or kept the sale can give.

The proof is 128 bits of SHA-256 over the hash of the sale's entry. Nobody can guess it, no key is shared for it, and
the till knows it the moment the sale is on its disk, line or no line.
"""

import base64
import hashlib
import re

PATH = "/r/"
_WHAT = b"guitai receipt page 1\n"  # so that no other use of an entry's hash gives the proof away
_PROOF_BYTES = 16
_TOKEN = re.compile(r"(?P<receipt_no>[0-9A-Za-z-]{12,60})~(?P<proof>[A-Z2-7]{26})", re.ASCII)


def page_token(receipt_no: str, entry_hash: str) -> str:
    """Return what stands behind ``PATH`` in the address of a sale's page."""
    digest = hashlib.sha256(_WHAT + entry_hash.encode()).digest()[:_PROOF_BYTES]
    return f"{receipt_no}~{base64.b32encode(digest).decode().rstrip('=')}"


def receipt_of_token(token: str) -> str | None:
    """Return the receipt number that a token claims; None when it is not even shaped like one."""
    found = _TOKEN.fullmatch(token)
    return found["receipt_no"] if found else None
