"""导: a file that waited on this machine for its job is taken in and then removed."""

import re
from collections.abc import Mapping
from pathlib import Path

from monitor.domain.errors import InputError
from monitor.domain.running import RunOutcome, RunReport
from monitor.runs import files, load
from monitor.runs.parts import Parts

_HASH = re.compile(r"[0-9a-f]{64}")


def run(parts: Parts, arguments: Mapping[str, str]) -> RunReport:
    """Take in the upload a job names, for the accounts its asker may write to."""
    waiting = _waiting(parts, arguments.get("file", ""))
    content = files.read(waiting, parts.largest_file)
    covers = arguments.get("covers", "")
    asked = load.Asked(
        account=arguments.get("account", ""),
        only=frozenset(int(each) for each in arguments.get("accounts", "").split(",") if each),
        covers=load.parse_covers(covers) if covers else None,
    )
    done = load.take(parts, content, arguments.get("path", ""), asked)
    waiting.unlink(missing_ok=True)
    return _report(done)


def _waiting(parts: Parts, name: str) -> Path:
    if _HASH.fullmatch(name) is None:
        raise InputError("任务没有指明文件", name, "请重新导入")
    return parts.local_dir / "uploads" / name


def _report(done: load.Loaded) -> RunReport:
    if done.already:
        return RunReport(RunOutcome.DONE, {"先前已导入": 1})
    counts = {
        "行": done.file.rows,
        "拒收": len(done.file.problems),
        "新作品": done.new_posts,
        "新数据": done.observations,
    }
    partial = bool(done.file.problems or done.unknown)
    return RunReport(RunOutcome.PARTIAL if partial else RunOutcome.DONE, counts)
