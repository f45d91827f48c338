"""A home of its own for the command line, and a command run in it as a process would."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from monitor import wiring
from monitor.__main__ import app
from tests.shipped import shipped

LEDGER = "平台,账号名称,账号ID,主办单位,备注\n微信,平安临江(演示),demo_1,荆州市公安局,\n"
MOVING = {"run", "audit", "audit_head", "own_secret", "stamp"}
"""What every command adds to, also one that refuses: that it ran, and what was refused."""
Sentinel = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = shipped(tmp_path / "data")
    monkeypatch.setenv("SENTINEL_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setenv("SENTINEL_DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    monkeypatch.setenv("SENTINEL_DATA_DIR", str(data))
    monkeypatch.setenv("SENTINEL_KEY_FILE", str(tmp_path / "key"))
    return tmp_path


@pytest.fixture
def sentinel(home: Path) -> Iterator[Sentinel]:
    """Run one command as a process would: with parts of its own."""
    del home
    runner = CliRunner()
    stores = []

    def run(*arguments: str) -> Result:
        wiring.parts.cache_clear()
        result = runner.invoke(app, list(arguments))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        stores.append(wiring.parts().store)
        return result

    yield run
    for store in stores:
        store.close()
    wiring.parts.cache_clear()


@pytest.fixture
def registered(sentinel: Sentinel, home: Path) -> Sentinel:
    """A command line whose database has the province's units and one account."""
    sentinel("setup")
    assert sentinel("accounts", "import", written(home, "台账.csv", LEDGER)).exit_code == 0
    return sentinel


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, "utf-8-sig")
    return str(path)


def kept(home: Path, *but: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the database by table, the log of what ran aside, and `but`."""
    with closing(sqlite3.connect(home / "store.db")) as conn:
        names = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: conn.execute(f'SELECT * FROM "{name}"').fetchall()
            for (name,) in names
            if name not in MOVING and name not in but
        }


def refused(result: Result, code: int, said: str) -> None:
    """A refusal as promised: its exit code, a Chinese sentence with its number, no trace."""
    assert (result.exit_code, said in result.stderr) == (code, True), result.output
    assert "编号" in result.stderr
    assert "Traceback" not in result.output
