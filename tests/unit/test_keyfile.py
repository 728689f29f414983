"""A key is in one file, which is its owner's alone."""

import base64
from pathlib import Path

import pytest

from pos.domain.errors import KeyUnreadable, StorageError
from pos.keyfile import find_device, keep_device, open_hub_key
from tests.unit.hub.devices import device_of

DEVICE = device_of("0017-03")


def test_a_device_is_read_as_it_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "device.key"
    keep_device(path, DEVICE)
    found = find_device(path)
    assert found
    assert found.name == "0017-03"
    assert found.key.private_bytes_raw() == DEVICE.key.private_bytes_raw()
    assert found.hub_key == DEVICE.hub_key
    assert found.keys == DEVICE.keys
    assert [each.name for each in path.parent.iterdir()] == ["device.key"]


def test_a_device_that_was_never_enrolled_is_none(tmp_path: Path) -> None:
    assert find_device(tmp_path / "device.key") is None


def test_nobody_else_may_read_a_key_and_one_that_others_may_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "device.key"
    keep_device(path, DEVICE)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(KeyUnreadable, match="chmod 600"):
        find_device(path)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"name":"0017-03","private_key":"AAAA"}'])
def test_what_is_no_key_is_told_without_quoting_it(tmp_path: Path, content: bytes) -> None:
    for name, read in (("device.key", find_device), ("hub.key", open_hub_key)):
        path = tmp_path / name
        path.touch(0o600)
        path.write_bytes(content)
        with pytest.raises(KeyUnreadable) as refused:
            read(path)
        assert "AAAA" not in str(refused.value)


def test_a_key_shows_itself_in_no_text() -> None:
    raw = DEVICE.key.private_bytes_raw()
    assert raw.hex() not in repr(DEVICE)
    assert base64.b64encode(raw).decode() not in repr(DEVICE)
    assert "key=" not in repr(DEVICE).replace("hub_key=", "")


def test_the_hubs_key_is_made_once(tmp_path: Path) -> None:
    first = open_hub_key(tmp_path / "hub.key")
    assert open_hub_key(tmp_path / "hub.key").private_bytes_raw() == first.private_bytes_raw()
    assert (tmp_path / "hub.key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        keep_device(tmp_path / "file" / "device.key", DEVICE)
