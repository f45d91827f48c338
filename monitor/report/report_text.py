"""Group text of 填报: what a unit is asked, until when and where, to be pasted into its group."""

from monitor.domain.instants import shanghai
from monitor.domain.iso_week import say_week


def ask(unit: str, week: str, due: int, asked: tuple[int, str]) -> str:
    """The week's request to one unit; `asked` is how many accounts, and the link. Under 450 signs
    for every unit whose name and address are of ordinary length."""
    count, link = asked
    until = shanghai(due)
    return (
        f"【每周填报】{unit}:{say_week(week)}有{count}个账号待填,"
        f"请于{until.month}月{until.day}日{until:%H:%M}前打开链接填写,无需登录:\n{link}\n"
        "已知内容已填好,只需核对补充;没有变化可用“同上周,仅更新日期”。"
        "链接仅供本单位使用,请勿外传。已填请忽略。"
    )
