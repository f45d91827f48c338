"""Imports run one way: the contracts of pyproject.toml hold, and would notice if they did not."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, sources

LINT = Path(sys.executable).with_name("lint-imports")

FAULTS = {
    "a noun that reads the store": ("monitor/domain/unit.py", "import monitor.record.store"),
    "a rule that fetches": ("monitor/judge/evaluate.py", "import httpx"),
    "a screen that judges": ("dashboard/page.py", "import monitor.judge.evaluate"),
    "a stage that knows another": ("monitor/collect/walk.py", "import monitor.deliver.channel"),
    "a demo that peeks": ("monitor/demo/province.py", "import monitor.record.store"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(LINT), "--no-cache", "--config", str(folder / "pyproject.toml")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_every_import_contract_holds() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    for name in ("monitor", "dashboard"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(copy: Path, fault: str) -> None:
    name, line = FAULTS[fault]
    path = copy / name
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n{line}\n", "utf-8")
    try:
        done = lint(copy)
    finally:
        path.write_text(before, "utf-8")
    assert done.returncode == 1
    assert "BROKEN" in done.stdout


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
