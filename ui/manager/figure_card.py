"""Figure card: one figure, large, beside last week's; a touch turns it round to what it means."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout

from pos.till.figures.today import Figure, TodayView
from ui import theme
from ui.manager.words import beside_words, definition, figure_name, figure_text, is_better
from ui.parts import dress, label


class FigureCard(QPushButton):
    """A figure of a day."""

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self._figure, self._is_turned = figure, False
        name = figure.value
        self.setObjectName(f"today_card_{name}")
        self.setProperty("role", "figure_card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = label(f"today_{name}_title", figure_name(figure), role="advice")
        self._value = label(f"today_{name}", "", role="figure")
        self._change = label(f"today_{name}_change", "", role="change_line")
        self._means = label(f"today_{name}_means", definition(figure), role="means")
        self._means.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(14), theme.px(6), theme.px(14), theme.px(6))
        layout.setSpacing(theme.px(3))
        for each in (self._title, self._value, self._change, self._means):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(each)
        layout.addStretch()
        for each in (self._title, self._value, self._change):
            each.setWordWrap(False)
        self.clicked.connect(self._turn)

    def show_figure(self, view: TodayView) -> None:
        """Show the figure as it is now, and as it was."""
        change = view.change(self._figure)
        self._value.setText(figure_text(self._figure, view.value(self._figure)))
        self._change.setText(beside_words(self._figure, change))
        better = is_better(self._figure, change)
        dress(self._change, "kind", {None: "flat", True: "good", False: "bad"}[better])
        self.setAccessibleName(f"{self._title.text()} {self._value.text()} {self._change.text()}")

    def _turn(self) -> None:
        self._is_turned = not self._is_turned
        for each in (self._value, self._change):
            each.setVisible(not self._is_turned)
        self._means.setVisible(self._is_turned)
