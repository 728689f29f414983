"""By keys: everything in the managers' room within reach of Tab, arrows and Enter, with a mark where the keys are.

At the counter no button ever has the focus, so that no scanner's Enter presses one; this page turns it on for its own.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLineEdit, QWidget

from ui import theme
from ui.manager.sheet import SheetTable
from ui.widgets.keypad import Keypad

EDGE = 4
"""How thick the mark is, at base."""


class ByKeys(QObject):
    """Lets Tab reach a page's controls, row by row as they are seen, and arrows turn the day whatever has the focus."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page, self._mark = page, FocusMark(page)
        self.take_in(page)

    def take_in(self, part: QWidget) -> None:
        """Let the keys reach a part of the page that was made after the others."""
        for each in part.findChildren(QWidget):
            if isinstance(each, QAbstractButton | SheetTable) and not _is_on_keypad(each):
                each.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # and a touch takes it from no box
                each.installEventFilter(self)

    def step(self, *, forward: bool) -> bool:
        """Give the focus to the next control or the one before; return whether there is any."""
        found, focused = self._reachable(), QApplication.focusWidget()
        if not found:
            return False
        is_inside = focused is not None and focused is not self._page and self._page.isAncestorOf(focused)
        if is_inside and focused not in found:
            self._page.setFocus(Qt.FocusReason.OtherFocusReason)  # it was switched off: no neighbour is pressed for it
            return True
        at = found.index(focused) if focused in found else -1 if forward else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        found[(at + (1 if forward else -1)) % len(found)].setFocus(reason)
        return True

    def press_enter(self) -> bool:
        """Press what has the focus, or take the row that is marked; return whether it is any of these."""
        focused = QApplication.focusWidget()
        if focused is None or not self._page.isAncestorOf(focused):
            return False
        if isinstance(focused, SheetTable) and focused.currentIndex().isValid():
            focused.clicked.emit(focused.currentIndex())
        elif isinstance(focused, QAbstractButton):
            focused.click()
        return isinstance(focused, SheetTable | QAbstractButton)

    def come_back(self) -> None:
        """Have the focus on the page, when what had it is gone from the screen."""
        focused = QApplication.focusWidget()
        if focused is None or (self._page.isAncestorOf(focused) and not focused.isVisible()):
            self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    def into_list(self, event: QKeyEvent) -> None:
        """Go up or down in the first list that is seen, from the row that was touched, or else begin in it."""
        table = next((each for each in self._reachable() if isinstance(each, SheetTable)), None)
        if table is not None:
            is_begun = table.selectionModel().hasSelection()
            table.setFocus(Qt.FocusReason.OtherFocusReason)
            if is_begun:
                table.keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Let left and right turn the day: a button would take them for a way to its neighbour."""
        if event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        assert isinstance(event, QKeyEvent)
        is_sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if is_sideways:
            self._page.keyPressEvent(event)
        return is_sideways

    def _reachable(self) -> list[QWidget]:
        """Return what can have the focus now: above and in the view row by row, then the rail at its left."""
        found = [
            each
            for each in self._page.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled()
            and isinstance(each, QAbstractButton | QAbstractScrollArea | QLineEdit)
        ]  # fmt: skip
        return sorted(found, key=self._place)

    def _place(self, widget: QWidget) -> tuple[bool, int, int]:
        top = widget.mapTo(self._page, QPoint())
        return widget.parentWidget() is self._page, top.y() // theme.px(theme.TOUCH // 2), top.x()


class FocusMark(QWidget):
    """A frame round what has the focus, on top of everything, so that nothing moves to make room for it."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setObjectName("manager_focus")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._page = page
        self._on: QWidget | None = None
        self.hide()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Stay where the control is: whatever moves it, it is painted anew there."""
        if watched is self._on and event.type() in (QEvent.Type.Paint, QEvent.Type.Resize, QEvent.Type.Hide):
            self._stand()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Draw the frame."""
        edge = theme.px(EDGE)
        with QPainter(self) as painter:
            painter.setPen(QPen(QColor(theme.BLUE), edge))
            half = edge // 2
            painter.drawRect(self.rect().adjusted(half, half, -half - 1, -half - 1))

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._on is not None:
            self._on.removeEventFilter(self)
        is_ours = isinstance(now, QAbstractButton | QAbstractScrollArea) and self._page.isAncestorOf(now)
        self._on = now if is_ours else None
        if self._on is not None:
            self._on.installEventFilter(self)
        self._stand()

    def _stand(self) -> None:
        is_seen = self._on is not None and self._on.isVisible()
        if self._on is not None and is_seen:
            edge = theme.px(EDGE)
            box = QRect(self._on.mapTo(self._page, QPoint()), self._on.size())
            self.setGeometry(box.adjusted(-edge, -edge, edge, edge))
            self.raise_()
        self.setVisible(is_seen)


def _is_on_keypad(widget: QWidget) -> bool:
    """Whether it types for fingers what a keyboard types by itself."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, Keypad):
        parent = parent.parentWidget()
    return parent is not None
