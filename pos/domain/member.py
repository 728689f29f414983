"""Member: who the customer is to the store, as far as prices and the sale need it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """A customer who showed a member card.

    Attributes:
        number: goes on the sale.
        name: masked already, for screens; goes into no journal.
        level: such as ``gold``, as the store's rules call it.
    """

    number: str
    name: str = ""
    level: str = ""
