"""Imports run one way: the contracts of pyproject.toml hold, and would notice if they did not."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, sources

LINT = Path(sys.executable).with_name("lint-imports")

FAULTS = {
    "a noun that reads the store": ("monitor/domain/unit.py", "monitor.record.store"),
    "a rule that fetches": ("monitor/judge/evaluate.py", "httpx"),
    "a screen that judges": ("dashboard/page.py", "monitor.judge.evaluate"),
    "a stage that knows another": ("monitor/collect/walk.py", "monitor.deliver.channel"),
    "a demo that peeks": ("monitor/demo/province.py", "monitor.record.store"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(LINT), "--no-cache", "--config", str(folder / "pyproject.toml")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_every_import_contract_holds() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the contracts say of a copy of the product with every fault planted in it."""
    folder = tmp_path_factory.mktemp("planted")
    for name in ("monitor", "dashboard"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, imported in FAULTS.values():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(f"\nimport {imported}\n")
    done = lint(folder)
    assert done.returncode == 1
    return done.stdout


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(told: str, fault: str) -> None:
    name, imported = FAULTS[fault]
    importer = name.removesuffix(".py").replace("/", ".")
    assert re.search(rf"{re.escape(importer)} ->\s+{re.escape(imported)}\b", told), told


def test_nouns_need_the_standard_library_only() -> None:
    allowed = sys.stdlib_module_names | {"monitor"}
    foreign = [
        f"{each.name}: {root}"
        for each in sources("monitor/domain")
        for root in _roots(each.tree)
        if root not in allowed
    ]
    assert not foreign


def test_no_import_is_relative() -> None:
    assert not [
        f"{each.name}:{node.lineno}"
        for each in sources()
        for node in ast.walk(each.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]


def _roots(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found
