"""After sign-in one stays at this desk, whatever the address asked for."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.access.redirects import safe_path

DESK = "https://desk.example"
TRICKS = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%2fevil.example",
    "/%5cevil.example",
    "/%252fevil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/\tevil",
    "/\n/evil.example",
    "/ /evil.example",
    "/../auth/logout",
    "/./x",
    "/a//b",
    "/auth/login",
    "/auth",
    "/_stcore/health",
    "/x#y",
    "/x?y#z",
    "/x?u=http://evil.example",
    "evil.example",
    "/@evil.example",
    "/;evil",
    "/x\r\nSet-Cookie: a=b",
    "/\uff0fevil.example",
    "/账号",
    "/x\n",
    "",
    None,
    "/" + "x" * 2000,
]


@pytest.mark.parametrize("wanted", TRICKS)
def test_a_trick_leads_home(wanted: str | None) -> None:
    assert safe_path(wanted) == "/"


@pytest.mark.parametrize(
    "wanted",
    [
        "/",
        "/health",
        "/accounts?id=7",
        "/health?region=4201&status=%E7%9D%A1%E7%9C%A0",
        "/a/b?x=1+2",
    ],
)
def test_an_address_of_the_desk_is_kept(wanted: str) -> None:
    assert safe_path(wanted) == wanted


@given(st.text(alphabet=st.sampled_from("/\\.%25fc:@?#&=a\t\n evil \uff0f"), max_size=12))
@example("/\\/evil")
def test_no_text_leads_away_from_the_desk(wanted: str) -> None:
    went = urlsplit(urljoin(f"{DESK}/auth/login", safe_path(wanted)))
    assert f"{went.scheme}://{went.netloc}" == DESK
    assert not went.path.startswith("/auth")
    assert all(" " < char < "\x7f" for char in safe_path(wanted))
