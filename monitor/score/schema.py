"""The JSON Schema of a scheme, made from the same lists the reader goes by."""

from typing import Any, Final

from monitor.domain.account import PLATFORMS
from monitor.domain.rank import RANKS
from monitor.domain.scheme import Absent, Method, Pool, Spread, Status
from monitor.domain.unit import Level
from monitor.score.catalogue import MANUAL, MEASUREMENTS
from monitor.score.scheme import MOST, PERIODS, SORTS
from monitor.score.scheme_lines import LARGEST, LONGEST_ID, NUMBERS

Schema = dict[str, Any]

TEXT: Final[Schema] = {"type": "string", "pattern": r"\S"}
YES: Final[Schema] = {"type": "boolean"}
ID: Final[Schema] = {"type": "string", "pattern": r"\S", "maxLength": LONGEST_ID}
MEASURE: Final[Schema] = {"enum": [MANUAL, *MEASUREMENTS]}


def number(low: float = 0, high: float = LARGEST) -> Schema:
    """A number within bounds."""
    return {"type": "number", "minimum": low, "maximum": high}


def closed(required: tuple[str, ...], **properties: Schema) -> Schema:
    """A mapping that holds these and nothing else."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def several(items: Schema) -> Schema:
    """A list with something in it."""
    return {"type": "array", "items": items, "minItems": 1}


def schema() -> Schema:
    """The whole document (JSON Schema 2020-12)."""
    top = {
        **_body(),
        "version": {"type": "integer", "minimum": 1, "maximum": 1_000_000},
        "rank": {"enum": list(RANKS)},
        "valid_from": {"type": "string", "format": "date"},
        "period": {"enum": list(PERIODS)},
        "parts": closed(("scheme", "period"), scheme=TEXT, period={"enum": [*SORTS][:-1]}),
        "schemes": several(
            closed(("weight", "name", "title", "source"), weight=number(0, 100), **_body())
        ),
    }
    required = ("name", "version", "title", "source", "rank", "valid_from", "period")
    found = closed(required, **top)
    found["oneOf"] = [{"required": ["sections"]}, {"required": ["schemes"]}]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "考核方案"}
    return {**head, **found}


def _body() -> dict[str, Schema]:
    """What a whole scheme and one that is part of another have in common."""
    levels = several({"enum": [each.value for each in Level]})
    item = _item()
    return {
        "name": TEXT,
        "title": TEXT,
        "source": TEXT,
        "full": number(1, MOST),
        "decimals": {"type": "integer", "minimum": 0, "maximum": 6},
        "sections": several(_section()),
        "deductions": several(item),
        "most_deducted": number(0, MOST),
        "bonus": closed(
            ("max", "items"), max=number(0, MOST), opens_above=number(0, MOST), items=several(item)
        ),
        "gates": several(_gate()),
        "grades": several(closed(("name", "at_least"), name=TEXT, at_least=number(0, MOST))),
        "missing": closed(
            (), spread={"enum": [*Spread]}, limit=number(0, MOST), asked_days=number(0, 365)
        ),
        "rollup": closed(
            ("levels", "below_levels", "own", "below"),
            levels=levels,
            below_levels=levels,
            own=number(0, 100),
            below=number(0, 100),
        ),
        "levels": levels,
        "per_account": YES,
    }


def _section() -> Schema:
    return closed(
        ("id", "name", "max", "indicators"),
        id=ID,
        name=TEXT,
        max=number(0, MOST),
        indicators=several(_indicator()),
    )


def _indicator() -> Schema:
    found = closed(
        ("id", "name", "max", "score"),
        id=ID,
        name=TEXT,
        max=number(),
        measure=MEASURE,
        items=several(_item()),
        score={"oneOf": [_score(each) for each in Method]},
        pool={"enum": [*Pool]},
        platforms=closed((), **{name: number(0, 100) for name in PLATFORMS}),
        absent={"enum": [*Absent]},
        least=number(),
        few={"enum": [Status.FEW.value, Status.NOT_APPLICABLE.value]},
        least_coverage=number(0, 1),
        only=several(TEXT),
        empty_is_zero=YES,
        per_head=YES,
        carry=YES,
        source=TEXT,
    )
    found["oneOf"] = [{"required": ["measure"]}, {"required": ["items"]}]
    return found


def _item() -> Schema:
    return closed(
        ("id", "name", "measure", "each"),
        id=ID,
        name=TEXT,
        measure=MEASURE,
        each=number(),
        most=number(),
    )


def _gate() -> Schema:
    effects = {"cap": number(0, MOST), "fixed": number(0, MOST), "fails": YES, "bars": TEXT}
    found = closed(
        ("id", "name", "measure"),
        id=ID,
        name=TEXT,
        measure=MEASURE,
        over=number(0, MOST),
        **effects,
    )
    found["oneOf"] = [{"required": [name]} for name in effects]
    return found


def _score(method: Method) -> Schema:
    """A method with its numbers; `each` is left out where several things are counted."""
    numbers = {name: number(-LARGEST) for name, _ in NUMBERS[method]}
    required = [name for name, usual in NUMBERS[method] if usual is None and name != "each"]
    also: dict[str, Schema] = {}
    if method is Method.BANDS:
        band = closed(
            ("points",), at_least=number(-LARGEST), at_most=number(-LARGEST), points=number()
        )
        also, required = {"bands": several(band)}, ["bands"]
    if method is Method.RANKED:
        also, required = {"points": several(number())}, ["points"]
    return closed(("method", *required), method={"const": method.value}, **numbers, **also)
