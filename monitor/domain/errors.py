"""The error family: every one says in Chinese what is wrong, where, and what to do about it.

SentinelError
├── InputError        a person handed in something unusable        exit code 2
├── CannotRun         the machine is not in a state to run         exit code 3
│   └── StoreError    the database is locked, newer, read-only, full or not there
├── Forbidden         the signed-in person may not do this
├── Conflict          somebody else changed it first, or it was done already
│   └── Overtaken     a form was sent on top of a version that is not the newest any more
└── DeliveryError     a message did not leave; `permanent` says whether trying again helps
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Explained:
    """What is wrong, where it is, and what to do: three Chinese phrases."""

    what: str
    where: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        where = f"({self.where})" if self.where else ""
        remedy = f" 处理办法:{self.remedy}" if self.remedy else ""
        return f"{self.what}{where}。{remedy}".rstrip()


class SentinelError(Exception):
    """Something a person can act upon; `code` is the id that screen and log share."""

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        self.explained = Explained(what.rstrip("。"), where, remedy)
        super().__init__(str(self.explained))

    @property
    def code(self) -> str:
        """Eight characters that are the same for the same trouble, to look it up in the log."""
        return sha256(str(self.explained).encode()).hexdigest()[:8]


class InputError(SentinelError):
    """A person handed in something unusable."""


class CannotRun(SentinelError):  # noqa: N818  # reads as a sentence where it is raised
    """The machine is not in a state to run."""


class StoreError(CannotRun):
    """The database is locked, newer than the code, read-only, full or not there."""


class Forbidden(SentinelError):  # noqa: N818
    """The signed-in person may not do this."""


class Conflict(SentinelError):  # noqa: N818
    """Somebody else changed it first, or it was done already."""


class Overtaken(Conflict):
    """Somebody else saved first; nothing was written. `mine` are the words that were sent, `theirs`
    those that stand now, as `version`: both by field, so that a person can put them together."""

    def __init__(
        self, where: str, mine: Mapping[str, str], theirs: Mapping[str, str], version: int
    ) -> None:
        super().__init__(
            "另一位同事刚刚保存过,您填的内容没有丢失", where, "请对照两份内容,合并后再提交"
        )
        self.mine = dict(mine)
        self.theirs = dict(theirs)
        self.version = version


class DeliveryError(SentinelError):
    """A message did not leave, or (`unknown`) nobody can say whether it arrived."""

    def __init__(
        self,
        what: str,
        where: str = "",
        remedy: str = "",
        *,
        permanent: bool = False,
        unknown: bool = False,
    ) -> None:
        super().__init__(what, where, remedy)
        self.permanent = permanent
        self.unknown = unknown
