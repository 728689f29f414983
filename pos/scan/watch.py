"""Watch: one source being watched by two threads, from opening to stopping.

    camera thread    opens, reads at the source's pace, gives the preview, lays the newest frame down
    reading thread   takes the newest frame, decodes it, hands over what counts

Nothing is queued: a frame the reading thread had no time for is gone. No frame is ever stored.
"""

import logging
import threading
from collections.abc import Callable, Sequence

from pos.clock import Clock
from pos.domain.errors import DeviceError
from pos.scan.camera import Source, reduced
from pos.scan.eye import Eye
from pos.scan.frame import Frame, Shot
from pos.scan.hints import Hints
from pos.scan.motion import Motion
from pos.scan.packed import Picture, colour_of
from pos.scan.report import Hint, Hooks, Mark, Preview, Stage, State
from pos.scan.seen import Seen
from pos.scan.steady import Steady

PREVIEW_WIDTH = 640
PREVIEW_FPS = 30
LOOK_EVERY_S = 1 / 12
"""How often a frame is decoded while nothing moves; what moves or is undecided is looked at as often as frames come."""
SETTLED_S = 0.3
"""So long after the last movement frames are still looked at as often as they come."""
CALM_AFTER_S = 5.0
"""So long without movement and without a code in sight is a calm counter.

What counted has been forgotten by then, and every kind of code was searched for several times.
"""
CALM_LOOK_EVERY_S = 1 / 3
"""How often a calm counter is looked at; the first movement ends it at once."""
CALM_PREVIEW_FPS = 10
"""Of a picture in which nothing moves nobody sees the difference; it is also how soon movement is noticed."""
MARK_KEPT_S = 0.4
"""How long a code stays marked on the preview after it was last seen."""
PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Waits before a lost source is tried again; the last one from then on."""
STOP_WITHIN_S = 2.0
LATE_S = 0.5
"""A film that has fallen further behind than this goes on from where it is instead of hurrying."""

_log = logging.getLogger(__name__)


class Pace:
    """Keeps a film at its own speed."""

    def __init__(self, monotonic: Callable[[], float], wait: Callable[[float], object]) -> None:
        """Take a clock that never jumps and a way to wait, both in seconds."""
        self._monotonic = monotonic
        self._wait = wait
        self._due: float | None = None

    def keep(self, fps: float) -> float:
        """Wait until the next frame is due and return the time; at 0 fps the frame is due now."""
        now = self._monotonic()
        if fps <= 0:
            return now
        if self._due is None or now - self._due > LATE_S:
            self._due = now
        if self._due > now:
            self._wait(self._due - now)
        self._due += 1 / fps
        return self._monotonic()


class _Table:
    """Where the newest frame lies, and none other."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._shot: Shot | None = None
        self._is_closed = False

    def lay(self, shot: Shot) -> None:
        """Put a frame in the place of the one that lies there."""
        with self._changed:
            self._shot = shot
            self._changed.notify()

    def take(self) -> Shot | None:
        """Wait for a frame; None when the table is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._shot is not None or self._is_closed)
            shot, self._shot = self._shot, None
            return shot

    def close(self) -> None:
        """Let nobody wait for a frame any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()


