"""入: an export or the universal template becomes posts, numbers and, where it may, coverage."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from monitor.collect.files import heap, whose
from monitor.collect.files import load as loader
from monitor.collect.files import match as matching
from monitor.collect.files.grid import Limits
from monitor.collect.files.heap import Dropped
from monitor.domain.account import PLATFORMS, Account, State
from monitor.domain.errors import InputError
from monitor.domain.instants import day_start, to_second
from monitor.domain.loading import LoadedAccount, LoadedFile
from monitor.domain.running import RunOutcome, RunReport
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, harvests, owners, units
from monitor.record.store import Reading, Writing
from monitor.runs import files, frame, holding, sources
from monitor.runs.parts import Parts

UNPLACED = Unit(code="000000000000", name="待核单位(台账缺失)", level=Level.PROVINCE)
"""Where accounts stand that a file names and the registry does not know, until a person places
them."""


@dataclass(frozen=True)
class Asked:
    """How a file is to be taken: layout and account where they cannot be told from the file.

    `only` are the ids of the accounts that may be written, None all.
    """

    layout: str | None = None
    account: str = ""
    only: frozenset[int] | None = None
    covers: tuple[int, int] | None = None
    register: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class Loaded:
    """What became of one file. `unknown` are accounts the registry does not know; `whose` says how
    the account of a file that names none was told."""

    file: LoadedFile
    unknown: tuple[str, ...] = ()
    registered: int = 0
    new_posts: int = 0
    observations: int = 0
    already: bool = False
    whose: str = ""
    accounts: tuple[str, ...] = ()


def parse_covers(text: str) -> tuple[int, int]:
    """`2026-01-01..2026-06-30`, both days included, as [first second, second after the last)."""
    first, dots, last = text.partition("..")
    try:
        start, end = date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
    except ValueError:
        dots = ""
    if not dots or start > end:
        raise InputError(
            f"统计期“{text}”读不懂", "--covers", "应写成 2026-01-01..2026-06-30,含首尾两天"
        )
    return day_start(start), day_start(end + timedelta(days=1))


def folders(parts: Parts) -> tuple[Path, Path]:
    """Where layouts lie: those that came with the product, and those the office made."""
    return parts.data_dir / "layouts", parts.local_dir / "layouts"


def run_heap(parts: Parts, paths: Sequence[Path], asked: Asked) -> list[Loaded | InputError]:
    """Take in several files and archives; one that is refused does not keep the others out."""
    limits = Limits(bytes=parts.largest_file)
    results: list[Loaded | InputError] = []
    for path in paths:
        try:
            found = heap.unpack([dropped(parts, path)], limits)
        except InputError as error:
            results.append(error)
            continue
        results += found.refused
        for file in found.files:
            try:
                results.append(take(parts, file.content, file.path, asked))
            except InputError as error:
                results.append(error)
    return results


def run(parts: Parts, path: Path, asked: Asked) -> Loaded:
    """Take in one file; a dry run reads and matches it and writes nothing."""
    file = dropped(parts, path)
    return take(parts, file.content, file.path, asked)


def dropped(parts: Parts, path: Path) -> Dropped:
    """A file of this machine, with the folder it lies in."""
    content = files.read(path, parts.largest_file)
    return Dropped("/".join(path.absolute().parts[-2:]).lstrip("/"), content)


def take(parts: Parts, content: bytes, path: str, asked: Asked) -> Loaded:
    """Take in the bytes of one file; the folders of its `path` may tell whose it is."""
    ready = _prepare(parts, content, path, asked)
    if asked.dry_run:
        return ready.loaded()
    _refuse(ready, asked)
    _keep_pick(parts, ready, asked, path)
    done: list[Loaded] = []

    def work(_under: frame.Under) -> RunReport:
        registered = 0
        if asked.register and ready.unknown:
            with parts.store.writing() as tx:
                ready.matched.update(_register(tx, ready.unknown))
            registered = len(ready.unknown)
        holding.chunk()
        done.append(_save(parts, ready, asked, registered))
        return _report(done[0])

    frame.run(parts, "load", work, {"file": ready.read.name, "layout": ready.read.layout})
    return done[0]


@dataclass(frozen=True)
class _Ready:
    """A file held against the registry, before anything is written."""

    read: LoadedFile
    owner: whose.Whose
    known: Sequence[Account]
    matched: dict[int, LoadedAccount]
    unknown: Sequence[LoadedAccount]

    def loaded(self) -> Loaded:
        """What is told of it while nothing is written."""
        names = tuple(_say(each) for each in self.unknown)
        called = tuple(each.name for each in self.known if each.id in self.matched)
        return Loaded(self.read, names, whose=self.owner.why, accounts=called)


def _prepare(parts: Parts, content: bytes, path: str, asked: Asked) -> _Ready:
    limits = Limits(bytes=parts.largest_file)
    name = path.rsplit("/", 1)[-1]
    read = loader.read(content, name, asked.layout, folders(parts), parts.now(), limits)
    with parts.store.reading() as tx:
        every = accounts.all_accounts(tx)
        known = [each for each in every if asked.only is None or each.id in asked.only]
        owner = _owner(tx, read, known, asked.account, path)
    return _Ready(read, owner, known, *matching.match(read, known, owner.account))


def _refuse(ready: _Ready, asked: Asked) -> None:
    """InputError where there is nothing to write."""
    if not ready.read.accounts:
        remedy = "请按拒收原因修改后重新导入"
        raise InputError("没有一行数据可用", ready.read.name, remedy)
    if ready.unknown and not asked.register and not ready.matched:
        names = "、".join(ready.loaded().unknown[:5])
        remedy = "请先导入台账,或加 --register 以“待核”登记"
        raise InputError(f"文件中的账号都不在台账里:{names}", ready.read.name, remedy)


def _report(done: Loaded) -> RunReport:
    counts = {
        "行": done.file.rows,
        "拒收": len(done.file.problems),
        "新作品": done.new_posts,
        "新数据": done.observations,
        "新登记账号": done.registered,
    }
    partial = bool(done.file.problems or done.unknown)
    return RunReport(RunOutcome.PARTIAL if partial else RunOutcome.DONE, counts)


def _save(parts: Parts, ready: _Ready, asked: Asked, registered: int) -> Loaded:
    read = ready.read
    looked_at = to_second(parts.now())
    covers = asked.covers
    if covers is not None:
        covers = (covers[0], min(covers[1], looked_at))
    route = sources.read(parts).route("export", read.platform or "any", f"file/{read.layout}")
    route = replace(route, grade=min(route.grade, read.grade))
    saved = harvests.save_file(parts.store, read, ready.matched, route, covers, looked_at)
    told = ready.loaded()
    return replace(
        told,
        unknown=() if asked.register else told.unknown,
        registered=registered,
        new_posts=saved.new_posts,
        observations=saved.observations,
        already=saved.already,
    )


def _owner(
    tx: Reading, read: LoadedFile, known: Sequence[Account], picked: str, path: str
) -> whose.Whose:
    """The account of a file that names none: as asked, as remembered, or as its name says."""
    if picked:
        return whose.Whose(matching.pick(known, picked, read.platform), "按指定的账号")
    if not matching.nameless(read):
        return whose.Whose(None)
    before = owners.recall(tx, whose.signature(path, read.platform))
    kept = [each for each in known if each.id == before and each.platform == read.platform]
    if kept:
        return whose.Whose(kept[0], "按上次的选择")
    return whose.guess(path, read.platform, known)


def _keep_pick(parts: Parts, ready: _Ready, asked: Asked, path: str) -> None:
    """What was picked for a file that names nobody is not asked again for the next one like it."""
    picked = ready.owner.account
    signature = whose.signature(path, ready.read.platform)
    if asked.account and signature and picked is not None and matching.nameless(ready.read):
        with parts.store.writing() as tx:
            owners.remember(tx, signature, picked.id or 0)


def _register(tx: Writing, unknown: Sequence[LoadedAccount]) -> dict[int, LoadedAccount]:
    """Enter accounts as 待核: they are collected and judged, and a person must place them."""
    units.save(tx, [UNPLACED])
    fresh = [
        Account(
            platform=said.platform,
            name=said.name or said.uid,
            unit_code=UNPLACED.code,
            uid=said.uid or None,
            state=State.UNCHECKED,
        )
        for said in unknown
    ]
    return dict(zip(accounts.save(tx, fresh), unknown, strict=True))


def _say(said: LoadedAccount) -> str:
    return f"{PLATFORMS.get(said.platform, said.platform)}“{said.name or said.uid}”"
