"""Apple's strings: catalogues of Xcode with all languages, ``.strings`` and the plurals of ``.stringsdict``."""

import difflib
import json

import pytest

from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import Filling, fill, read_units
from tm.formats.states import state_of
from tm.model import Segment

CATALOGUE = """{
  "sourceLanguage" : "en",
  "strings" : {
    "" : {

    },
    "%lld days" : {
      "localizations" : {
        "en" : {
          "variations" : {
            "plural" : {
              "one" : {
                "stringUnit" : {
                  "state" : "new",
                  "value" : "%lld day"
                }
              },
              "other" : {
                "stringUnit" : {
                  "state" : "new",
                  "value" : "%lld days"
                }
              }
            }
          }
        }
      }
    },
    "Brand" : {
      "shouldTranslate" : false
    },
    "Close" : {
      "comment" : "button",
      "extractionState" : "manual"
    },
    "Open" : {
      "localizations" : {
        "fr" : {
          "stringUnit" : {
            "state" : "needs_review",
            "value" : "Ouvert"
          }
        },
        "pt-BR" : {
          "stringUnit" : {
            "state" : "translated",
            "value" : "Abrir"
          }
        }
      }
    }
  },
  "version" : "1.0"
}
"""


def catalogue(tmp_path, content=CATALOGUE):
    path = tmp_path / "Localizable.xcstrings"
    path.write_bytes(content.encode())
    return path


def said(unit):
    return [(each.language, each.segment.text) for each in unit.variants]


def filled(path, target, *texts):
    """The file with these translations, None where a text stays."""
    out = path.with_name("out.xcstrings")
    fillings = [Filling(Segment(text), percent) if text else None for text, percent in texts]
    count = fill(path, out, fillings, direction=Direction("", target))
    return count, out.read_bytes().decode()


def changes(before, after):
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_every_text_of_a_catalogue_is_a_unit_with_its_state_and_comment(tmp_path):
    days, all_days, close, opened = read_units(catalogue(tmp_path), direction=Direction("en", "fr"))
    assert (days.place.id, days.place.line, said(days)) == ("%lld days.plural.one", 7, [("en", "%lld day")])
    assert said(all_days) == [("en", "%lld days")]
    assert (said(close), close.annotations[0].text) == ([("en", "Close")], "button")
    assert (said(opened), state_of(opened)) == ([("en", "Open"), ("fr", "Ouvert")], "draft")
    [*_, opened] = read_units(catalogue(tmp_path), direction=Direction("en", "pt"))
    assert (said(opened), state_of(opened)) == ([("en", "Open"), ("pt-BR", "Abrir")], "translated")
    [*_, opened] = read_units(catalogue(tmp_path))
    assert (len(opened.variants), state_of(opened)) == (3, "draft")


def test_the_only_language_that_a_catalogue_is_translated_into_is_filled_in_unasked(tmp_path):
    content = json.loads(CATALOGUE)
    del content["strings"]["Open"]["localizations"]["fr"]
    path = catalogue(tmp_path, json.dumps(content))
    out = tmp_path / "out.xcstrings"
    assert fill(path, out, [None, None, Filling(Segment("Fechar"), 100), None]) == 1
    filled = json.loads(out.read_text(encoding="utf-8"))["strings"]["Close"]["localizations"]
    assert {tag: each["stringUnit"]["value"] for tag, each in filled.items()} == {"pt-BR": "Fechar"}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_nothing_filled_and_what_is_there_already_give_the_same_bytes(tmp_path, end):
    content = CATALOGUE.replace("\n", end)
    path = catalogue(tmp_path, content)
    nothing = (None, 0)
    assert filled(path, "fr", nothing) == (0, content)
    assert filled(path, "fr", nothing, nothing, nothing, ("Ouvert", 100)) == (0, content)


def test_a_translation_that_is_there_changes_in_its_line(tmp_path):
    nothing = (None, 0)
    count, out = filled(catalogue(tmp_path), "fr", nothing, nothing, nothing, ("Ouvrir", 100))
    assert count == 1
    assert [line.strip() for line in changes(CATALOGUE, out)] == [
        '-            "state" : "needs_review",',
        '-            "value" : "Ouvert"',
        '+            "state" : "translated",',
        '+            "value" : "Ouvrir"',
    ]


