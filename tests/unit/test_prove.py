"""A proof that cannot fail proves nothing: a layer that breaks, is missing or counts nothing ends it badly."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.proof.layers import LAYERS, Layer, Outcome, run_layer
from tests.proof.report import as_page, as_text

Made = Callable[[str], Layer]
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def layer_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Return what makes a layer of the body of its ``prove``."""

    def make(body: str) -> Layer:
        (tmp_path / "made_layer.py").write_text(f"def prove(seconds, seed):\n    {body}\n", "utf-8")
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])]))
        monkeypatch.setenv(
            "PYTHONDONTWRITEBYTECODE", "1"
        )  # two bodies of one length within a second look alike to Python
        return Layer("试", "a trial", "made_layer", 1)

    return make


def test_the_figures_of_a_layer_are_its_own(layer_of: Made, tmp_path: Path) -> None:
    outcome = run_layer(layer_of("return {'seeds': 7, 'for': seconds, 'from': seed}"), 1.5, 42, tmp_path)
    assert (outcome.figures, outcome.trouble) == ({"seeds": 7, "for": 1.5, "from": 42}, "")


@pytest.mark.parametrize(
    ("body", "words"),
    [("assert False, 'sold twice'", "AssertionError: sold twice"), ("return {}", "it counted nothing"),
     ("import os; os._exit(9)", "status 9")],
)  # fmt: skip
def test_a_broken_layer_is_said_to_be(layer_of: Made, tmp_path: Path, body: str, words: str) -> None:
    outcome = run_layer(layer_of(body), 1, 1, tmp_path)
    assert outcome.figures == {}
    assert words in outcome.trouble


def test_figures_of_an_earlier_run_are_not_taken_for_this_one(layer_of: Made, tmp_path: Path) -> None:
    run_layer(layer_of("return {'seeds': 7}"), 1, 1, tmp_path)
    assert run_layer(layer_of("raise SystemExit(3)"), 1, 1, tmp_path).trouble.startswith("status 3")


def test_a_layer_that_is_not_there_is_broken(tmp_path: Path) -> None:
    assert "No module named" in run_layer(Layer("无", "none", "tests.no_such_layer", 1), 1, 1, tmp_path).trouble


def test_every_layer_there_is_has_a_proof() -> None:
    for layer in LAYERS:
        path = Path(__file__).parents[2] / (layer.module.replace(".", "/") + ".py")
        assert "def prove(seconds: float, seed: int)" in path.read_text("utf-8"), layer.module


def test_the_report_says_what_broke_and_escapes_what_it_says() -> None:
    good = Outcome(LAYERS[0], 3, {"seeds": 12_345, "rate": 0.00123})
    bad = Outcome(LAYERS[2], 1, trouble="lost <b>1</b> sale")
    text, page = as_text([good, bad], AT, 7), as_page([good, bad], AT, 7)
    assert "有承诺被打破：断电" in text
    assert "12,345" in text
    assert "BROKEN lost <b>1</b> sale" in text
    assert "lost &lt;b&gt;1&lt;/b&gt; sale" in page
    assert "每一条承诺都守住了" in as_text([good], AT, 7)
