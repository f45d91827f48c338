"""A naive office that approves on paper: lists and ifs, nothing shared with what it checks."""

from dataclasses import dataclass, field

WRITER, HEAD, DIRECTOR, CHIEF, SECRECY, FRIEND, BOTH = range(1, 8)
"""BOTH is section head and director in one person, which the rule of different people forbids."""
ROLES: dict[int, set[str]] = {
    WRITER: {"编辑", "科室负责人"},
    HEAD: {"科室负责人"},
    DIRECTOR: {"分管处领导"},
    CHIEF: {"厅领导"},
    SECRECY: {"保密审查员"},
    FRIEND: {"业务会签人"},
    BOTH: {"科室负责人", "分管处领导"},
}
YES = {"会签": "同意", "保密审查": "同意", "审核": "同意并呈报", "审签": "审签同意", "签发": "同意"}


@dataclass
class Line:
    """A line of the form, waiting for a signature."""

    place: int
    stage: str
    role: str
    holder: int | None = None
    by: int | None = None
    text: str = ""


@dataclass
class Office:
    """One form on its way."""

    text: str = "a"
    state: str = "拟稿"
    lines: list[Line] = field(default_factory=list)
    due: int = 0
    planned: int | None = None
    registrar: int | None = None
    paper_at: int = 0

    def tick(self, now: int) -> None:
        if self.state == "审批中" and now >= self.due:
            self.state = "待改期"

    def turn(self) -> list[Line]:
        left = [line for line in self.lines if line.by is None]
        return [line for line in left if line.place == min(each.place for each in left)]

    def mine(self, who: int) -> Line | None:
        """The line somebody may decide now; None where he may none."""
        if self.state != "审批中" or who == WRITER:
            return None
        own = [line for line in self.turn() if line.holder == who]
        own += [line for line in self.turn() if line.holder is None and line.role in ROLES[who]]
        if not own:
            return None
        apart = {"审核", "审签", "签发"}
        earlier = {line.by for line in self.lines if line.by and line.stage in apart}
        return None if own[0].stage in apart and who in earlier else own[0]

    def submit(self, who: int, now: int, lines: list[Line], due: int) -> bool:
        if who != WRITER or self.state not in {"拟稿", "已退回", "已撤回", "待改期"}:
            return False
        if self.planned is not None and self.planned <= now:
            return False
        whole = self.lines and all(each.by and each.text == self.text for each in self.lines)
        if self.state == "待改期" and whole:
            last = max(each.place for each in self.lines)
            for each in self.lines:
                if each.place == last:
                    each.by = None
        else:
            self.lines = lines
        self.state, self.due, self.registrar = "审批中", due, None
        return True

    def sign(self, who: int, now: int, word: str, seen: str) -> bool:
        line = self.mine(who)
        if line is None or YES[line.stage] != word or seen != self.text:
            return False
        line.by, line.text = who, self.text
        if all(each.by for each in self.lines):
            late = self.planned is not None and now > self.planned
            self.state = "待改期" if late else "已签发"
        return True

    def back(self, who: int, word: str, seen: str, opinion: str) -> bool:
        line = self.mine(who)
        if line is None or seen != self.text or not opinion:
            return False
        if word == "不予签发" and line.stage not in {"审签", "签发"}:
            return False
        self.state = "已退回" if word == "退回修改" else "不予签发"
        return True

    def hand(self, who: int, seen: str, to: int) -> bool:
        line = self.mine(who)
        if line is None or seen != self.text or to in {who, WRITER}:
            return False
        if line.role not in ROLES[to]:
            return False
        line.holder = to
        return True

    def amend(self, who: int, text: str, planned: int | None) -> bool:
        if who != WRITER or self.state == "不予签发":
            return False
        if text == self.text and self.state == "待改期":
            self.planned = planned
            return True
        if text == self.text and planned == self.planned:
            return False
        self.text, self.planned, self.lines, self.registrar = text, planned, [], None
        if self.state not in {"拟稿", "已退回", "已撤回"}:
            self.state = "拟稿"
        return True

    def withdraw(self, who: int) -> bool:
        if who != WRITER or self.state not in {"审批中", "待改期", "线下签批待确认"}:
            return False
        self.state, self.registrar = "已撤回", None
        return True

    def paper(self, who: int, seen: str, now: int, signed_at: int) -> bool:
        states = {"拟稿", "审批中", "已退回", "待改期"}
        if who != WRITER or self.state not in states or seen != self.text or signed_at > now:
            return False
        self.state, self.registrar, self.lines, self.paper_at = "线下签批待确认", who, [], signed_at
        return True

    def confirm(self, who: int, seen: str) -> bool:
        allowed = who not in {WRITER, self.registrar} and "科室负责人" in ROLES[who]
        if self.state != "线下签批待确认" or not allowed or seen != self.text:
            return False
        late = self.planned is not None and self.paper_at > self.planned
        self.state = "待改期" if late else "已签发"
        return True
