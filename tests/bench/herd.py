"""Herd: 600 tills come back at once with 120 entries each, while twenty others sell; PostgreSQL beside SQLite."""

from dataclasses import dataclass

from tests.faults.herd import Figure, Size, outage

DATABASES = ("postgresql", "sqlite")
SEED = 1
HEADING = f"{'figure':34} {DATABASES[0]:>46} {DATABASES[1]:>46}"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the outage, for each database."""

    name: str
    figures: tuple[Figure, ...]

    def as_row(self) -> dict[str, object]:
        """The figure for a machine to read."""
        return {"name": self.name, **dict(zip(DATABASES, self.figures, strict=True))}

    def __str__(self) -> str:
        return f"{self.name:34} " + " ".join(f"{figure:>46}" for figure in self.figures)


def measure(size: Size | None = None) -> list[Row]:
    """Play the same outage against each database."""
    size = size or Size()
    postgresql, sqlite = (outage(kind, size, SEED).figures(size) for kind in DATABASES)
    return [Row(name, (figure, sqlite[name])) for name, figure in postgresql.items()]
