"""Certificates: the number Alipay knows a certificate by (``app_cert_sn``, ``alipay_cert_sn``)."""

import hashlib

from cryptography.x509 import Certificate


def certificate_number(certificate: Certificate) -> str:
    """Return the 32 hex digits: MD5 of the issuer, most special part first, and the serial number in decimal."""
    text = certificate.issuer.rfc4514_string() + str(certificate.serial_number)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
