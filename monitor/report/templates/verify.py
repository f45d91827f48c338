"""Self-check of 核查佐证材料: it needs Python alone, and shares no code with what made the pack.

It lies in every pack as `verify.py`. It compares each file with its hash, then works the silence
out again from the raw rows in 数据.json under the numbers of both standards, by cutting time at
every instant that is named anywhere and asking of each piece whether it counts.
"""

import hashlib
import json
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

BEGINNING = -(1 << 40)
MANIFEST, DATA = "校验值.txt", "数据.json"
PATROL, NOT_COUNTED, UNDECIDED, FAIL = "人工巡查", "不纳入", "暂不作认定", "不合格"
HINT = "提醒"
FIGURES = ("outcome", "status", "status_max", "cutoff", "silence_min", "silence_max")
Piece = tuple[int, int]
Row = dict[str, Any]


def pieces(start: int, end: int, parts: list[Piece]) -> list[Piece]:
    """[start, end) cut at every edge of `parts`."""
    edges = {edge for part in parts for edge in part if start < edge < end}
    cuts = [start, *sorted(edges), end]
    return list(pairwise(cuts)) if start < end else []


def lies_in(piece: Piece, parts: list[Piece]) -> bool:
    """Whether a piece, which no edge cuts, lies in one of the parts."""
    return any(a <= piece[0] and piece[1] <= b for a, b in parts)


def counted(start: int, end: int, excused: list[Piece]) -> int:
    """The seconds of [start, end) that are not excused."""
    return sum(b - a for a, b in pieces(start, end, excused) if not lies_in((a, b), excused))


def runs_out(start: int, seconds: int, excused: list[Piece], end: int) -> int:
    """The first instant by which `seconds` have been counted from `start`."""
    left = seconds
    for a, b in pieces(start, end, excused):
        if lies_in((a, b), excused):
            continue
        if b - a >= left:
            return a + left
        left -= b - a
    return end


def covered(rows: list[Row], as_of: int) -> list[Piece]:
    """The stretches that some row covers, the newest first."""
    parts = [(row["a"], min(row["b"], as_of)) for row in rows]
    if not parts:
        return []
    joined: list[Piece] = []
    for a, b in pieces(min(a for a, _ in parts), max(b for _, b in parts), parts):
        if not lies_in((a, b), parts):
            continue
        if joined and joined[-1][1] == a:
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return joined[::-1]


def sufficient(data: Row, book: Row) -> list[Row]:
    """The rows this standard accepts: not withdrawn, of the grade it asks for."""
    found = []
    for row in data["coverage"]:
        grade = row["grade"] if row["ceiling"] is None else min(row["grade"], row["ceiling"])
        blind = (
            data["account"]["platform"] == "wechat"
            and row["source"] == PATROL
            and not book["notified_only"]
            and book["least_grade"] > 0
        )
        if row["revoked_at"] is None and row["a"] < row["b"] and grade >= book["least_grade"]:
            found += [] if blind else [row]
    return found


def excused(data: Row, book: Row) -> list[Piece]:
    """Agreed silence of the kinds, and time in the states, that this standard excuses."""
    kinds = book["excused_kinds"]
    parts = [(row["a"], row["b"]) for row in data["excuses"] if row["kind"] in kinds]
    parts += [
        (row["valid_from"], row["valid_until"])
        for row in data["standings"]
        if row["state"] in kinds
    ]
    return parts


def began(data: Row) -> tuple[int, int, int]:
    """Earliest and latest second the silence can have begun, and the last second of a post."""
    as_of, account = data["as_of"], data["account"]
    posts = [(row["published_from"], row["published_until"]) for row in data["posts"]]
    opened = BEGINNING if account["opened_from"] is None else account["opened_from"]
    if posts:
        opened = BEGINNING if opened >= as_of else opened
        latest = max(min(until, as_of - 1) for _, until in posts)
        if latest >= opened:
            over = [first for first, until in posts if until < as_of]
            return max([opened, *over]), latest, max(until for _, until in posts)
    until = account["opened_until"]
    until = max(account["registered_at"], opened) if until is None else until
    return opened, min(until, as_of - 1), until