class Watch:
    """One source being watched, from opening to stopping; used once.

    Attributes:
        state: what it is doing now.
    """

    def __init__(self, source: Source, eye: Eye, hooks: Hooks, clock: Clock) -> None:
        """Take what to watch, what to see with, whom to tell and the time."""
        self.state = State(Stage.OPENING, source.name)
        self._source = source
        self._eye = eye
        self._hooks = hooks
        self._clock = clock
        self._stopping = threading.Event()
        self._table = _Table()
        self._marks: tuple[float, Sequence[Mark]] = (0.0, ())
        self._motion, self._hints = Motion(), Hints()
        self._woken = threading.Event()
        self._preview_due = 0.0
        self._watcher = threading.Thread(target=self._watch, name="camera", daemon=True)
        self._reader = threading.Thread(target=self._read, name="reading", daemon=True)

    def start(self) -> None:
        """Say that it is opening, and begin."""
        self._hooks.on_state(self.state)
        self._reader.start()
        self._watcher.start()

    def stop(self) -> None:
        """Stop both threads within two seconds; no hook is called after it."""
        self._stopping.set()
        self._woken.set()
        self._table.close()
        deadline = self._clock.monotonic() + STOP_WITHIN_S
        for thread in (self._watcher, self._reader):
            thread.join(max(deadline - self._clock.monotonic(), 0))
            if thread.is_alive():
                # A driver may hang in a read. The thread is a daemon and calls no hook any more.
                _log.warning("the %s thread of %s did not stop in time", thread.name, self._source.name)

    def _tell(self, stage: Stage, error: DeviceError | None = None) -> None:
        if stage is not self.state.stage and not self._stopping.is_set():
            self.state = State(stage, self._source.name, error)
            self._hooks.on_state(self.state)

    def _watch(self) -> None:
        tries = 0
        while not self._stopping.is_set():
            try:
                self._play()
            except EOFError:
                self._source.close()
                self._finish()
                return
            except DeviceError as error:
                tries = 0 if self.state.stage is Stage.LIVE else tries
                self._tell(Stage.LOST, error)
            finally:
                self._source.close()
            self._stopping.wait(PAUSES_S[min(tries, len(PAUSES_S) - 1)])
            tries += 1

    def _play(self) -> None:
        self._source.open()
        pace = Pace(self._clock.monotonic, self._stopping.wait)
        while not self._stopping.is_set():
            frame = self._source.read()
            if frame is None:
                continue
            at = pace.keep(self._source.fps)
            self._tell(Stage.LIVE)
            self._table.lay(Shot(frame, at))
            self._show(frame, at)

    def _show(self, frame: Picture, at: float) -> None:
        # Some slack, or a camera of just 30 fps would lose frames to jitter.
        every_s = 1 / (CALM_PREVIEW_FPS if self._is_calm(at) else PREVIEW_FPS)
        if at < self._preview_due - 0.3 / PREVIEW_FPS or self._stopping.is_set():
            return
        self._preview_due = max(self._preview_due, at - every_s) + every_s
        pixels = _narrowed(frame)
        if pixels is None:
            return
        hint = self._notice(frame, pixels, at)
        scale = pixels.shape[1] / frame.shape[1]
        marked_at, marks = self._marks
        fresh = marks if at - marked_at <= MARK_KEPT_S else ()
        self._hooks.on_frame(Preview(pixels, tuple(_scaled(mark, scale) for mark in fresh), hint))

    def _notice(self, frame: Picture, pixels: Frame, at: float) -> Hint:
        has_moved = self._motion.note(pixels, at)
        if has_moved:
            self._woken.set()
        return self._hints.note(frame, pixels, at, is_still=not has_moved)

    def _is_calm(self, at: float) -> bool:
        return at - max(self._motion.moved_at, self._marks[0]) >= CALM_AFTER_S

    def _finish(self) -> None:
        """Let the last frame be read before the end is told."""
        self._table.close()
        self._reader.join(STOP_WITHIN_S)
        self._tell(Stage.ENDED)

    def _read(self) -> None:
        if not self._eye.wake(self._hooks.on_finding):
            return
        rest_s = 0.0
        while (shot := self._rested(rest_s)) is not None and not self._stopping.is_set():
            seen, counted = self._eye.look(shot, self._clock.monotonic)
            steady = self._eye.steady
            if seen:
                self._marks = shot.at, _marks_of(seen, steady)
            for reading in counted:
                if not self._stopping.is_set():
                    self._hooks.on_code(reading)
            rest_s = self._rest_s(shot.at)

    def _rest_s(self, at: float) -> float:
        """How long to rest after a look at the frame of ``at``."""
        if self._eye.is_undecided(at) or at - self._motion.moved_at < SETTLED_S:
            return 0.0
        every_s = CALM_LOOK_EVERY_S if self._is_calm(at) else LOOK_EVERY_S
        return at + every_s - self._clock.monotonic()

    def _rested(self, rest_s: float) -> Shot | None:
        if rest_s > 0:
            self._woken.wait(rest_s)
        self._woken.clear()
        return self._table.take()


def _narrowed(picture: Picture) -> Frame | None:
    frame = colour_of(picture)
    if frame is None:
        return None
    height, width = frame.shape[:2]
    return reduced(frame, PREVIEW_WIDTH if width >= height else round(PREVIEW_WIDTH * height / width))


def _scaled(mark: Mark, scale: float) -> Mark:
    return Mark(tuple((round(x * scale), round(y * scale)) for x, y in mark.corners), mark.is_counted)


def _marks_of(seen: Sequence[Seen], steady: Steady) -> list[Mark]:
    """One mark for each text, though both libraries saw it."""
    texts = {one.text: one for one in reversed(seen)}
    return [Mark(one.corners, steady.has_counted(one)) for one in texts.values()]
