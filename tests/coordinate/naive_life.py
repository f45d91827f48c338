"""A naive account file on paper: the office's own words, a list of arrows, and a few ifs."""

from dataclasses import dataclass, field

ARROWS = {
    "申请开设": (("", "拟开设"), "拟开设"),
    "批准开设": (("拟开设",), "已批准待开通"),
    "登记开通": (("已批准待开通",), "在用"),
    "登记备案": (("在用", "暂停更新", "失管待找回", "待核", "拟关停", "公告中", "已关停"), ""),
    "申请变更": (("在用", "暂停更新", "失管待找回", "待核"), ""),
    "批准变更": (("在用", "暂停更新", "失管待找回", "待核"), ""),
    "批准暂停更新": (("在用",), "暂停更新"),
    "申请关停": (("在用", "暂停更新", "失管待找回", "待核"), "拟关停"),
    "批准关停": (("拟关停",), ""),
    "不予批准": (("拟开设", "在用", "暂停更新", "失管待找回", "待核", "拟关停"), "?"),
    "撤回申请": (("拟开设", "在用", "暂停更新", "失管待找回", "待核", "拟关停"), "?"),
    "登记公告": (("拟关停",), "公告中"),
    "登记关停": (("公告中",), "已关停"),
    "登记注销核验(平台侧)": (("已关停",), "?"),
    "登记注销核验(备案侧)": (("已关停", "已注销"), "?"),
    "标记失管": (("在用", "暂停更新", "待核"), "失管待找回"),
    "恢复在用": (("暂停更新", "失管待找回", "待核", "拟关停", "公告中"), "在用"),
    "年度核对确认": (
        ("在用", "暂停更新", "失管待找回", "待核", "拟关停", "公告中", "已关停"),
        "",
    ),
}
UNIT_ONLY = {"申请开设", "登记开通", "申请变更", "申请关停", "撤回申请"}
BOTH = {"登记备案", "登记公告", "登记关停", "登记注销核验(备案侧)", "恢复在用", "年度核对确认"}
ANSWERS = {"批准开设": "申请开设", "批准变更": "申请变更", "批准关停": "申请关停"}


@dataclass
class Paper:
    """One account as somebody would keep it by hand."""

    state: str = ""
    asked: str = ""
    asker: int = 0
    was: str = ""
    agreed: bool = False
    days_left: int = 0
    platform_gone: bool = False
    systems: set[str] = field(default_factory=set)
    deregistered: bool = False

    def press(self, button: str, side: str, who: int, system: str, waited: bool) -> bool:
        """Whether the button did something."""
        if not self._allowed(button, side, who) or not self._ready(button, waited):
            return False
        getattr(self, f"_{_NAMES.get(button, 'plain')}")(button, who, system)
        return True

    def _allowed(self, button: str, side: str, who: int) -> bool:
        if self.state not in ARROWS[button][0]:
            return False
        if button not in BOTH and (button in UNIT_ONLY) != (side == "主办单位"):
            return False
        if button in ANSWERS:
            return self.asked == ANSWERS[button] and who != self.asker
        if button == "撤回申请":
            return self.asked != ""
        return button != "不予批准" or (self.asked != "" and who != self.asker)

    def _ready(self, button: str, waited: bool) -> bool:
        if button.startswith("申请") and self.asked:
            return False
        if button == "登记公告":
            return self.agreed
        if button == "登记关停":
            return waited
        return button != "登记注销核验(平台侧)" or not self.platform_gone

    def _ask(self, button: str, who: int, _system: str) -> None:
        self.asked, self.asker = button, who
        if button == "申请关停":
            self.was, self.agreed = self.state, False
        self.state = ARROWS[button][1] or self.state

    def _answer(self, button: str, _who: int, _system: str) -> None:
        self.asked = ""
        self.agreed = self.agreed or button == "批准关停"
        self.state = ARROWS[button][1] or self.state

    def _refuse(self, _button: str, _who: int, _system: str) -> None:
        self.state = self.was if self.asked == "申请关停" else self.state
        self.asked = ""

    def _filed(self, _button: str, _who: int, system: str) -> None:
        self.systems.add(system)
        self.deregistered = False

    def _gone(self, button: str, _who: int, system: str) -> None:
        if "平台侧" in button:
            self.platform_gone = True
        else:
            self.systems.discard(system)
            self.deregistered = not self.systems or self.deregistered
        if self.platform_gone and self.deregistered:
            self.state = "已注销"

    def _back(self, _button: str, _who: int, _system: str) -> None:
        self.state, self.agreed = "在用", False
        self.asked = self.asked if self.asked == "申请变更" else ""

    def _plain(self, button: str, _who: int, _system: str) -> None:
        self.state = ARROWS[button][1] or self.state


_NAMES = {
    "申请开设": "ask",
    "申请变更": "ask",
    "申请关停": "ask",
    "批准开设": "answer",
    "批准变更": "answer",
    "批准关停": "answer",
    "不予批准": "refuse",
    "撤回申请": "refuse",
    "登记备案": "filed",
    "登记注销核验(平台侧)": "gone",
    "登记注销核验(备案侧)": "gone",
    "恢复在用": "back",
}
