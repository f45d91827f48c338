"""What happens to an invented 整改单, deed by deed: so many days before its base, by whose hand."""

from typing import Final

from monitor.demo.case_telling import Base, By, Deed, Story
from monitor.domain.case import Measure, Move, Reason, Source


def _put(ago: int, measure: Measure, days: int, wait: int = 1) -> tuple[Deed, ...]:
    """Confirmed and put forward the same day; `wait` days later the section head puts it out."""
    return (*_asked(ago, measure, days), Deed(ago - wait, Move.ASSIGN, By.HEAD))


def _asked(ago: int, measure: Measure, days: int) -> tuple[Deed, ...]:
    return (
        Deed(ago, Move.CONFIRM, By.EDITOR),
        Deed(ago, Move.SUBMIT, By.EDITOR, measure=measure, days=days),
    )


def _at_work(ago: int, measure: Measure, days: int) -> tuple[Deed, ...]:
    """Put out, signed and passed on by the city, signed by the unit."""
    return (
        *_put(ago, measure, days),
        Deed(ago - 1, Move.SIGN, By.CITY),
        Deed(ago - 2, Move.FORWARD, By.CITY, "请抓紧办理,按期反馈。"),
        Deed(ago - 3, Move.SIGN, By.UNIT),
    )


M, R = Measure, Reason
FIX: Final = M.PUT_RIGHT
STUDY: Final = "已安排专人接手,本周恢复发布。"
NO_HANDS: Final = "所里无专职运维力量,申请关停,有关内容并入县级局主账号。"

FRESH: Final = (
    # Just found: the office has its hands full with these.
    Story("slack", 4, 2, _put(2, FIX, 3)),
    Story("slack", 7, 1),
    Story("slack", 3, 2, _asked(2, FIX, 3)),
    Story("slack", 2, 2, (Deed(1, Move.DEFER, By.EDITOR, "待单位补交后台导出后再核。"),)),
    Story(
        "slack",
        1,
        2,
        (
            *_asked(2, FIX, 3),
            Deed(1, Move.SEND_BACK, By.HEAD, "请先电话核实运维员是否在岗,再提请。"),
        ),
    ),
    Story("slack", 2, 4, (*_put(4, FIX, 3), Deed(2, Move.SIGN, By.CITY))),
    Story(
        "slack",
        2,
        4,
        (
            *_put(4, FIX, 3),
            Deed(3, Move.SIGN, By.CITY),
            Deed(2, Move.FORWARD, By.CITY, "请今日签收。"),
            Deed(1, Move.EXPLAIN, By.UNIT, "运维员借调,正在交接账号口令。"),
        ),
    ),
    # What a look found that no machine sees, or a unit told of itself.
    Story(
        "mute",
        2,
        9,
        (
            *_at_work(9, FIX, 5),
            Deed(2, Move.HAND_IN, By.UNIT, "已开通评论留言,请核验。"),
        ),
        source=Source.PATROL,
    ),
    Story(
        "mute",
        2,
        11,
        (
            *_at_work(11, FIX, 5),
            Deed(4, Move.HAND_IN, By.UNIT, "已开通私信并指定专人回复。"),
            Deed(2, Move.PASS_ON, By.CITY),
        ),
    ),
    Story("mute", 2, 5, _at_work(5, FIX, 5), source=Source.CITIZENS),
    Story("mute", 2, 1),
    Story(
        "unfiled",
        1,
        8,
        (
            *_at_work(8, FIX, 5),
            Deed(3, Move.HAND_IN, By.UNIT, "备案申请已提交,备案号待批。"),
            Deed(2, Move.PASS_ON, By.CITY),
        ),
        source=Source.SELF,
        kind="未备案",
        said="单位自查:账号开设后未在省平台备案,系统中也查不到备案号。",
    ),
    Story(
        "unfiled",
        2,
        3,
        _at_work(3, FIX, 5)[:-1],
        source=Source.SUPERIOR,
        kind="未备案",
        said="上级抽查时在省平台未查到该账号的备案号。",
    ),
)

