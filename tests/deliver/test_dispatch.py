"""When a letter that did not leave is tried again."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.deliver.dispatch import PAUSES, outlook, retry_at
from monitor.domain.errors import DeliveryError

NOW = 1_795_000_000
DOWN = DeliveryError("连接不上邮件服务器")
NOBODY = DeliveryError("收件地址被拒收", permanent=True)


@given(st.integers(1, 1000))
def test_what_no_repeat_can_mend_is_never_repeated(attempts: int) -> None:
    assert retry_at(NOW, attempts, NOBODY) is None


@given(st.integers(1, len(PAUSES) - 1))
def test_every_pause_is_longer_than_the_one_before(attempts: int) -> None:
    this, following = retry_at(NOW, attempts, DOWN), retry_at(NOW, attempts + 1, DOWN)
    assert this is not None
    assert following is not None
    assert NOW < this < following


def test_a_server_down_over_a_weekend_night_is_outlasted_and_a_dead_one_given_up() -> None:
    waited = 0
    attempts = 1
    while (again := retry_at(NOW + waited, attempts, DOWN)) is not None:
        waited, attempts = again - NOW, attempts + 1
    assert 24 * 3600 < waited < 72 * 3600
    assert attempts == len(PAUSES) + 1


def test_a_person_is_told_what_happens_next() -> None:
    assert outlook(NOW, 1, DOWN) == "第1次未送达,1分钟后自动重试"
    assert outlook(NOW, 4, DOWN) == "第4次未送达,1小时后自动重试"
    assert outlook(NOW, 9, DOWN) == "已尝试9次均未送达,不再自动重试"
    assert outlook(NOW, 1, NOBODY).startswith("未送达,不再自动重试")
