"""The disk; selling stops, in words, and nothing is half done."""

from pos.domain.errors.base import StorageError


class DiskFull(StorageError):
    """There is no room left beside ``path``; nothing was half written."""

    code = "P-501"


class BallastFreed(DiskFull):
    """The disk was full, and what was kept free for this has been given up: done again, it will be written."""

    code = "P-512"


class DatabaseDamaged(StorageError):
    """The database at ``path`` cannot be read (``reason``)."""

    code = "P-502"


class SchemaTooNew(StorageError):
    """The database at ``path`` was written by a newer version of the till."""

    code = "P-503"


class SqliteTooOld(StorageError):
    """SQLite ``found`` has a defect that can lose a commit; ``needed`` or later must be there."""

    code = "P-504"


class DatabaseInUse(StorageError):
    """Another till program is working on ``path``."""

    code = "P-505"


class CommitUnknown(StorageError):
    """A commit raised, so it may or may not be on disk; look up ``sale_id`` after reopening."""

    code = "P-506"


class JournalBroken(StorageError):
    """The journal's chain does not hold at ``seq`` of ``epoch`` (``reason``)."""

    code = "P-507"


class JournalRolledBack(StorageError):
    """A copy of the journal, in ``path``, goes beyond this one, or has another entry ``seq`` of ``epoch``."""

    code = "P-508"


class BackupInPlace(StorageError):
    """The file at ``path`` is a backup: to sell on it would give its numbers out twice."""

    code = "P-509"


class RebuildImpossible(StorageError):
    """The till's database at ``path`` cannot be made again (``reason``)."""

    code = "P-510"


class StillUnsent(StorageError):
    """The till still has what nobody else has (``reason``), so its data must stay."""

    code = "P-511"
