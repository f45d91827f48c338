"""All that is approved of a campaign as the text its row keeps, and back: nothing is lost."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from monitor.domain.campaign import Aim, Change, Comments, Content, Facts, File, Kind, Order


def to_text(content: Content) -> str:
    """The same text for the same content."""
    return json.dumps(asdict(content), ensure_ascii=False, sort_keys=True)


def from_text(text: str) -> Content:
    """The content a row holds; a field a newer program wrote is no reason to refuse the row."""
    values: Mapping[str, Any] = json.loads(text)
    known = {name: values[name] for name in _names(Content) if name in values}
    return Content(
        **known
        | {
            "kind": Kind(values["kind"]),
            "order": Order(values["order"]),
            "comments": Comments(values["comments"]),
            "changes": tuple(map(Change, values["changes"])),
            "facts": Facts(**_of(Facts, values["facts"])),
            "aim": _aim(values["aim"]),
            "texts": tuple((platform, said) for platform, said in values["texts"]),
            "links": tuple(values["links"]),
            "tags": tuple(values["tags"]),
            "files": tuple(File(**_of(File, each)) for each in values.get("files", ())),
        }
    )


def _aim(values: Mapping[str, Any]) -> Aim:
    lists = ("regions", "lines", "levels", "platforms")
    return Aim(**_of(Aim, values) | {name: tuple(values[name]) for name in lists})


def _of(kind: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in _names(kind) if name in values}


def _names(kind: Any) -> list[str]:
    return [each.name for each in fields(kind)]
