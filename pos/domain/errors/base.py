"""The root of the tree and its families."""

from typing import ClassVar


class PosError(Exception):
    """Something expected went wrong.

    Attributes:
        code: stable, short, shown in grey on the screen ("P-101").
        facts: what the words need, such as ``text`` or ``limit``; never a secret.
    """

    code: ClassVar[str] = "P-000"

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{key}={value}" for key, value in self.facts.items())
        return f"{self.code} {type(self).__name__}({told})"


class CheckoutError(PosError):
    """The cashier can mend it at the counter."""

    code = "P-100"


class PaymentError(PosError):
    """About money asked for through a gateway."""

    code = "P-200"


class DeviceError(PosError):
    """A device is missing or broken; selling goes on."""

    code = "P-300"


class SyncError(PosError):
    """Upstream cannot be had; selling goes on."""

    code = "P-400"


class StorageError(PosError):
    """The till cannot keep what it is told, so it stops selling."""

    code = "P-500"


class SetupError(PosError):
    """The till cannot start as it is set up."""

    code = "P-600"


class RulesError(PosError):
    """Something is wrong with a store's rules; the whole document is kept out."""

    code = "P-700"
