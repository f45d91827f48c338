"""The same flow as a clerk would keep it on paper: one list of what comes after what."""

from dataclasses import dataclass

WAY = ["周期运行", "初评", "结果反馈", "复核", "待审定", "审定", "通报", "归档"]
OFFICE = {"生成初评", "反馈各单位", "转入复核", "提请审定", "印发", "归档", "更正单"}
NEXT = {
    "反馈各单位": ("初评", "结果反馈"),
    "转入复核": ("结果反馈", "复核"),
    "提请审定": ("复核", "待审定"),
    "退回复核": ("待审定", "复核"),
    "审定": ("待审定", "审定"),
    "印发": ("审定", "通报"),
}


@dataclass
class Folder:
    """A file on the clerk's desk; `waited`: the days of 结果反馈 are over."""

    trial: bool
    state: str = "周期运行"
    holder: int | None = None

    def press(self, move: str, who: int, head: bool, waited: bool, left: int) -> bool:
        """Whether the clerk lets it pass; then it lies where it now belongs."""
        if head == (move in OFFICE):
            return False
        if move == "更正单":
            return self.state in ("审定", "通报", "归档")
        after = self._after(move)
        if after is None or (move == "转入复核" and not waited) or (move == "提请审定" and left):
            return False
        if move == "审定" and who == self.holder:
            return False
        self.state, self.holder = after, who
        return True

    def _after(self, move: str) -> str | None:
        if move == "生成初评":
            return "初评" if self.state in ("周期运行", "初评") else None
        if move == "归档":
            return (
                "归档"
                if self.state == ("审定" if self.trial else "通报")
                or (self.trial and self.state == "通报")
                else None
            )
        if move == "印发" and self.trial:
            return None
        before, after = NEXT.get(move, ("", ""))
        return after if before and self.state == before else None
