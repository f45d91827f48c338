"""入: an export or the universal template becomes posts, numbers and, where it may, coverage."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from monitor.collect.files import load as loader
from monitor.collect.files.grid import Limits
from monitor.domain.account import PLATFORMS, Account, State
from monitor.domain.collecting import Route
from monitor.domain.errors import InputError
from monitor.domain.instants import day_start, to_second
from monitor.domain.loading import LoadedAccount, LoadedFile
from monitor.domain.numbers import Provenance
from monitor.domain.running import RunOutcome, RunReport
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, harvests, units
from monitor.record.store import Writing
from monitor.runs import files, frame
from monitor.runs.parts import Parts

UNPLACED = Unit(code="000000000000", name="待核单位(台账缺失)", level=Level.PROVINCE)
"""Where accounts stand that a file names and the registry does not know, until a person places
them."""


@dataclass(frozen=True)
class Asked:
    """How a file is to be taken: layout and account where they cannot be told from the file."""

    layout: str | None = None
    account: str = ""
    covers: tuple[int, int] | None = None
    register: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class Loaded:
    """What became of one file. `unknown` are accounts the registry does not know."""

    file: LoadedFile
    unknown: tuple[str, ...] = ()
    registered: int = 0
    new_posts: int = 0
    observations: int = 0
    already: bool = False


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


def run(parts: Parts, path: Path, asked: Asked) -> Loaded:
    """Take in one file; a dry run reads and matches it and writes nothing."""
    content = files.read(path, parts.largest_file)
    return take(parts, content, path.name, asked)


def take(parts: Parts, content: bytes, name: str, asked: Asked) -> Loaded:
    """Take in the bytes of one file."""
    layouts = parts.data_dir / "layouts"
    limits = Limits(bytes=parts.largest_file)
    read = loader.read(content, name, asked.layout, layouts, parts.now(), limits)
    with parts.store.reading() as tx:
        known = accounts.all_accounts(tx)
    matched, unknown = match(read, known, asked.account)
    names = tuple(_say(each) for each in unknown)
    if asked.dry_run:
        return Loaded(read, names)
    if unknown and not asked.register and not matched:
        raise InputError(
            f"文件中的账号都不在台账里:{'、'.join(names[:5])}",
            name,
            "请先导入台账,或加 --register 以“待核”登记",
        )
    done: list[Loaded] = []

    def work(_under: frame.Under) -> RunReport:
        registered = 0
        if asked.register and unknown:
            with parts.store.writing() as tx:
                matched.update(_register(tx, unknown))
            registered = len(unknown)
        left = () if asked.register else names
        done.append(_save(parts, read, matched, asked, (left, registered)))
        counts = {
            "行": read.rows,
            "拒收": len(read.problems),
            "新作品": done[0].new_posts,
            "新数据": done[0].observations,
            "新登记账号": registered,
        }
        partial = bool(read.problems or left)
        return RunReport(RunOutcome.PARTIAL if partial else RunOutcome.DONE, counts)

    frame.run(parts, "load", work, {"file": name, "layout": read.layout})
    return done[0]


def _save(
    parts: Parts,
    read: LoadedFile,
    matched: dict[int, LoadedAccount],
    asked: Asked,
    registering: tuple[tuple[str, ...], int],
) -> Loaded:
    looked_at = to_second(parts.now())
    covers = asked.covers
    if covers is not None:
        covers = (covers[0], min(covers[1], looked_at))
    route = Route(
        platform=read.platform or "any",
        name=f"file/{read.layout}",
        source=Provenance.EXPORT,
        grade=read.grade,
        fresh_hours=168,
    )
    saved = harvests.save_file(parts.store, read, matched, route, covers, looked_at)
    left, registered = registering
    return Loaded(read, left, registered, saved.new_posts, saved.observations, saved.already)


def match(
    read: LoadedFile, known: Sequence[Account], picked: str
) -> tuple[dict[int, LoadedAccount], list[LoadedAccount]]:
    """What the file says of each account the registry knows, and what it says of others."""
    by_uid = {(each.platform, each.uid): each for each in known if each.uid}
    by_name: dict[tuple[str, str], list[Account]] = {}
    for each in known:
        by_name.setdefault((each.platform, each.name), []).append(each)
    matched: dict[int, LoadedAccount] = {}
    unknown: list[LoadedAccount] = []
    for said in read.accounts:
        account = (
            _pick(known, picked, read.platform) if picked else by_uid.get((said.platform, said.uid))
        )
        if account is None and not said.uid and not said.name:
            raise InputError("文件里没有账号名称", read.name, "请用 --account 指明账号名称或账号ID")
        if account is None:
            same_name = by_name.get((said.platform, said.name), [])
            account = same_name[0] if len(same_name) == 1 and not said.uid else None
        if account is None or account.id is None:
            unknown.append(said)
        else:
            matched[account.id] = replace(said, platform=account.platform)
    return matched, unknown


def _pick(known: Sequence[Account], picked: str, platform: str) -> Account:
    found = [
        each
        for each in known
        if picked in (each.uid, each.name) and platform in ("", each.platform)
    ]
    if len(found) != 1:
        trouble = "台账里没有" if not found else f"台账里有{len(found)}个"
        raise InputError(f"{trouble}名为“{picked}”的账号", "--account", "请改用账号ID")
    return found[0]


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
