"""The simulator's keys are its own, private, and made once."""

import stat
from pathlib import Path

import pytest

from pos.alipay.signing import is_signed, load_private_key, load_public_key, sign
from pos.domain.errors import KeyUnreadable, StorageError
from pos.sandbox.gateway_keys import ALIPAY_PUBLIC, APP_PRIVATE, SANDBOX_APP_ID, open_keys


def test_the_tills_files_fit_the_gateways_keys(tmp_path: Path) -> None:
    keys = open_keys(tmp_path / "alipay")
    ours = load_private_key(tmp_path / "alipay" / APP_PRIVATE)
    theirs = load_public_key(tmp_path / "alipay" / ALIPAY_PUBLIC)
    assert is_signed(b"request", sign(b"request", ours), keys.app_key)
    assert is_signed(b"answer", sign(b"answer", keys.own_key), theirs)
    assert ours.public_key() != theirs


def test_keys_are_nobody_elses_and_stay_the_same(tmp_path: Path) -> None:
    first = open_keys(tmp_path)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
    assert len(list(tmp_path.iterdir())) == 7
    second = open_keys(tmp_path)
    assert second.app_key == first.app_key
    assert second.own_key.public_key() == first.own_key.public_key()


def test_keys_that_were_half_made_are_made_anew(tmp_path: Path) -> None:
    open_keys(tmp_path)
    (tmp_path / ALIPAY_PUBLIC).unlink()
    (tmp_path / "app_private.part").write_bytes(b"half")
    keys = open_keys(tmp_path)
    assert load_private_key(tmp_path / APP_PRIVATE).public_key() == keys.app_key
    assert load_public_key(tmp_path / ALIPAY_PUBLIC) == keys.own_key.public_key()


def test_a_key_file_that_is_spoiled_is_told_not_replaced(tmp_path: Path) -> None:
    open_keys(tmp_path)
    (tmp_path / "app_public.pem").write_bytes(b"spoiled")
    with pytest.raises(KeyUnreadable):
        open_keys(tmp_path)


def test_a_folder_that_cannot_be_is_told_as_ours(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        open_keys(tmp_path / "file")


def test_no_real_app_has_such_an_id(tmp_path: Path) -> None:
    assert SANDBOX_APP_ID.startswith("SANDBOX-")
    assert not SANDBOX_APP_ID.isdigit()
    assert repr(open_keys(tmp_path)) == f"KeyRing({SANDBOX_APP_ID})"
