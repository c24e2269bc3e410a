"""Values are found at the top level of a room's modules, each once, in a known order."""

from tm import registry
from tm.checks import Check
from tm.language.languages import Language
from tm.language.varieties import Variety


def test_values_come_in_the_order_of_modules_and_then_of_definition():
    names = [check.name for check in registry.offers("tm.checks", Check)]
    assert names.index("address") < names.index("code") < names.index("placeholder")
    assert names.index("address") < names.index("capital") < names.index("variety")
    assert len(names) == len(set(names))


def test_a_value_that_several_modules_name_is_found_once():
    tags = [language.tag for language in registry.offers("tm.language", Language)]
    assert sorted(tags) == sorted(set(tags))
    assert registry.offers("tm.checks", Variety) == ()


def test_a_module_is_asked_by_name_if_it_is_there_and_public():
    assert [data.tag for data in registry.named("tm.language", "pt", Language)] == ["pt"]
    for name in ("xx", "_page", "not a name", ""):
        assert registry.named("tm.language", name, Language) == ()
    assert registry.named("tm.formats", "_xml", object) == ()
