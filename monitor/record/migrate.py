"""Bringing a database to today's schema, and refusing one that is newer than the code."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from monitor.domain.errors import StoreError
from monitor.record.store import Store, _explained


def _config(store: Store) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["engine"] = store.engine
    return config


def current(store: Store) -> str | None:
    """The step the database stands at; None where it is empty."""
    with _explained(store.engine), store.engine.connect() as raw:
        conn = raw.execution_options(reads=True)
        return MigrationContext.configure(conn).get_current_revision()


def head(store: Store) -> str:
    """The newest step this code knows."""
    newest = ScriptDirectory.from_config(_config(store)).get_current_head()
    if newest is None:
        raise StoreError("程序不完整,缺少数据库升级步骤", remedy="请重新安装")
    return newest


def check(store: Store) -> None:
    """StoreError unless the database is exactly at this code's schema."""
    found = current(store)
    if found is None:
        raise StoreError("数据库尚未建立", remedy="请先运行 sentinel setup 或 make run")
    if found == head(store):
        return
    known = {step.revision for step in ScriptDirectory.from_config(_config(store)).walk_revisions()}
    if found in known:
        raise StoreError("数据库需要升级", f"现为 {found}", "请先运行 sentinel setup")
    raise StoreError("数据库比程序新", f"现为 {found}", "请升级程序,旧版程序不会改动它")


def upgrade(store: Store) -> None:
    """To the newest step; a database newer than the code is left alone and refused."""
    found = current(store)
    script = ScriptDirectory.from_config(_config(store))
    if found is not None and found not in {step.revision for step in script.walk_revisions()}:
        raise StoreError("数据库比程序新", f"现为 {found}", "请升级程序,旧版程序不会改动它")
    with _explained(store.engine):
        command.upgrade(_config(store), "head")
