"""App: the one place that joins the parts of a running till."""

import logging
from contextlib import ExitStack
from dataclasses import dataclass

import numpy
from PySide6.QtCore import QObject, Signal

from pos.alipay.gateway import AlipayGateway
from pos.clock import SystemClock
from pos.domain.payment import PaymentGateway
from pos.scan.camera import Source, open_source
from pos.scan.scanner import Preview, Scanner, State
from pos.scan.seen import Reading
from pos.settings import Settings
from pos.storage.database import checkpoint, only_one
from pos.sync.client import HubClient
from pos.sync.disk import CatalogueFile, JournalOutbox
from pos.sync.runner import SyncRunner, SyncStatus
from pos.till.till import Till, open_reading_till, open_till
from ui.counter import Counter, Hands
from ui.lane import Lane
from ui.sounds import Sounds, open_sounds
from ui.timers import timer
from ui.window import Window

_log = logging.getLogger(__name__)