SLEEPERS: Final = (
    Story("sleepy", 4, 6, _at_work(6, FIX, 5)),
    Story(
        "sleepy",
        3,
        16,
        (
            *_at_work(16, FIX, 5),
            Deed(3, Move.REMIND, By.EDITOR, "已超过整改期限,请尽快恢复发布并反馈。"),
        ),
    ),
    Story(
        "sleepy",
        2,
        15,
        (
            *_at_work(15, FIX, 5),
            Deed(9, Move.ASK_TIME, By.UNIT, "设备送修,下周取回。", days=8),
            Deed(8, Move.GRANT, By.HEAD, "同意,请按期恢复。", days=8),
        ),
    ),
    Story(
        "sleepy",
        1,
        7,
        (*_at_work(7, FIX, 5), Deed(1, Move.ASK_TIME, By.UNIT, "运维员病假,下周返岗。", days=3)),
    ),
    Story(
        "sleepy",
        2,
        5,
        (
            *_at_work(5, FIX, 5),
            Deed(1, Move.APPEAL, By.UNIT, "本账号已口头报请暂停更新,申请复核。"),
        ),
    ),
    Story(
        "sleepy",
        1,
        12,
        (
            *_at_work(12, FIX, 5),
            Deed(8, Move.APPEAL, By.UNIT, "认为节假日应予扣除,申请复核。"),
            Deed(6, Move.REJECT, By.HEAD, "停更期间无节假日安排,维持原认定。"),
        ),
    ),
    Story(
        "sleepy",
        2,
        17,
        (
            *_at_work(17, FIX, 5),
            Deed(11, Move.HAND_IN, By.UNIT, STUDY),
            Deed(10, Move.REDO, By.CITY, "未见新作品,请恢复发布后再报。"),
        ),
    ),
)

WORST: Final = (
    Story(
        "zombie",
        4,
        21,
        (*_at_work(21, M.CLOSE, 15), Deed(4, Move.TO_CLOSURE, By.UNIT, NO_HANDS)),
    ),
    Story(
        "zombie",
        2,
        40,
        (
            *_at_work(40, FIX, 5),
            Deed(24, Move.REMIND, By.EDITOR, "已超过整改期限。"),
            Deed(12, Move.NAMED, By.HEAD, "逾期未改,提请通报。"),
        ),
    ),
    Story(
        "zombie",
        1,
        44,
        (
            *_at_work(44, FIX, 5),
            Deed(20, Move.NAMED, By.HEAD, "逾期未改,提请通报。"),
            Deed(10, Move.TALKED, By.EDITOR, "已约谈单位负责人,承诺月底前恢复或关停。"),
        ),
    ),
    Story("zombie", 2, 2, _asked(2, M.CLOSE, 15)),
    Story("zombie", 3, 1),
    Story("ended", 2, 30, (*_put(30, M.CLOSE, 15), Deed(27, Move.TO_CLOSURE, By.EDITOR, NO_HANDS))),
    Story("ended", 2, 1, source=Source.PATROL),
    Story("never", 2, 10, _at_work(10, FIX, 5)),
    Story("never", 2, 1),
)

OVER: Final = (
    # An earlier silence: put right, or over before anybody was told.
    Story(
        "fell twice",
        7,
        8,
        (
            *_at_work(8, FIX, 5),
            Deed(-1, Move.HAND_IN, By.UNIT, "已恢复发布,并落实A、B岗。"),
            Deed(-2, Move.PASS_ON, By.CITY),
            Deed(-3, Move.CLOSE, By.EDITOR, "已恢复发布,予以销号。"),
        ),
        Base.SILENCE,
    ),
    Story(
        "fell twice",
        3,
        4,
        (
            Deed(-2, Move.RECOVERED, By.EDITOR),
            Deed(-3, Move.DISMISS, By.EDITOR, "交办前已恢复发布。", reason=R.POSTED),
        ),
        Base.SILENCE,
    ),
    Story(
        "slept twice",
        6,
        14,
        (
            *_at_work(14, FIX, 10),
            Deed(1, Move.HAND_IN, By.UNIT, "已恢复发布。"),
            Deed(0, Move.PASS_ON, By.CITY),
            Deed(-1, Move.CLOSE, By.EDITOR, "近期更新正常,予以销号。"),
        ),
        Base.SILENCE,
    ),
    Story(
        "removed",
        5,
        40,
        (
            *_at_work(40, M.CLOSE, 15),
            Deed(25, Move.TO_CLOSURE, By.UNIT, NO_HANDS),
            Deed(-3, Move.SHUT, By.EDITOR, "平台页面已注销,核验无误。"),
        ),
        Base.CLOSURE,
    ),
)

STORIES: Final = (*FRESH, *SLEEPERS, *WORST, *OVER)
"""In the order in which they take their accounts, so that a small province has most kinds."""

PAIR: Final = Story(
    "second",
    2,
    13,
    _at_work(13, FIX, 15),
    source=Source.SELF,
    kind="多头",
    said="同一单位在抖音有两个账号,原账号口令遗失后另开,应合并为一个。",
)
"""A unit's two accounts: one case for both. The older one's is merged into the newer one's."""
MERGED: Final = Deed(1, Move.MERGE, By.EDITOR, "与同单位另一账号的问题一并办理。")