def test_letters_of_a_changed_translation_stay_letters(tmp_path):
    nothing = (None, 0)
    count, out = filled(catalogue(tmp_path), "fr", nothing, nothing, nothing, ("Réouvrir", 100))
    assert (count, '"value" : "Réouvrir"' in out) == (1, True)


def test_new_languages_and_forms_are_written_as_xcode_writes_them(tmp_path):
    texts = ("%lld jour", 100), ("%lld jours", 80), ("Fermer", 100), (None, 0)
    count, out = filled(catalogue(tmp_path), "fr-CA", *texts)
    assert count == 3
    assert all(line.startswith("+") or line.lstrip("- ") in ("}", '"extractionState" : "manual"')
               for line in changes(CATALOGUE, out))  # fmt: skip
    strings = json.loads(out)["strings"]
    forms = strings["%lld days"]["localizations"]["fr"]["variations"]["plural"]
    assert {name: tuple(form["stringUnit"].values()) for name, form in forms.items()} == {
        "one": ("translated", "%lld jour"),
        "other": ("needs_review", "%lld jours"),
        "many": ("needs_review", "%lld jours"),
    }
    assert list(strings["Close"]) == ["comment", "extractionState", "localizations"]
    assert (
        out
        == json.dumps(json.loads(out), indent=2, ensure_ascii=False, separators=(",", " : ")).replace(
            '"" : {}', '"" : {\n\n    }'
        )
        + "\n"
    )
    units = list(read_units(catalogue(tmp_path, out), direction=Direction("en", "fr")))
    assert [said(unit)[1][1] for unit in units] == ["%lld jour", "%lld jours", "Fermer", "Ouvert"]


def test_a_substitution_takes_along_what_the_source_says_of_it(tmp_path):
    form = '{"stringUnit": {"state": "new", "value": "%arg birds"}}'
    content = (
        '{"sourceLanguage": "en", "strings": {"b": {"localizations": {"en": {"stringUnit": {"state": "new", "value": '
        '"%#@n@"}, "substitutions": {"n": {"argNum": 1, "formatSpecifier": "lld", "variations": {"plural": {"other": '
        + form + "}}}}}}}}}"
    )  # fmt: skip
    path = catalogue(tmp_path, content)
    assert [unit.place.id for unit in read_units(path)] == ["b", "b.substitutions.n.plural.other"]
    _, out = filled(path, "ja", (None, 0), ("%arg羽", 100))
    part = json.loads(out)["strings"]["b"]["localizations"]["ja"]
    assert part["stringUnit"] == {"state": "needs_review", "value": "%#@n@"}
    assert (part["substitutions"]["n"]["argNum"], part["substitutions"]["n"]["formatSpecifier"]) == (1, "lld")


def test_one_text_may_become_forms_and_forms_one_text(tmp_path):
    content = CATALOGUE.replace('"Ouvert"', '"x"').replace('"%lld days" : {\n      "localizations" : {', (
        '"%lld days" : {\n      "localizations" : {\n        "fr" : {"stringUnit": {"value": "%lld jours"}},'))  # fmt: skip
    path = catalogue(tmp_path, content)
    first = next(iter(read_units(path, direction=Direction("en", "fr"))))
    assert said(first)[1] == ("fr", "%lld jours")
    _, out = filled(path, "fr", ("%lld jour", 100))
    assert list(json.loads(out)["strings"]["%lld days"]["localizations"]["fr"]) == ["variations"]
    forms = '"fr" : {"variations": {"plural": {"other": {"stringUnit": {"value": "Ouvrez"}}}}},"fr-CA"'
    path = catalogue(tmp_path, CATALOGUE.replace('"fr"', forms))
    assert said(list(read_units(path, direction=Direction("en", "fr")))[-1])[1] == ("fr", "Ouvrez")
    _, out = filled(path, "fr", (None, 0), (None, 0), (None, 0), ("Ouvrir", 100))
    part = json.loads(out)["strings"]["Open"]["localizations"]["fr"]
    assert part == {"stringUnit": {"state": "translated", "value": "Ouvrir"}}


