"""The error tree: everything the world may do to a till, each with a stable code.

PosError                 expected; the screen turns the code into words (ui/messages.py)
├── CheckoutError        the cashier can mend it now
├── PaymentError         about money asked for through a gateway
├── DeviceError          selling goes on
├── SyncError            selling goes on; retried
├── StorageError         selling stops, in words, and nothing is half done
├── SetupError           the till does not start; somebody must mend its set-up
└── RulesError           what a store's rules say is not taken; selling goes on with the rules before

Anything that is not a PosError is a bug.
"""

from pos.domain.errors.base import *
from pos.domain.errors.checkout import *
from pos.domain.errors.device import *
from pos.domain.errors.figures import *
from pos.domain.errors.payment import *
from pos.domain.errors.printing import *
from pos.domain.errors.returns import *
from pos.domain.errors.rules import *
from pos.domain.errors.setup import *
from pos.domain.errors.storage import *
from pos.domain.errors.sync import *