def judged(data: Row, book: Row) -> Row:
    """Outcome, classes, cut-off and bounds under one standard."""
    first, last, floor = began(data)
    parts, as_of = excused(data, book), data["as_of"]
    shown: Row | None = None
    rows = sufficient(data, book)
    for start, end in covered(rows, as_of):
        reach = [row for row in rows if row["a"] < end and row["b"] > start]
        if end <= floor:
            break
        if max(row["b"] + row["fresh_s"] for row in reach) < as_of:
            continue
        found = _at_cutoff(book, parts, (start, end), (first, last), reach)
        if found["outcome"] != UNDECIDED:
            return _named(data, book, found, (start, end), (first, last))
        shown = shown or found
    low = counted(max(as_of - 1, last), as_of, parts)
    high = None if first <= BEGINNING else counted(first, as_of, parts)
    if high is not None and high <= book["limit"]:
        return _classed(book, None, low, high)
    return shown or _figures(UNDECIDED, UNDECIDED, UNDECIDED, None, low, high)


def _at_cutoff(
    book: Row, parts: list[Piece], stretch: Piece, start: Piece, reach: list[Row]
) -> Row:
    """What can be said at the end of one covered stretch."""
    since, at = max(stretch[0] - 1, start[1]), stretch[1]
    low = counted(since, at, parts)
    high = None if start[0] <= BEGINNING else counted(start[0], at, parts)
    if low > book["limit"]:
        out = runs_out(since, book["limit"], parts, at)
        looks = [row for row in reach if row["b"] > out]
        seen = [row["looked_at"] for row in looks]
        apart = max(seen) - min(seen) >= min(row["confirm_s"] for row in looks)
        if not book["confirm"] or apart:
            return _classed(book, at, low, high)
    elif high is not None and high <= book["limit"]:
        return _classed(book, at, low, high)
    return _figures(UNDECIDED, UNDECIDED, UNDECIDED, at, low, high)


def _named(data: Row, book: Row, found: Row, stretch: Piece, start: Piece) -> Row:
    """从未更新 instead of the class, where nothing was ever seen since the opening."""
    never = book["never_updated"]
    whole = not data["account"]["any_post"] and stretch[0] <= start[0]
    if never is None or found["outcome"] != FAIL or not whole:
        return found
    if stretch[1] - start[1] <= never["over_seconds"]:
        return found
    return found | {"status": never["name"], "status_max": never["name"]}


def _classed(book: Row, at: int | None, low: int, high: int | None) -> Row:
    reached = [one for one in book["classes"] if low > one["over_seconds"]] or book["classes"][:1]
    most = [one for one in book["classes"] if high is None or high > one["over_seconds"]]
    most = most or book["classes"][:1]
    return _figures(reached[-1]["outcome"], reached[-1]["name"], most[-1]["name"], at, low, high)


def _figures(*values: Any) -> Row:
    return dict(zip(FIGURES, values, strict=True))


def read(place: Path) -> dict[str, bytes]:
    """Every file of a pack, by name: of the zip itself, or of the folder it was opened in."""
    if place.is_dir():
        return {each.name: each.read_bytes() for each in place.iterdir() if each.is_file()}
    with zipfile.ZipFile(place) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def check(files: dict[str, bytes]) -> list[str]:
    """What is not as it should be, a Chinese sentence each."""
    if MANIFEST not in files or DATA not in files:
        return ["缺少 校验值.txt 或 数据.json,材料不完整。"]
    wrong = []
    for line in files[MANIFEST].decode().splitlines():
        digest, _, name = line.partition("  ")
        if name not in files:
            wrong.append(f"缺少文件:{name}")
        elif hashlib.sha256(files[name]).hexdigest() != digest:
            wrong.append(f"文件被改动:{name}")
    return wrong or arithmetic(json.loads(files[DATA]))


def arithmetic(data: Row) -> list[str]:
    """Where a figure told differs from the one worked out here."""
    wrong = []
    for name, book in data["rulebooks"].items():
        told = data["judged"][name]
        if told["outcome"] == NOT_COUNTED:
            continue
        found = judged(data, book)
        if told.get("eased") and found["outcome"] == FAIL:
            found |= dict.fromkeys(("outcome", "status", "status_max"), HINT)
        wrong += [
            f"{name}:{each} 材料写明 {told[each]},复算为 {found[each]}"
            for each in FIGURES
            if told[each] != found[each]
        ]
    return wrong


def main(arguments: list[str]) -> int:
    """Say whether a pack is whole and its figures follow from its rows; 0 where they do."""
    place = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    wrong = check(read(place))
    well = "文件完整,静默时长和两种口径的结论与原始记录复算一致。"
    sys.stdout.write("".join(f"{each}\n" for each in wrong or [well]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
