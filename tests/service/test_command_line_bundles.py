"""`sentinel bundle`: out on one side, in on the other; what is not sound leaves nothing behind."""

from pathlib import Path

import pytest

from tests.service.conftest import Sentinel, kept, refused, written
from tests.service.test_command_line import POSTS


@pytest.fixture
def keyed(registered: Sentinel, home: Path, monkeypatch: pytest.MonkeyPatch) -> Sentinel:
    """A side that has the shared key."""
    assert registered("bundle", "key", str(home / "共享密钥")).exit_code == 0
    monkeypatch.setenv("SENTINEL_BUNDLE_KEY_FILE", str(home / "共享密钥"))
    return registered


@pytest.fixture
def bundle(
    keyed: Sentinel, home: Path, tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:  # fmt: skip
    """The first bundle of a collector that knows one account more than the desk."""
    outside = tmp_path_factory.mktemp("outside")
    with monkeypatch.context() as there:
        there.setenv("SENTINEL_DATABASE_URL", f"sqlite:///{outside / 'store.db'}")
        keyed("setup")
        keyed("accounts", "import", str(home / "台账.csv"))
        keyed("load", written(outside, "数据.csv", POSTS), "--register")
        done = keyed("bundle", "out", str(outside / "1.zip"))
    assert done.exit_code == 0
    assert "第1号数据包" in done.stdout
    return outside / "1.zip"


def test_a_key_is_private_and_never_written_over(registered: Sentinel, home: Path) -> None:
    path = home / "共享密钥"
    made = registered("bundle", "key", str(path))
    content = path.read_text()
    assert made.exit_code == 0
    assert content not in made.output
    assert path.stat().st_mode & 0o077 == 0
    refused(registered("bundle", "key", str(path)), 2, "密钥文件写不进去")
    assert path.read_text() == content


def test_without_a_key_no_bundle_leaves_or_enters(registered: Sentinel, home: Path) -> None:
    before = kept(home)
    refused(registered("bundle", "out", str(home / "1.zip")), 3, "没有设置数据包密钥")
    refused(registered("bundle", "in", written(home, "x.zip", "x")), 3, "没有设置数据包密钥")
    assert not (home / "1.zip").exists()
    assert kept(home) == before


def test_a_bundle_is_taken_once_and_names_accounts_the_ledger_lacks(
    keyed: Sentinel, bundle: Path, home: Path
) -> None:
    done = keyed("bundle", "in", str(bundle))
    assert done.exit_code == 0
    assert "台账中没有的账号 1 个" in done.stdout
    assert "甲(演示)" in done.stdout
    assert "--since 0" in done.stderr
    before = kept(home)
    again = keyed("bundle", "in", str(bundle))
    assert again.exit_code == 0
    assert "此前已经导入" in again.stdout
    assert kept(home) == before


def test_a_bundle_that_was_changed_on_the_way_is_refused_whole(
    keyed: Sentinel, bundle: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(home)
    sound = bundle.read_bytes()
    middle = len(sound) // 2
    bundle.write_bytes(sound[:middle] + bytes([sound[middle] ^ 1]) + sound[middle + 1 :])
    refused(keyed("bundle", "in", str(bundle)), 2, bundle.name)
    bundle.write_bytes(sound)
    other = home / "别的密钥"
    keyed("bundle", "key", str(other))
    monkeypatch.setenv("SENTINEL_BUNDLE_KEY_FILE", str(other))
    refused(keyed("bundle", "in", str(bundle)), 2, bundle.name)
    refused(keyed("bundle", "in", str(home / "没有.zip")), 2, "找不到文件")
    assert kept(home) == before


def test_a_bundle_is_not_written_where_it_cannot_be(keyed: Sentinel, home: Path) -> None:
    there = Path(written(home, "已有.zip", "x"))
    before = kept(home)
    refused(keyed("bundle", "out", str(there)), 2, "文件已存在")
    assert kept(home) == before
    refused(keyed("bundle", "out", str(home / "a.zip"), "--since", "9"), 2, "没有第9号数据包")
    refused(keyed("bundle", "out", str(home / "没有" / "a.zip")), 2, "写不进去")
    assert there.read_text("utf-8-sig") == "x"
    assert kept(home)["bundle"] == []
    assert not list(home.glob("*a.zip*"))
