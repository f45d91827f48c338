"""Secrets planted by a test, and where they show: tables, files, logs, errors."""

import json
import traceback
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from monitor.record.store import Store
from monitor.record.tables.base import METADATA


@dataclass
class Planted:
    """What was planted, by kind, and what went wrong on the way."""

    secrets: dict[str, list[str]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def add(self, kind: str, *values: str) -> None:
        assert all(len(each) >= 4 for each in values), kind
        self.secrets.setdefault(kind, []).extend(values)

    @contextmanager
    def breaking(self, *kinds: type[BaseException]) -> Iterator[None]:
        """What must go wrong here; all that is said of it is kept to be looked through."""
        with pytest.raises(kinds) as caught:
            yield
        self.told += traceback.format_exception(caught.value)

    def showing(self, where: str, content: str) -> list[str]:
        """Which of them stand in a text, as they are or as JSON escapes them."""
        return [
            f"{kind} in {where}"
            for kind, values in self.secrets.items()
            if any(shape in content for each in values for shape in shapes(each))
        ]


def shapes(secret: str) -> set[str]:
    """As it is, as JSON escapes it, and as Python writes that."""
    escaped = json.dumps(secret)[1:-1]
    return {secret, escaped, escaped.replace("\\", "\\\\")}


def cells(store: Store) -> Iterator[tuple[str, str]]:
    """Every column of every table, bytes as far as they are text."""
    with store.reading() as tx:
        for table in METADATA.sorted_tables:
            for row in tx.conn.execute(select(table)).mappings():
                for name, value in row.items():
                    yield f"{table.name}.{name}", readable(value)


def readable(value: Any) -> str:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode("utf-8", "replace")
    return json.dumps(value, ensure_ascii=False, default=str)


def files(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file written, books unpacked."""
    for path in folder.rglob("*"):
        if not path.is_file() or path.is_symlink():
            continue
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as book:
                for name in book.namelist():
                    yield f"{path.name}/{name}", readable(book.read(name))
        else:
            yield path.name, readable(path.read_bytes())
