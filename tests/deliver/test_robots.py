"""Group robots: signed as their services want it, refused in their words, unknown where unknown."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from monitor.deliver.channel import CHANNELS, Means
from monitor.deliver.robot import ROBOTS, home_of, token_of
from monitor.domain.errors import DeliveryError, InputError
from monitor.domain.instants import to_second
from monitor.domain.letter import Letter
from monitor.domain.robot import ROBOTS as TITLES
from tests.deliver.letters import AT
from tests.deliver.robot_services import SECRET, TOKENS, Services, robot_services

TEXT = "【协同发布】《年底防刷单诈骗提示》请于11月26日18:00前发布。"
LETTER = Letter("协同", "全文", group_text=TEXT)
NAMES = sorted(TITLES)


@pytest.fixture
def services() -> Iterator[Services]:
    with robot_services(to_second(AT)) as found:
        yield found


def send(services: Services, name: str, letter: Letter = LETTER, secret: str = SECRET) -> str:
    means = Means(options={name: services.means(name, secret)})
    return CHANNELS.get(name)(means).deliver(letter, "robot:1", "k", AT)


def refused(services: Services, name: str, **more: str) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        send(services, name, **more)
    return caught.value


def test_every_sort_has_a_name_for_the_screen() -> None:
    assert {each.name: each.title for each in ROBOTS} == dict(TITLES)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_arrives_word_for_word(services: Services, name: str) -> None:
    assert send(services, name)
    assert services.accepted == [(name, TEXT)]


@pytest.mark.parametrize("name", ["dingtalk", "feishu", "webhook"])
def test_another_secret_is_refused_for_good(services: Services, name: str) -> None:
    error = refused(services, name, secret="another")
    assert error.permanent
    assert not error.unknown
    assert services.accepted == []


@pytest.mark.parametrize(
    ("name", "answer", "permanent"),
    [
        ("wecom", {"errcode": 45009, "errmsg": "api freq out of limit"}, False),
        ("wecom", {"errcode": 93000, "errmsg": "invalid webhook url"}, True),
        ("wecom", {"errcode": 7, "errmsg": "whatever"}, True),
        ("dingtalk", {"errcode": 130101, "errmsg": "send too fast"}, False),
        ("dingtalk", {"errcode": 310000, "errmsg": "keywords not in content"}, True),
        ("feishu", {"code": 11232, "msg": "frequency limited"}, False),
        ("feishu", {"code": 19024, "msg": "Key Words Not Found"}, True),
    ],
)
def test_a_no_inside_a_200_is_a_no(
    services: Services, name: str, answer: dict[str, object], permanent: bool
) -> None:
    services.answers.append((200, answer))
    error = refused(services, name)
    assert (error.permanent, error.unknown) == (permanent, False)
    assert error.explained.remedy


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fate", ["hang up", "keep silent"])
def test_without_an_answer_nobody_knows(services: Services, name: str, fate: str) -> None:
    services.fate = fate
    error = refused(services, name)
    assert error.unknown
    assert TOKENS[name] not in str(error)


@pytest.mark.parametrize(
    ("status", "document", "kind"),
    [
        (503, b"", "again"),
        (429, b"", "again"),
        (404, b"", "final"),
        (302, b"", "final"),
        (500, b"", "unknown"),
        (504, b"", "unknown"),
        (200, b"<html>", "unknown"),
        (200, b"[]", "unknown"),
    ],
)
def test_each_status_says_what_to_do(
    services: Services, status: int, document: bytes, kind: str
) -> None:
    services.answers.append((status, document))
    error = refused(services, "wecom")
    found = {(False, False): "again", (True, False): "final", (False, True): "unknown"}
    assert found[error.permanent, error.unknown] == kind


def test_nobody_there_is_tried_again() -> None:
    with robot_services(0) as gone:
        pass
    error = refused(gone, "wecom")
    assert (error.permanent, error.unknown) == (False, False)


def test_what_one_message_cannot_hold_is_not_cut(services: Services) -> None:
    long = replace(LETTER, group_text="长" * 683)
    with pytest.raises(DeliveryError, match="2048") as caught:
        send(services, "wecom", long)
    assert caught.value.permanent
    assert services.accepted == []
    assert send(services, "wecom", replace(LETTER, group_text="长" * 682))


@pytest.mark.parametrize("name", ["wecom", "dingtalk", "feishu"])
def test_only_the_services_own_addresses_are_taken(name: str) -> None:
    sort = ROBOTS.get(name)
    assert token_of(sort, f" {sort.home}{TOKENS[name]}\n", sort.home) == TOKENS[name]
    for address in (
        "http://10.0.0.1/cgi-bin/webhook/send?key=a",
        sort.home.replace("https://", "http://") + TOKENS[name],
        sort.home.replace(".com/", ".com.example.cn/").replace(".cn/", ".cn.example/") + "abc",
        f"{sort.home}",
        f"{sort.home}abc&url=http://10.0.0.1",
        f"{sort.home}../../x",
        f"{sort.home}abc def",
    ):
        with pytest.raises(InputError):
            token_of(sort, address, sort.home)


def test_a_general_address_is_one_the_settings_name() -> None:
    sort, home = ROBOTS.get("webhook"), "https://bridge.example.cn/inside/"
    assert token_of(sort, f"{home}{TOKENS['webhook']}", home) == TOKENS["webhook"]
    for address in ("https://bridge.example.cn.evil.example/inside/x", f"{home}../x", f"{home}a@b"):
        with pytest.raises(InputError):
            token_of(sort, address, home)
    with pytest.raises(InputError, match=r"sentinel\.toml"):
        token_of(sort, f"{home}x", "")


def test_a_stand_in_takes_the_services_place() -> None:
    found = {each.name: home_of(each, "http://127.0.0.1:9/") for each in ROBOTS}
    assert found == {
        "wecom": "http://127.0.0.1:9/cgi-bin/webhook/send?key=",
        "dingtalk": "http://127.0.0.1:9/robot/send?access_token=",
        "feishu": "http://127.0.0.1:9/open-apis/bot/v2/hook/",
        "webhook": "http://127.0.0.1:9/",
    }
    assert home_of(ROBOTS.get("webhook")) == ""
