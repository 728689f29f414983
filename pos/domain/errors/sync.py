"""The line to head office; selling goes on, and it is tried again."""

from pos.domain.errors.base import SyncError


class HubUnreachable(SyncError):
    """The hub did not answer (``reason``); retried."""

    code = "P-401"


class JournalFork(SyncError):
    """The hub holds another entry under our number ``seq``: two tills share one identity."""

    code = "P-402"


class HubRefused(SyncError):
    """The hub answered ``status`` to what we sent; retried, and shown."""

    code = "P-403"


class NotEnrolled(SyncError):
    """The hub does not know this till yet, so nothing is sent and no price is taken; selling goes on."""

    code = "P-404"


class HubNotOurs(SyncError):
    """What answers at the hub's address does not hold the key pinned at enrolment (``reason``)."""

    code = "P-405"


class DeviceRefused(SyncError):
    """The hub does not take this till's key any more, or never did (``reason``)."""

    code = "P-406"


class ClocksApart(SyncError):
    """The clocks of till and hub are ``minutes`` apart; the till goes by the hub's when it signs."""

    code = "P-407"


class CodeRefused(SyncError):
    """The enrolment code is wrong, used or too old, or the hub does not know it."""

    code = "P-408"


class RulesRefused(SyncError):
    """The rule document ``version`` from the hub cannot be used (``reason``); the one before stays in force."""

    code = "P-409"
