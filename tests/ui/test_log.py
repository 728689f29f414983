"""What happened is in a file beside the sales, and the file stays small."""

import logging
from pathlib import Path

import pytest

from pos.domain.errors import StorageError
from ui import run
from ui.demo.run import run_unattended


def test_what_happens_is_written_beside_the_sales_and_old_files_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "LOG_BYTES", 2_000)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        run.keep_log(tmp_path / "till")
        for number in range(200):
            logging.getLogger("pos.alipay").info("alipay.trade.query GT%d: Paid", number)
    finally:
        for handler in set(root.handlers) - set(before):
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)
    files = sorted((tmp_path / "till").glob("till.log*"))
    assert len(files) == run.LOG_FILES
    assert all(each.stat().st_size <= 2_000 for each in files)
    assert "GT199: Paid" in (tmp_path / "till" / "till.log").read_text("utf-8")


def test_a_demo_that_cannot_have_its_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError):
        run_unattended(tmp_path / "file", "zh")
