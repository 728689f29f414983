"""``python -m tests.simulation SEED [COUNT]``: one seed told in full, or many counted."""

import sys

from tests.fakes import quick_folder
from tests.simulation.run import run_many
from tests.simulation.world import World


def main() -> int:
    """Run what is asked for; return 0 only when every promise was kept."""
    first, count = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    if count == 1:
        return _tell(first)
    tally = run_many(first, count)
    print(tally, dict(tally.faults), *(f"seed {seed}\n{why}" for seed, why in tally.failed.items()), sep="\n")
    return 1 if tally.failed else 0


def _tell(seed: int) -> int:
    with quick_folder() as folder:
        world = World(seed, folder)
        try:
            world.run()
        finally:
            print(f"seed {seed}", world.options, *world.story.trace, world.story.faults, world.story.digest, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
