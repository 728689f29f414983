"""Planted bugs: mistakes that tills are known to make, put into the real code; the simulation must find each."""

from tests.simulation.bugs import keeping, money
from tests.simulation.bugs.planting import BUGS, plant

__all__ = ["BUGS", "keeping", "money", "plant"]
