"""Scanner: from a source of frames to codes, without the caller waiting for either."""

from collections.abc import Callable

from pos.clock import Clock, SystemClock
from pos.domain.errors import DecoderMissing
from pos.scan.camera import Source
from pos.scan.eye import Eye
from pos.scan.report import Hooks, Preview, Stage, State
from pos.scan.seen import Reading
from pos.scan.watch import Watch


class Scanner:
    """Watches one source at a time. Start, stop and open it from one thread, never from a hook."""

    def __init__(
        self,
        source: Source | None,
        *,
        on_code: Callable[[Reading], None],
        on_frame: Callable[[Preview], None] = lambda _: None,
        on_state: Callable[[State], None] = lambda _: None,
        on_finding: Callable[[DecoderMissing], None] = lambda _: None,
        clock: Clock | None = None,
    ) -> None:
        """Take a source (None for none yet) and whom to tell; nothing runs before ``start``."""
        self._source = source
        self._hooks = Hooks(on_code, on_frame, on_state, on_finding)
        self._clock = clock or SystemClock()
        self._eye = Eye()
        self._watch: Watch | None = None

    @property
    def state(self) -> State:
        """What it is doing now."""
        return self._watch.state if self._watch else State(Stage.OFF)

    def start(self) -> None:
        """Open the source and go on until ``stop``; a second start changes nothing."""
        if self._watch is None and self._source is not None:
            self._watch = Watch(self._source, self._eye, self._hooks, self._clock)
            self._watch.start()

    def stop(self) -> None:
        """Stop within two seconds; after it returns no hook is called any more."""
        if self._end_watch():
            self._hooks.on_state(State(Stage.OFF))

    def open(self, source: Source) -> None:
        """Change to another source; what lay before the old one counts again before the new one."""
        self._end_watch()
        self._eye.steady.new_picture()
        self._source = source
        self.start()

    def was_goods(self, text: str) -> None:
        """Hear that what was handed over is no payment code, whatever it looks like: it may count again like goods."""
        self._eye.steady.was_goods(text)

    def _end_watch(self) -> bool:
        watch, self._watch = self._watch, None
        if watch is None:
            return False
        watch.stop()
        return True
