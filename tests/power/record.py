"""Play scenes on the watched disk, and write down what was done; a process of its own, because its SQLite is apsw's.

``python -m tests.power.record SEED SCENE…`` writes a list of Recordings (pickle) to standard output.
"""

from tests.power import driver

driver.install()

import pickle  # noqa: E402  (the driver comes before anything that would load another)
import shutil  # noqa: E402
import sys  # noqa: E402
from collections.abc import Mapping  # noqa: E402
from pathlib import Path  # noqa: E402
from random import Random  # noqa: E402

from tests.fakes import World, quick_folder  # noqa: E402
from tests.power.content import digest, digest_of  # noqa: E402
from tests.power.disk import Recorder  # noqa: E402
from tests.power.scenes import SCENES, Stage, make_old, prepare  # noqa: E402
from tests.power.tape import Op, Recording  # noqa: E402


def record(disk: Recorder, scene: str, seed: int, folder: Path) -> Recording:
    """Play one scene under a seed."""
    chance = Random(f"{scene} {seed}")
    disk.draw_from(f"{scene} {seed}")
    world = World(folder / "till")
    if scene == "new till":
        world.folder.mkdir()
    else:
        prepare(world, chance)
    if scene == "migration":
        make_old(world.folder)
    database = "catalogue.db" if scene == "catalogue" else "till.db"
    base = {path.name: path.read_bytes() for path in world.folder.glob(f"{database}*")}
    told = Recording(scene, seed, database, base, [], [digest(world.folder / database)])
    disk.ops = told.ops

    def committed(connection: driver.Connection) -> None:
        path = Path(connection.apsw.filename)
        if path.name == database:
            told.states.append(digest_of(connection))
            disk.ops.append(Op("commit"))

    def say(fact: Mapping[str, object]) -> None:
        disk.ops.append(Op("said", fact=dict(fact)))

    def opened() -> None:
        told.opened = len(told.states) - 1

    driver.Connection.committed = committed
    try:
        SCENES[scene](Stage(world, chance, say, opened))
    finally:
        driver.Connection.committed, disk.ops = None, []
    # The other file has a disk of its own: what is not written there cannot be torn here.
    told.ops = [op for op in told.ops if not op.name or op.name.startswith(database)]
    return told


def main(seed: int, scenes: list[str]) -> None:
    """Play and write."""
    disk = Recorder()
    played = []
    for scene in scenes:
        with quick_folder() as folder:
            played.append(record(disk, scene, seed, folder))
            shutil.rmtree(folder / "till")
    pickle.dump(played, sys.stdout.buffer)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