@pytest.mark.parametrize(
    ("content", "what"),
    [("{", "no JSON: "), ('{"a": 1}', 'no "strings"'), ("[" * 100_000, "nested too deep|no JSON")],
)
def test_what_is_no_catalogue_is_one_line(tmp_path, content, what):
    with pytest.raises(FormatError, match=what):
        list(read_units(catalogue(tmp_path, content)))


def test_which_of_several_languages_is_filled_has_to_be_said(tmp_path):
    with pytest.raises(FormatError, match="say with -t which is filled in"):
        filled(catalogue(tmp_path), "", ("x", 100))


# ------------------------------------------------------------------------------------------- .strings


STRINGS = r"""/* greets */
"hi" = "Bonjour \"%@\"\nami";
// no text
"empty" = "";
bare.key = "l'été"; "same";
"""
DICT = """<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
  <!-- counts -->
  <key>days</key>
  <dict>
    <key>NSStringLocalizedFormatKey</key>
    <string>%#@n@ &amp; plus</string>
    <key>n</key>
    <dict>
      <key>NSStringFormatSpecTypeKey</key>
      <string>NSStringPluralRuleType</string>
      <key>one</key>
      <string>un jour</string>
      <key>other</key>
      <string>%d jours</string>
    </dict>
  </dict>
</dict>
</plist>
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_strings_of_an_app_are_read_and_filled_in_their_encoding(tmp_path, encoding):
    path, out = tmp_path / "fr.lproj" / "a.strings", tmp_path / "a.strings"
    path.parent.mkdir()
    path.write_bytes(STRINGS.encode(encoding))
    units = list(read_units(path))
    assert [(unit.place.id, said(unit)) for unit in units] == [
        ("hi", [("fr", 'Bonjour "%@"\nami')]),
        ("bare.key", [("fr", "l'été")]),
    ]
    assert units[0].annotations[0].text == "greets"
    assert fill(path, out, [Filling(Segment('Olá "%@"\nô'), 100)]) == 1
    assert out.read_bytes().decode(encoding) == STRINGS.replace(r"Bonjour \"%@\"\nami", r"Olá \"%@\"\nô")
    fill(path, out, [Filling(unit.variants[0].segment, 100) for unit in units])
    assert out.read_bytes() == path.read_bytes()


def test_what_is_no_pair_of_strings_is_said_with_its_line(tmp_path):
    path = tmp_path / "fr.strings"
    path.write_text('"a" = "b";\n\n"c" "d";\n', encoding="utf-8")
    with pytest.raises(FormatError, match=r'fr\.strings:3: "key" = "text"; was expected'):
        list(read_units(path))


def test_plurals_of_an_app_take_the_forms_of_the_target_language(tmp_path):
    path, out = tmp_path / "fr.stringsdict", tmp_path / "out.stringsdict"
    path.write_text(DICT, encoding="utf-8")
    units = list(read_units(path))
    assert {unit.place.id: unit.variants[0].segment.text for unit in units} == {
        "days": "%#@n@ & plus",
        "days.n.one": "un jour",
        "days.n.other": "%d jours",
    }
    assert units[0].annotations[0].text == "counts"
    fill(path, out, [None, None, Filling(Segment("%d < дней"), 100)], direction=Direction("fr", "ru"))
    expected = [f"+      <key>{name}</key>\n+      <string>%d &lt; дней</string>" for name in ("few", "many")]
    changed = "\n".join(changes(DICT, out.read_text(encoding="utf-8")))
    assert all(form in changed for form in expected)
    assert changed.count("-") == 1
    fill(
        path, out, [Filling(unit.variants[0].segment, 100) for unit in units], direction=Direction("fr", "ru")
    )
    assert out.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("content", "what"), [("<plist>", "not well-formed"), ("<a/>", "the root is <a>; <plist>")]
)
def test_what_is_no_list_of_properties_is_one_line(tmp_path, content, what):
    path = tmp_path / "fr.stringsdict"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match=what):
        list(read_units(path))
