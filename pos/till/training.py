"""Training: a till to practise on, with the real prices and people and nothing of the real sales."""

from contextlib import closing
from shutil import copyfile, rmtree

from pos.settings import Settings
from pos.storage import staff
from pos.till.till import catalogue_file, open_reading_till, open_till, till_file


def prepare_training(real: Settings) -> Settings:
    """Lay out a fresh folder for practice and return the settings of the till in it.

    What was practised before is thrown away: it never was anything. The real files are only read.

    Raises:
        StorageError: they cannot be.
    """
    practice = real.for_training()
    if practice.data_dir.exists():
        rmtree(practice.data_dir)
    practice.data_dir.mkdir(parents=True)
    people = _people(real)
    for source, target in ((real.pepper_file, practice.pepper_file), (catalogue_file(real), catalogue_file(practice))):
        for ending in ("", "-wal"):
            if (found := source.with_name(source.name + ending)).exists():
                copyfile(found, target.with_name(target.name + ending))
    if practice.pepper_file.exists():
        practice.pepper_file.chmod(0o600)
    with closing(open_till(practice)) as till, till.transaction():
        for each in people:
            staff.put_staff(till.db, each.cashier, each.pin_hash, each.unlock_hash)
    return practice


def _people(real: Settings) -> list[staff.StaffRow]:
    if not till_file(real).exists():
        return []
    with closing(open_reading_till(real)) as till:
        return staff.list_staff(till.db)
