"""Forms sent to a level of units, and returned ones."""

from monitor.actions import forms
from monitor.actions.forms import NewRound
from monitor.domain.unit import Level
from tests.kits.matrix import Act, Desk, Place, bench


@bench(forms.send)
def send(desk: Desk) -> Act:
    new = NewRound("台账核对", _level(desk), desk.now + 86_400)
    return lambda actor: desk.unit in _units(desk, forms.send(desk.store, actor, new)[0])


@bench(forms.package)
def package(desk: Desk) -> Act:
    sent = a_round(desk)
    return lambda actor: desk.unit.encode() in forms.package(desk.store, actor, sent)


@bench(forms.status)
def status(desk: Desk) -> Act:
    sent = a_round(desk)
    return lambda actor: any(
        each.unit_name == desk.unit for each in forms.status(desk.store, actor, sent).forms
    )


@bench(forms.rounds)
def rounds(desk: Desk) -> Act:
    sent = a_round(desk)
    reaches = status(desk)

    def act(actor: object) -> bool:
        found = forms.rounds(desk.store, actor)  # type: ignore[arg-type]
        return any(each.id == sent for each in found) and bool(reaches(actor))  # type: ignore[arg-type]

    return act


@bench(forms.look)
def look(desk: Desk) -> Act:
    book = _book(desk)
    return lambda actor: any(
        each.form is not None and each.form.unit_name == desk.unit
        for each in forms.look(desk.store, actor, [book])
    )


@bench(forms.save)
def save(desk: Desk) -> Act:
    every = forms.look(desk.store, None, [_book(desk)])
    here = [each for each in every if each.form and each.form.unit_name == desk.unit]
    looked = here or every[:1]
    return lambda actor: forms.save(desk.store, actor, looked)


def _level(desk: Desk) -> str:
    return (Level.COUNTY if desk.place is Place.BELOW else Level.PREFECTURE).value


def a_round(desk: Desk) -> int:
    """A distribution to the level of the place."""
    return forms.send(desk.store, None, NewRound("核对", _level(desk), desk.now + 86_400))[0]


def _units(desk: Desk, sent: int) -> list[str]:
    """Whom a distribution reached, asked without any scope."""
    with desk.store.reading() as tx:
        return [each.unit_name for each in forms.forms.of_round(tx, sent)]


def _book(desk: Desk) -> tuple[str, bytes]:
    """The form of the place, or of another unit where the level has none of the place."""
    return "全部.zip", forms.package(desk.store, None, a_round(desk))
