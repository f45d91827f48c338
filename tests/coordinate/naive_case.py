"""A naive case file on paper: one row per button as the office tells it, and a few ifs."""

from dataclasses import dataclass, field

DESK, CITY, UNIT = "承办处室", "市州", "责任单位"
OPEN = ("待核实", "待审核", "已交办", "整改中", "待初核", "待复核", "转关停程序")
ENDED = ("经核实不属实", "已销号", "已关停", "已合并")

# button: (who may, from where, to where); "" means it stays where it is, "?" depends
BUTTONS: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "属实": ((DESK,), ("待核实",), ""),
    "不属实": ((DESK,), ("待核实",), "?"),
    "暂缓": ((DESK,), ("待核实",), ""),
    "合并办理": ((DESK,), ("待核实", "待审核"), "已合并"),
    "提请审核": ((DESK,), ("待核实",), "待审核"),
    "同意交办": ((DESK,), ("待审核",), "已交办"),
    "退回": ((DESK,), ("待审核",), "待核实"),
    "签收": ((CITY, UNIT), ("已交办",), "?"),
    "转办": ((CITY,), ("已交办",), ""),
    "情况说明": ((UNIT,), OPEN, ""),
    "提交整改情况": ((UNIT,), ("整改中",), "?"),
    "申请复核": ((UNIT,), ("已交办", "整改中"), ""),
    "复核成立": ((DESK,), ("已交办", "整改中"), "经核实不属实"),
    "复核不成立": ((DESK,), ("已交办", "整改中"), ""),
    "申请延期": ((UNIT,), ("整改中",), ""),
    "同意延期": ((DESK,), ("整改中",), ""),
    "不予延期": ((DESK,), ("整改中",), ""),
    "初核通过": ((CITY,), ("待初核",), "待复核"),
    "复核通过并销号": ((DESK,), ("待复核",), "已销号"),
    "退回重改": ((DESK, CITY), ("待初核", "待复核"), "整改中"),
    "转关停程序": ((DESK, UNIT), ("待审核", "已交办", "整改中", "待复核"), "转关停程序"),
    "关停核验": ((DESK,), ("转关停程序",), "已关停"),
    "恢复整改": ((DESK,), ("转关停程序",), "?"),
    "提请通报": ((DESK,), ("已交办", "整改中", "待复核", "转关停程序"), ""),
    "登记约谈": ((DESK,), ("已交办", "整改中", "待复核", "转关停程序"), ""),
    "提醒催办": ((DESK, CITY), ("已交办", "整改中", "待初核"), ""),
    "自行恢复": ((DESK,), OPEN, ""),
    "更正": ((DESK,), ("已销号", "已关停"), "经核实不属实"),
}
SILENT = {"属实", "不属实", "提请审核", "同意交办", "签收", "转办", "同意延期", "初核通过"}
SILENT |= {"复核通过并销号", "提请通报", "提醒催办", "自行恢复"}
"""Buttons that may be pressed without a word."""


@dataclass
class Folder:
    """One case as somebody would keep it by hand."""

    city: bool
    state: str = "待核实"
    said: list[str] = field(default_factory=list)  # per problem: "", "属实", "不属实"
    passed_on: bool = False
    city_signed: bool = False
    asks_review: bool = False
    asks_time: bool = False
    put_to_unit: bool = False
    verifier: int = 0
    proposer: int = 0

    def holder(self) -> str:
        if self.state in ENDED:
            return ""
        if self.asks_review:
            return DESK
        if self.state == "已交办":
            return CITY if self.city and not self.passed_on else UNIT
        if self.state == "整改中":
            return DESK if self.asks_time else UNIT
        return CITY if self.state == "待初核" else DESK

    def may(self, button: str, side: str, who: int) -> bool:
        sides, states, _ = BUTTONS[button]
        if side not in sides or self.state not in states:
            return False
        needs = {
            "复核成立": self.asks_review,
            "复核不成立": self.asks_review,
            "同意延期": self.asks_time,
            "不予延期": self.asks_time,
            "提请通报": not self.asks_review,
            "转办": self.city and not self.passed_on,
            "提请审核": "属实" in self.said and "" not in self.said,
        }
        if not needs.get(button, True):
            return False
        own = {"申请复核", "申请延期", "提交整改情况", "签收", "退回重改"}
        if button in own and self.holder() != side:
            return False
        if button == "签收" and side == CITY and self.city_signed:
            return False
        apart = button in {"同意交办", "复核成立", "复核不成立"}
        return not (apart and who in (self.verifier, self.proposer))

    def press(self, button: str, side: str, who: int, number: int | None) -> None:
        marks = range(len(self.said)) if number is None else [number]
        if button in {"属实", "不属实"}:
            for each in marks:
                self.said[each] = button
            self.verifier = who
        target = BUTTONS[button][2]
        if button == "不属实":
            target = "经核实不属实" if set(self.said) == {"不属实"} else ""
        if button == "提交整改情况":
            target = "待初核" if self.city else "待复核"
        if button == "签收":
            target = "" if side == CITY else "整改中"
            self.city_signed = self.city_signed or side == CITY
        if button == "恢复整改":
            waits = "已交办" if self.city and not self.passed_on else "整改中"
            target = waits if self.put_to_unit else "待审核"
        if button == "转办":
            self.passed_on = self.city_signed = True
        self._papers(button, who)
        self.state = target or self.state

    def _papers(self, button: str, who: int) -> None:
        if button == "提请审核":
            self.proposer = who
        if button == "同意交办":
            self.put_to_unit = True
        if button == "退回":
            self.proposer = 0
        if button in {"申请复核", "复核成立", "复核不成立", "转关停程序"}:
            self.asks_review = button == "申请复核"
        if button in {"申请延期", "同意延期", "不予延期"}:
            self.asks_time = button == "申请延期"
        if button == "转关停程序":
            self.asks_time = False

    def runs(self) -> bool:
        """Whether the unit's days pass."""
        return self.holder() == UNIT
