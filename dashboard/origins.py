"""Origins: what another site makes a browser send is refused, beside the proof in each form."""

from collections.abc import Mapping, MutableMapping
from typing import Any, Final
from urllib.parse import urlsplit

ASKING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
OWN: Final = frozenset({"same-origin", "none"})


def foreign(scope: MutableMapping[str, Any]) -> bool:
    """Whether a request that changes something, or a socket, comes from another site's page.

    Browsers say so themselves (Sec-Fetch-Site); older ones name the page's origin, which must be
    the host asked for, as it is or as a proxy passes it on. Who says neither is no browser.
    """
    if scope["type"] == "http" and scope["method"] in ASKING:
        return False
    said = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    site = said.get(b"sec-fetch-site")
    if site is not None:
        return site not in OWN
    origin = said.get(b"origin")
    return origin is not None and urlsplit(origin).netloc not in _hosts(said)


def _hosts(said: Mapping[bytes, str]) -> set[str]:
    """The host asked for, as told by the browser and by a proxy on its behalf.

    Another site's page can set neither of these headers.
    """
    return {said[name] for name in (b"host", b"x-forwarded-host") if said.get(name)}
