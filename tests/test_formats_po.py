"""PO and POT: read, written, filled, joined over a pivot."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm import formats
from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.formats import Filling
from tm.formats.parts import parts, translations
from tm.model import Annotation, Segment, Unit, Variant
from tm.work.pivot import catalogues, joined

SAMPLES = Path(__file__).parent / "samples" / "po"


def prop(name, text):
    return Annotation("prop", text, name)


def read(path, **options):
    return list(formats.read_units(path, **options))


def first(path):
    return texts(read(path)[0])


def texts(unit):
    return [each.segment.text for each in unit.variants]


def write(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def msgfmt_accepts(path):
    if not shutil.which("msgfmt"):
        pytest.skip("gettext is not installed")
    done = subprocess.run(
        ["msgfmt", "-c", "-o", "/dev/null", path], capture_output=True, text=True, check=False
    )
    return done.stderr if done.returncode else ""


# ------------------------------------------------------------------------------------------------- reading


def test_a_message_is_a_unit_with_its_context_comments_and_places():
    verb = read(SAMPLES / "fr.po")[0]
    assert [(each.language, each.segment.text) for each in verb.variants] == [
        ("en", "Open"),
        ("fr", "Ouvrir"),
    ]
    assert verb.annotations == (
        prop("x-msgctxt", "verb"),
        prop("x-po-comment", "In the menu."),
        prop("x-po-reference", "src/menu.c:12 src/bar.c:3"),
    )


def test_plural_forms_stand_with_the_text_they_belong_to():
    bridge = read(SAMPLES / "fr.po")[2]
    assert texts(bridge) == ["%d bridge", "%d pont"]
    assert [each.annotations for each in bridge.variants] == [
        (prop("x-po-plural", "%d bridges"),),
        (prop("x-po-plural", "%d ponts"),),
    ]


def test_a_fuzzy_message_says_that_it_is_not_finished():
    window = read(SAMPLES / "fr.po")[3]
    assert window.property("x-state") == "fuzzy"
    assert window.property("x-po-previous-msgid") == "Close the door"
    assert window not in list(translations([window]))


def test_strings_are_joined_and_their_escapes_resolved():
    assert texts(read(SAMPLES / "fr.po")[4])[0] == 'The first line\nand "the second"\tone\n'


def test_rare_escapes_and_line_separators_are_characters_of_the_text(tmp_path):
    path = write(tmp_path / "fr.po", 'msgid "bell\\a \\101 \\x42 C:\\\\a\u2028next\x85"\nmsgstr "x"\n')
    assert first(path)[0] == "bell\a A B C:\\a\u2028next\x85"


def test_the_target_language_is_that_of_the_header_the_option_the_file_name_or_the_text(tmp_path):
    message = 'msgid "bridge"\nmsgstr "O rio passa debaixo da ponte e segue para o mar."\n'
    header = 'msgid ""\nmsgstr ""\n"Language: pt_BR\\n"\n\n'
    (tmp_path / "es" / "LC_MESSAGES").mkdir(parents=True)
    cases = {
        "es/LC_MESSAGES/a.po": (header, "fr", "pt-BR"),
        "es/LC_MESSAGES/b.po": ("", "fr", "fr"),
        "es/LC_MESSAGES/c.po": ("", "", "es"),
        "shop-pt_BR.po": ("", "", "pt-BR"),
        "messages.po": ("", "", "pt"),
    }
    for name, (start, option, expected) in cases.items():
        path = write(tmp_path / name, start + message)
        assert read(path, direction=Direction(target=option))[0].variants[1].language.startswith(expected)


def test_translations_that_look_like_the_source_are_in_no_known_language(tmp_path, caplog):
    path = write(
        tmp_path / "messages.po", 'msgid "The bridge is old"\nmsgstr "The bridge is very old today"\n'
    )
    assert [each.language for each in read(path)[0].variants] == ["en", "und"]
    assert "the language of the translations is not clear" in caplog.text


def test_the_declared_charset_is_used(tmp_path):
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\nmsgid "a"\nmsgstr "été"\n'
    assert first(write(tmp_path / "fr.po", text, "latin-1"))[1] == "été"


def test_a_byte_order_mark_and_other_line_ends_are_seen_through(tmp_path):
    path = write(tmp_path / "fr.po", '\ufeffmsgid "a"\r\nmsgstr "b"\r\n')
    assert [texts(unit) for unit in read(path)] == [["a", "b"]]


def test_a_utf8_file_that_declares_something_else_is_read_as_utf8(tmp_path, caplog):
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=CP1251\\n"\n\nmsgid "a"\nmsgstr "été"\n'
    assert first(write(tmp_path / "fr.po", text))[1] == "été"
    assert "is UTF-8" in caplog.text


def test_comments_and_flags_written_tightly_are_read(tmp_path):
    path = write(tmp_path / "fr.po", '#.programmer\n#:a.c:1\n#,fuzzy\n#translator\nmsgid"a"\nmsgstr"b"\n')
    assert read(path)[0].annotations == (
        Annotation("note", "translator"),
        prop("x-po-comment", "programmer"),
        prop("x-po-reference", "a.c:1"),
        prop("x-state", "fuzzy"),
        prop("x-origin", "unreviewed"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('msgid "a"\nmsgstr "b\n', ":2:1: the string has no end"),
        ('msgid "a"\nmsgstr "b" c\n', ":2:1: text after the end of the string"),
        ('msgid "a"\nmsgid "b"\n', ":2:1: msgid at a wrong place; expected msgid_plural or msgstr"),
        ('"a"\n', ":1: a string at a wrong place; expected msgctxt or msgid"),
        (
            'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n# d\nmsgstr[1] "e"\n',
            r":5:1: msgstr\[n\] at a wrong place; expected msgctxt or msgid",
        ),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "c"\n', ":4:1: a message without msgstr; the file ends early"),
        ("msgid a\n", ":1:1: 'msgid a' is no line of PO"),
        ('msgid "a"\nmsgtext "b"\n', ":2:1: unknown keyword 'msgtext'"),
        ('msgid ""\nmsgstr "charset=none-such\\n"\n', "unknown encoding 'none-such'"),
        ("", ":1: the file is empty"),
    ],
)
def test_a_fault_is_told_with_its_line(text, message, tmp_path):
    path = write(tmp_path / "fr.po", text)
    with pytest.raises(FormatError, match=message):
        read(path)


def test_with_a_list_of_problems_reading_goes_on_at_the_next_message(tmp_path):
    path = write(
        tmp_path / "fr.po",
        'msgid "a"\nmsgstr "A\n\nmsgid "b"\nmsgstr "B"\n\nmsgid "c"\nmsgid "d"\nmsgstr "D"\n\nmsgid "e"\nmsgstr "E"\n',
    )
    problems = []
    assert [texts(unit) for unit in read(path, problems=problems)] == [["b", "B"], ["e", "E"]]
    assert [each.line for each in problems] == [2, 8]


# ------------------------------------------------------------------------------------------------- writing


def test_nothing_of_a_catalogue_is_lost(tmp_path):
    units = formats.read_units(SAMPLES / "fr.po")
    path = tmp_path / "fr.po"
    formats.write_units(path, units)
    written = path.read_text(encoding="utf-8")
    kept = {line for line in (SAMPLES / "fr.po").read_text(encoding="utf-8").splitlines() if line}
    assert kept - set(written.splitlines()) == set()
    again = formats.read_units(path)
    assert (again.header, list(again)) == (units.header, read(SAMPLES / "fr.po"))
    assert msgfmt_accepts(path) == ""


HEADER = 'msgid ""\nmsgstr "Language: be\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'


def test_a_second_header_becomes_a_comment(tmp_path):
    messages = 'msgid "Oui"\nmsgstr "Sim"\n\n#: pont.c\nmsgid ""\nmsgstr "rest"\n'
    path, out = write(tmp_path / "a.po", HEADER + messages), tmp_path / "b.po"
    formats.write_units(out, formats.read_units(path))
    assert out.read_text(encoding="utf-8").endswith('\n#: pont.c\n# msgid ""\n# msgstr "rest"\n')
    assert read(out) == read(path)


@pytest.mark.parametrize("note", ["C:\\pont\\", "un\rdeux", "un\r\n\\"])
def test_any_comment_context_and_flag_is_accepted_by_gettext(note, tmp_path):
    path = tmp_path / "a.po"
    said = (
        Annotation("note", note),
        prop("x-msgctxt", "\x04"),
        prop("x-po-flags", "c-\nformat"),
        prop("x-po-reference", note),
    )
    forms = Variant("fr", Segment("Oui"), annotations=(prop("x-po-plural", ""),))
    formats.write_units(path, [Unit((forms, Variant("pt", Segment("Sim"))), annotations=said)])
    assert not msgfmt_accepts(path)
    assert texts(read(path)[0]) == ["Oui", "Sim"]


def test_a_catalogue_with_plurals_says_how_many_forms_they_have(tmp_path):
    messages = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n'
    path, out = write(tmp_path / "a.po", HEADER + messages), tmp_path / "b.po"
    formats.write_units(out, formats.read_units(path))
    assert "Plural-Forms: nplurals=2; plural=(n != 1);" in out.read_text(encoding="utf-8")


def test_a_message_that_stands_twice_in_a_catalogue_stays(tmp_path):
    path = write(
        tmp_path / "fr.po", 'msgid ""\nmsgstr "Language: fr\\n"\n\n' + 2 * 'msgid "a"\nmsgstr "b"\n\n'
    )
    assert formats.write_units(tmp_path / "out.po", formats.read_units(path)) == 2


def test_a_catalogue_survives_the_way_through_tmx(tmp_path):
    formats.write_units(tmp_path / "fr.tmx", formats.read_units(SAMPLES / "fr.po"))
    formats.write_units(tmp_path / "fr.po", formats.read_units(tmp_path / "fr.tmx"))
    assert read(tmp_path / "fr.po") == read(SAMPLES / "fr.po")


def test_units_of_a_memory_become_a_catalogue_that_msgfmt_accepts(tmp_path, caplog):
    units = [
        Unit((Variant("fr", Segment("Le pont")), Variant("pt-BR", Segment("A ponte")))),
        Unit((Variant("fr", Segment("Une ligne\n")), Variant("pt-BR", Segment("Uma linha")))),
        Unit((Variant("fr", Segment("Le pont")), Variant("pt-BR", Segment("O convés")))),
        Unit((Variant("fr", Segment('\\ " \t\a\0')), Variant("pt-BR", Segment("ç 🌉")))),
        Unit((Variant("de", Segment("Brücke")),)),
    ]
    path = tmp_path / "shop.po"
    assert formats.write_units(path, units, direction=Direction("fr", "pt-BR")) == 3
    assert msgfmt_accepts(path) == ""
    assert [texts(unit)[1] for unit in read(path)] == ["A ponte", "Uma linha", "ç 🌉"]
    assert read(path)[1].property("x-state") == "fuzzy"
    assert {each.language for unit in read(path) for each in unit.variants} == {"fr", "pt-BR"}
    assert "one translation of a source in one context" in caplog.text


lines = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1, max_size=8)
strings = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0\x04") | st.sampled_from('\\"\n\t\r'),
    max_size=12,
).map(lambda text: f"<{text}>")
messages = st.builds(
    lambda source, plural, target, context, note, fuzzy: Unit(
        (
            Variant("fr", Segment(source), annotations=tuple(prop("x-po-plural", each) for each in plural)),
            *(
                [
                    Variant(
                        "pt-BR",
                        Segment(target),
                        annotations=tuple(prop("x-po-plural", target) for _ in plural),
                    )
                ]
                if target
                else []
            ),
        ),
        (),
        (
            *(Annotation("note", each) for each in note),
            *(prop("x-msgctxt", each) for each in context),
            *((prop("x-state", "fuzzy"), prop("x-origin", "unreviewed")) if fuzzy else ()),
        ),
    ),
    strings,
    st.lists(strings, max_size=1),
    st.none() | strings,
    st.lists(strings, max_size=1),
    st.lists(lines, max_size=1),
    st.booleans(),
)


@given(
    st.lists(
        messages, min_size=1, max_size=4, unique_by=lambda unit: (unit.property("x-msgctxt"), texts(unit)[0])
    )
)
def test_what_is_written_is_read_back(tmp_path_factory, units):
    path = tmp_path_factory.mktemp("po") / "pt_BR.po"
    formats.write_units(path, units, direction=Direction("fr", "pt-BR"))
    assert read(path) == units


# ------------------------------------------------------------------------------------------------- filling


def test_filling_marks_what_a_translator_must_look_at(tmp_path):
    pieces = [part for unit in read(SAMPLES / "fr.po") for part in parts(unit)]
    fillings = [
        None if len(part.variants) > 1 else Filling(Segment("Pas encore"), 100, "m.tm") for part in pieces
    ]
    fillings[2] = Filling(Segment("%d passerelle"), 80, "m.tm")
    fillings[3] = Filling(Segment("%d passerelles"), 90, "m.tm")
    out = tmp_path / "out.po"
    assert formats.fill(SAMPLES / "fr.po", out, fillings) == 3
    written = out.read_text(encoding="utf-8")
    assert '# 80 % m.tm\n#: src/list.c:40\n#, fuzzy, c-format\nmsgid "%d bridge"' in written
    assert 'msgstr[0] "%d passerelle"\nmsgstr[1] "%d passerelles"\n' in written
    assert '# 100 % m.tm\nmsgid "Not yet"\nmsgstr "Pas encore"\n' in written
    assert msgfmt_accepts(out) == ""


@pytest.mark.parametrize(
    ("language", "there", "filled"),
    [
        ("pt_BR", ["", ""], None),
        ("pt_BR", ["a", "b"], ["x", "b"]),
        ("pt_BR", ["", "b"], ["x", "b"]),
        ("ru", ["", "b", "c"], ["x", "b", "c"]),
    ],
)
def test_half_of_a_plural_is_filled_beside_a_half_that_is_there_only(tmp_path, language, there, filled):
    job, out = tmp_path / "job.po", tmp_path / "out.po"
    forms = "".join(f'msgstr[{number}] "{text}"\n' for number, text in enumerate(there))
    job.write_text(
        f'msgid ""\nmsgstr "Language: {language}\\n"\n\nmsgid "one"\nmsgid_plural "many"\n{forms}',
        encoding="utf-8",
    )
    assert formats.fill(job, out, [Filling(Segment("x"), 100), None]) == (1 if filled else 0)
    written = out.read_text(encoding="utf-8")
    assert all(f'msgstr[{number}] "{text}"\n' in written for number, text in enumerate(filled or there))


# ------------------------------------------------------------------------------------------------- pivot


def test_catalogues_are_joined_on_context_and_text():
    units = list(joined([SAMPLES / "fr.po", SAMPLES / "pt_BR.po"], "en"))
    assert [texts(unit) for unit in units] == [
        ["Ouvrir", "Abrir"],
        ["Ouvert", "Aberto"],
        ["%d pont", "%d ponte"],
        ["%d ponts", "%d pontes"],
    ]
    assert [each.language for each in units[0].variants] == ["fr", "pt-BR"]
    assert units[0].annotations == (prop("x-msgctxt", "verb"), prop("x-pivot", "Open"))


def test_folders_of_catalogues_are_joined_name_by_name(tmp_path):
    for language, texts_ in {
        "fr": ("Pont", "Tablier"),
        "pt_BR": ("Ponte", "Convés"),
        "de": ("Brücke", "Deck"),
    }.items():
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        for domain, text in zip(("bridge", "ship"), texts_, strict=True):
            write(folder / f"{domain}.po", f'msgid "Deck"\nmsgstr "{text}"\n')
    units = list(joined(catalogues([tmp_path]), "en", direction=Direction("fr", "pt-BR")))
    assert [texts(unit) for unit in units] == [["Pont", "Ponte"], ["Tablier", "Convés"]]


def test_one_language_cannot_be_joined():
    with pytest.raises(OptionError, match="translations found: fr"):
        list(joined([SAMPLES / "fr.po"], "en"))


def test_a_message_with_a_context_and_no_source_is_written_back_as_it_came(tmp_path):
    message = 'msgctxt "menu"\nmsgid ""\nmsgstr "Abrir"\n'
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: pt\\n"\n'
    path = write(tmp_path / "pt.po", f'{header}\n{message}\nmsgid "Close"\nmsgstr "Fechar"\n')
    units = formats.read_units(path)
    formats.write_units(tmp_path / "again.po", units)
    assert (tmp_path / "again.po").read_text(encoding="utf-8").endswith(f"\n{message}")


def test_a_fault_among_messages_without_blank_lines_between_costs_its_message_alone(tmp_path):
    messages = 'msgid "un"\nmsgstr "um"\nmsgid "deux\nmsgstr "dois"\n# note\n#, fuzzy\nmsgid "trois"\nmsgstr "tr"\n"ês"\n'
    path = write(tmp_path / "pt.po", messages + '#~ msgid "vieux"\n#~ msgstr "velho"\n')
    problems = []
    units = read(path, problems=problems)
    assert [[each.segment.text for each in unit.variants] for unit in units] == [
        ["un", "um"],
        ["trois", "três"],
    ]
    assert [annotation.text for annotation in units[1].annotations][:1] == ["note"]
    assert [str(problem).partition(": ")[2][:21] for problem in problems] == ["the string has no end"]
