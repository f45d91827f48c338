"""One scheduler per store: whoever holds the place keeps every other one out."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from monitor.domain.errors import CannotRun
from monitor.record.store import Store

PLACE = 7_215_002
REFUSED = "已有一个调度进程在使用这个数据库"
REMEDY = "请先停止另一个正在运行的矩阵哨兵;同一数据库只能有一个调度进程"


@contextmanager
def only_scheduler(store: Store) -> Iterator[None]:
    """Hold the scheduler's place while inside; CannotRun where somebody else holds it.

    The place is a lock of the operating system or of the server, so that it falls free by itself
    when its holder dies.
    """
    if store.sqlite:
        with _file_lock(Path(str(store.engine.url.database) + ".scheduler")):
            yield
        return
    with store.engine.connect() as conn:
        if not conn.execute(text(f"SELECT pg_try_advisory_lock({PLACE})")).scalar_one():
            raise CannotRun(REFUSED, remedy=REMEDY)
        conn.commit()
        try:
            yield
        finally:
            # The connection goes back to its pool alive, and would keep the place with it.
            conn.execute(text(f"SELECT pg_advisory_unlock({PLACE})"))
            conn.commit()


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotRun(REFUSED, str(path), REMEDY) from error
        yield
