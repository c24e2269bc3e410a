"""Our dataclasses do what the standard library's do."""

import copy
import dataclasses
import inspect
import pickle
import re

import pytest

from tm.values import dataclass


def classes(decorator):
    @decorator(frozen=True, slots=True)
    class Bridge:
        """Over a river."""

        name: str
        length: int = 0
        rivers: tuple = dataclasses.field(default=(), repr=False, compare=False)
        spans: list = dataclasses.field(default_factory=list)

        def longer(self):
            return dataclasses.replace(self, length=self.length + 1)

    @decorator(slots=True)
    class Open:
        """May change."""

        name: str

        def __repr__(self):
            return "open"

    return Bridge, Open


OURS, STANDARD = classes(dataclass), classes(dataclasses.dataclass)


@dataclass(frozen=True, slots=True)
class Pier:
    """Of a bridge."""

    name: str
    depth: int = 1


def behaviour(bridge, opened):
    one, other, changing = bridge("vieux", 3, ("Seine",)), bridge("vieux", length=3), opened("a")
    changing.name = "b"
    return (
        *(one == other, one != other, one == bridge("neuf"), one == "vieux", repr(one), one.longer().length),
        *(
            dataclasses.asdict(one),
            [field.name for field in dataclasses.fields(bridge)],
            bridge.__match_args__,
        ),
        *(
            re.sub("<.*>", "", str(inspect.signature(bridge))),
            repr(changing),
            changing == opened("b"),
            bridge.__slots__,
        ),
        *(one.spans is not other.spans, one.rivers, copy.deepcopy(one) == one, opened.__hash__),
        *(dataclasses.is_dataclass(bridge), hasattr(one, "__dict__"), bridge.__name__, bridge.__doc__),
    )


def test_our_values_behave_like_those_of_the_standard_library():
    assert behaviour(*OURS) == behaviour(*STANDARD)


@pytest.mark.parametrize("bridge", [OURS[0], STANDARD[0]])
def test_frozen_values_do_not_change(bridge):
    one = bridge("vieux")
    for change in (lambda: setattr(one, "name", "neuf"), lambda: delattr(one, "name")):
        with pytest.raises(dataclasses.FrozenInstanceError, match="field 'name'"):
            change()


@pytest.mark.parametrize(("given", "named"), [((), {}), (("a", 1, (), [], 5), {}), (("a",), {"width": 1})])
def test_wrong_arguments_are_refused_with_the_same_words(given, named):
    def words(bridge):
        with pytest.raises(TypeError) as refused:
            bridge(*given, **named)
        return str(refused.value).rpartition(".<locals>.")[2]

    assert words(OURS[0]) == words(STANDARD[0])


def test_values_are_hashed_and_pickled():
    pier = Pier("nord")
    assert {pier: 1}[Pier("nord", 1)] == 1
    assert pickle.loads(pickle.dumps(pier)) == copy.copy(pier) == pier
