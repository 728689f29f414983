"""The set-up; the till does not start until somebody mends it."""

from pos.domain.errors.base import SetupError


class SettingsUnreadable(SetupError):
    """The settings at ``path`` cannot be read (``reason``)."""

    code = "P-601"


class UnknownSetting(SetupError):
    """The settings at ``path`` hold a key (``key``) this version does not know."""

    code = "P-602"


class PortTaken(SetupError):
    """Another program listens at ``address`` already."""

    code = "P-603"


class KeyUnreadable(SetupError):
    """A key file at ``path`` is missing, unreadable, too open, or no key (``reason``)."""

    code = "P-604"


class CertificateExpired(KeyUnreadable):
    """A certificate at ``path`` is valid no more, or not yet (``reason``)."""

    code = "P-612"


class BrokenPair(SetupError):
    """PySide6 ``pyside`` aborts under Python ``python`` after some thousand calls."""

    code = "P-605"


class LibraryMissing(SetupError):
    """A system library (``library``) is missing; ``remedy`` installs it."""

    code = "P-606"


class WrongTill(SetupError):
    """The files at ``path`` belong to till ``found``, not to the one in the settings."""

    code = "P-607"


class PepperLost(SetupError):
    """PINs were made with a key that is not in the file at ``path`` any more, so none of them can be checked."""

    code = "P-613"


class BadTiles(SetupError):
    """An arrangement of tiles cannot be used: ``field`` of page ``page`` (from 1; 0 for the whole)."""

    code = "P-619"


class ChildFailed(SetupError):
    """A helper program (``command``) ended before it was ready; its words are in ``log``."""

    code = "P-608"


class HubDatabaseUnusable(SetupError):
    """The hub's database at ``url`` cannot be opened (``reason``)."""

    code = "P-609"


class GatewayNotSafe(SetupError):
    """The gateway's ``address`` is neither https nor on this machine, so others could read along."""

    code = "P-610"


class SandboxUnreachable(SetupError):
    """The gateway simulator at ``address`` does not answer (``reason``)."""

    code = "P-611"
