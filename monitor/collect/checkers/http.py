"""Checker http: one POST of JSON, titles out, words back.

Asked: `{"texts": [{"id": "7", "text": "..."}]}`, with `Authorization: Bearer` where there is a key.
Answered: `{"hits": [{"id": "7", "word": "...", "category": "..."}]}`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import httpx

from monitor.collect.checker import CHECKERS, Service
from monitor.domain.errors import CannotRun
from monitor.domain.words import LONGEST, Found, Text

NAME: Final = "http"
REMEDY: Final = "请检查 checker 设置和该服务的状态;词表提示照常"


class HttpChecker:
    """Asks one address; titles leave for it and for nowhere else, and no redirect is followed."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def check(self, texts: Sequence[Text]) -> Mapping[int, tuple[Found, ...]]:
        """What the service points at; hits for a text nobody asked about are left out."""
        asked = {str(each.key_id): each.key_id for each in texts}
        body = {"texts": [{"id": str(each.key_id), "text": each.text} for each in texts]}
        found: dict[int, tuple[Found, ...]] = {}
        for hit in self._hits(body):
            key = asked.get(str(hit.get("id")))
            word, category = str(hit.get("word") or "")[:LONGEST], str(hit.get("category") or "")
            if key is not None and word:
                found[key] = (*found.get(key, ()), Found(word, category[:LONGEST] or "外部核查"))
        return found

    def _hits(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        key = self._service.key
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        try:
            answer = httpx.post(
                self._service.url,
                json=body,
                headers=headers,
                timeout=self._service.timeout_seconds,
                trust_env=False,
            )
            answer.raise_for_status()
            hits = answer.json()["hits"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise CannotRun("内容核查服务没有按约定应答", type(error).__name__, REMEDY) from error
        if not isinstance(hits, list) or not all(isinstance(each, dict) for each in hits):
            raise CannotRun("内容核查服务的应答读不懂", "hits", REMEDY)
        return hits


CHECKERS.add(NAME, HttpChecker)
