"""包: evidence leaves a collector outside as a sealed bundle, and enters a desk inside."""

import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from monitor.access import bundle_archive, seals
from monitor.domain.bundle import LABELS, Bundle, Entry, Manifest, known, refusal
from monitor.domain.errors import CannotRun, InputError
from monitor.domain.instants import to_second
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import audit, bundle_content, bundle_taking, bundles, office_settings
from monitor.record.store import Writing
from monitor.runs import files, frame
from monitor.runs.parts import Parts

LARGEST: Final = 4_000_000_000
ORIGIN: Final = "bundle_origin"
START: Final = Entry(0, 0, "")


@dataclass(frozen=True)
class Made:
    """A bundle that was written: its number, the SHA-256 of the file, and what is in it."""

    number: int
    sha256: str
    told: str


@dataclass(frozen=True)
class TakenIn:
    """A bundle taken in, or known already; `unknown` are accounts that are not in the ledger."""

    number: int
    sha256: str
    told: str
    already: bool = False
    unknown: tuple[str, ...] = ()


def new_key(path: Path) -> None:
    """Write a fresh shared key that only its owner may read; an old one is never replaced."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise InputError(f"密钥文件写不进去:{error.strerror}", str(path), "请换一个路径") from error
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(seals.KEY_BYTES))


def out(parts: Parts, target: Path, since: int | None = None) -> Made:
    """Write what was recorded after bundle `since` (the last one; 0: everything) into a new file.

    The file stands whole or not at all, and the bundle is remembered before it can leave.
    """
    key = _key(parts)
    if target.exists():
        raise InputError("文件已存在", str(target), "请换一个文件名,数据包不覆盖旧文件")
    made: list[Made] = []

    def work(_under: frame.Under) -> RunReport:
        bundle, entry = _gather(parts, since)
        content = bundle_archive.pack(bundle, key)
        entry = replace(entry, sha256=seals.digest(content))
        waiting = _written(target, content)
        with parts.store.writing(durable=True) as tx:
            origin, counts = bundle.manifest.origin, bundle.manifest.counts
            bundles.add(tx, bundles.OUT, origin, entry, counts)
            audit.add(tx, None, "生成数据包", "bundle", str(entry.number), entry.sha256)
        waiting.replace(target)
        made.append(Made(entry.number, entry.sha256, _say(bundle)))
        return RunReport(RunOutcome.DONE, {LABELS[k]: v for k, v in counts.items() if k in LABELS})

    frame.run(parts, "bundle-out", work, {"file": target.name})
    return made[0]


def _gather(parts: Parts, since: int | None) -> tuple[Bundle, Entry]:
    with parts.store.writing(durable=True, alone=True) as tx:
        origin = _origin(tx)
        mark, pass_mark = bundles.reach(tx)
        before = bundles.entries(tx, bundles.OUT, origin)
    last = before[-1].number if before else 0
    begin = last if since is None else since
    after = next((each for each in (START, *before) if each.number == begin), None)
    if after is None:
        raise InputError(f"没有第{begin}号数据包", "--since", f"最近一号是{last};0 表示从头")
    entry = Entry(last + 1, begin, "", mark, pass_mark)
    with parts.store.reading() as tx:
        rows = bundle_content.gather(tx, after, entry)
    counts = {part: len(every) for part, every in rows.items()}
    now = to_second(parts.now())
    return Bundle(Manifest(origin, last + 1, begin, after.sha256, now, counts), rows), entry


def _origin(tx: Writing) -> str:
    """What tells this collector's bundles from another's."""
    kept = office_settings.get(tx, ORIGIN)
    if kept is not None:
        return str(kept.value["id"])
    origin = secrets.token_hex(8)
    office_settings.put(tx, ORIGIN, {"id": origin}, None)
    return origin


def _written(target: Path, content: bytes) -> Path:
    """The content safe on the disk beside its last place."""
    waiting = target.with_name(f".{target.name}.part")
    try:
        with waiting.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise InputError(
            f"文件写不进去:{error.strerror}", str(target), "请检查文件夹是否存在、是否可写"
        ) from error
    return waiting


def take(parts: Parts, path: Path) -> TakenIn:
    """Take in a bundle; InputError where it is not sound or not the next one: nothing is saved."""
    content = files.read(path, LARGEST)
    sha256 = seals.digest(content)
    bundle = bundle_archive.unpack(content, _key(parts), path.name)
    number = bundle.manifest.number
    if _already(parts, bundle.manifest, sha256, path.name):
        return TakenIn(number, sha256, "此前已经导入,没有任何改动", already=True)
    done: list[bundle_taking.Taken] = []

    def work(under: frame.Under) -> RunReport:
        entry = Entry(number, bundle.manifest.since, sha256)
        taken = bundle_taking.take(parts.store, bundle, entry, under.run_id)
        done.append(taken)
        with parts.store.writing(durable=True) as tx:
            audit.add(tx, None, "导入数据包", "bundle", str(number), sha256)
        counts = {"新作品": taken.posts, "新数据": taken.observations, "采集轮次": taken.passes}
        counts |= {"数据完整度": taken.coverage, "未知账号": len(taken.unknown)}
        outcome = RunOutcome.PARTIAL if taken.unknown else RunOutcome.DONE
        return RunReport(outcome, counts)

    report = frame.run(parts, "bundle-in", work, {"file": path.name})
    told = "、".join(f"{key} {value}" for key, value in report.counts.items()) if report else ""
    return TakenIn(number, sha256, told, unknown=done[0].unknown)


def _already(parts: Parts, manifest: Manifest, sha256: str, name: str) -> bool:
    with parts.store.reading() as tx:
        taken = bundles.entries(tx, bundles.IN, manifest.origin)
    same = known(manifest, sha256, taken)
    if same:
        return True
    if same is None:
        raise InputError(
            f"已导入过另一个第{manifest.number}号数据包,未导入任何内容", name, "请核对SHA-256"
        )
    why = refusal(manifest, taken)
    if why:
        raise InputError(
            f"{why},未导入任何内容",
            name,
            "请按编号补齐后再导入;缺的文件找不到时,可在采集端用 --since 重新生成",
        )
    return False


def _key(parts: Parts) -> bytes:
    path = parts.bundle_key_file
    if path is None:
        raise CannotRun(
            "没有设置数据包密钥",
            "设置项 bundle_key_file 或 SENTINEL_BUNDLE_KEY_FILE",
            "在一侧用 sentinel bundle key 生成,经可靠途径交给另一侧",
        )
    return seals.key_of(files.read(path, 4096).decode("ascii", "replace"), str(path))


def _say(bundle: Bundle) -> str:
    counts = bundle.manifest.counts
    return "、".join(f"{label} {counts.get(part, 0)}" for part, label in LABELS.items())
