"""What a store's rules say; selling goes on with the rules before."""

from pos.domain.errors.base import RulesError


class BadRule(RulesError):
    """The promotion ``rule`` has a ``field`` that cannot be understood (``reason``)."""

    code = "P-701"


class BadStoreRule(RulesError):
    """The ``rule`` in the ``part`` of a store's rules has a ``field`` that cannot be used (``reason``)."""

    code = "P-702"
