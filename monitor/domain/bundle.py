"""Bundle 数据包: evidence on its way from a collector outside to a desk inside, all in order."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

FORMAT: Final = 1
Rows = list[dict[str, Any]]
PARTS: Final = (
    "accounts",
    "routes",
    "posts",
    "post_numbers",
    "account_numbers",
    "services",
    "passes",
    "coverage",
    "revocations",
    "ceilings",
)
"""What a bundle holds, a file of JSON lines each."""
LABELS: Final[Mapping[str, str]] = {
    "accounts": "账号",
    "posts": "作品",
    "post_numbers": "作品数据",
    "account_numbers": "账号数据",
    "services": "服务核查",
    "passes": "采集轮次",
    "coverage": "数据完整度",
    "revocations": "撤销",
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself.

    It is the `number`th of the collector `origin` and holds what was recorded after its bundle
    `since` (0: from the beginning), whose SHA-256 is `since_sha256`. `made_at` is in seconds.
    """

    origin: str
    number: int
    since: int
    since_sha256: str
    made_at: int
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A manifest and the rows under it, by part; `n` names an account within the bundle."""

    manifest: Manifest
    rows: Mapping[str, Rows]


@dataclass(frozen=True, slots=True)
class Entry:
    """A bundle as a store remembers it; `mark` and `pass_mark` say up to where it reached."""

    number: int
    since: int
    sha256: str
    mark: int = 0
    pass_mark: int = 0


def refusal(manifest: Manifest, taken: Collection[Entry]) -> str:
    """Why a bundle may not follow those `taken` of the same origin, in Chinese; '' where it may.

    It follows where nothing lies between what it begins after and what was taken last.
    """
    by_number = {each.number: each for each in taken}
    last = max(by_number, default=0)
    if manifest.since > last:
        missing = "、".join(str(number) for number in range(last + 1, manifest.since + 1))
        return f"数据包第{manifest.number}号接不上:缺第{missing}号"
    before = by_number.get(manifest.since)
    if before is not None and before.sha256 != manifest.since_sha256:
        return f"数据包第{manifest.number}号与已导入的第{manifest.since}号不是同一条链"
    return ""


def known(manifest: Manifest, sha256: str, taken: Collection[Entry]) -> bool | None:
    """True where this very bundle, or a later one that holds all of it, was taken; None where
    another one was taken under its number."""
    for each in taken:
        if each.number == manifest.number:
            return True if each.sha256 == sha256 else None
    return any(each.since <= manifest.since and each.number > manifest.number for each in taken)
