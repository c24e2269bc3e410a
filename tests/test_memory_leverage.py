"""Leverage and pretranslation: every segment counts once, and what is put into a file is what the memory has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.direction import Direction
from tm.errors import OptionError
from tm.formats import fill, read_units, write_units
from tm.memory import Query, find
from tm.memory.leverage import BANDS, CROSS_FILE, REPETITIONS, analyse, count_bands, parse_rates, summed
from tm.model import Code, Segment, Unit, Variant
from tm.store import open_store
from tm.work.pretranslation import HALF, KEPT, UNKNOWN, pretranslate, queries, read_segments


def unit(source, target=""):
    sides = [Variant("fr", Segment(source))] + [Variant("pt-BR", Segment(target))] * bool(target)
    return Unit(tuple(sides))


@pytest.fixture
def store():
    with open_store(":memory:", create=True) as store:
        store.add(
            [
                unit("Le pain est prêt.", "O pão está pronto."),
                unit("Page 12 du menu.", "Página 12 do cardápio."),
                unit("Un deux trois quatre cinq.", "Um dois três quatro cinco."),
            ]
        )
        yield store


def bands(store, *files, **options):
    asked = [[Query(Segment(text)) for text in file] for file in files]
    return [known.band for known in analyse(asked, store, Direction("fr", "pt"), **options)]


def test_a_match_of_100_comes_before_a_repetition(store):
    assert bands(store, ["Le pain est prêt.", "Le pain est prêt."]) == ["100", "100"]


def test_a_repetition_comes_before_a_fuzzy_match(store):
    assert bands(store, ["Page 13 du menu."] * 2) == ["95–99", REPETITIONS]


def test_what_only_another_file_had_is_a_cross_file_repetition(store):
    found = bands(store, ["Bon appétit"], ["Bon appétit", "Bon appétit"], ["Bon appétit"])
    assert found == ["new", CROSS_FILE, REPETITIONS, CROSS_FILE]


def test_other_numbers_case_or_codes_are_no_repetition(store):
    assert bands(store, ["Lot 1", "Lot 2", "lot 1"]) == ["new"] * 3
    plain, coded = Query(Segment("Lot")), Query(Segment("Lot", (Code(0, "alone", "x"),)))
    assert [known.band for known in analyse([[plain, coded]], store, Direction("fr", "pt"))] == ["new", "new"]


def test_inside_a_job_only_what_stood_before_counts(store):
    texts = ["Alpha bêta gamma delta", "Alpha bêta gamma epsilon", "Alpha bêta gamma epsilon"]
    assert bands(store, texts, internal_fuzzy=True) == ["new", "75–84", REPETITIONS]
    assert bands(store, texts[:1], texts[1:2], internal_fuzzy=True) == ["new", "75–84"]


def test_the_better_of_memory_and_job_decides(store):
    texts = ["Un deux trois quatre six sept.", "Un deux trois quatre six."]
    known = list(
        analyse([[Query(Segment(text)) for text in texts]], store, Direction("fr", "pt"), internal_fuzzy=True)
    )
    assert [(each.percent, each.internal) for each in known] == [(66, False), (83, True)]


words = st.lists(st.sampled_from(["un", "deux", "Trois", "4", "l'an", "."]), max_size=5).map(" ".join)


@given(st.lists(st.lists(words, max_size=6), min_size=1, max_size=3), st.booleans())
def test_the_bands_add_up_to_the_files(files, internal_fuzzy):
    with open_store(":memory:", create=True) as store:
        store.add([unit("un deux 4 .", "x"), unit("l'an Trois", "y")])
        found = iter(bands(store, *files, internal_fuzzy=internal_fuzzy))
    counts = [
        count_bands([Segment(text) for text in file], [next(found) for _ in file], "fr") for file in files
    ]
    assert next(found, None) is None
    total = summed(counts)
    assert tuple(each.band for each in total) == BANDS
    assert sum(each.segments for each in total) == sum(map(len, files))
    assert sum(each.characters for each in total) == sum(len(text) for file in files for text in file)


@pytest.mark.parametrize("text", ["80=1", "95", "95=", "95=much", "95=-1", "new=inf", "=1"])
def test_rates_that_make_no_sense_are_refused(text):
    with pytest.raises(OptionError):
        parse_rates(text)


# ------------------------------------------------------------------------------------------------- pretranslation


def outcomes(store, *units, **options):
    return [decision.outcome for decision in pretranslate(units, store, Direction("fr", "pt"), **options)]


def test_what_is_translated_stays_unless_told_otherwise(store):
    units = unit("Le pain est prêt.", "Já está."), unit("Le pain est prêt."), unit("Autre chose.")
    assert outcomes(store, *units) == [KEPT, "100", UNKNOWN]
    assert outcomes(store, *units, overwrite=True) == ["100", "100", UNKNOWN]
    assert outcomes(store, unit("Page 13 du menu."), minimum=99) == [UNKNOWN]


def test_codes_stay_where_they_are_when_a_number_before_them_grows(store):
    bold = Segment("Lot 7 prêt", (Code(6, "open", "g"), Code(10, "close", "g")))
    translated = Segment("Lote 7 pronto", (Code(7, "open", "g"), Code(13, "close", "g")))
    store.add([Unit((Variant("fr", bold), Variant("pt-BR", translated)))])
    new = Segment("Lot 1200 prêt", (Code(9, "open", "g"), Code(13, "close", "g")))
    (decision,) = pretranslate([Unit((Variant("fr", new),))], store, Direction("fr", "pt"))
    target = decision.filling.target
    assert target.text == "Lote 1200 pronto"
    assert [target.text[: code.position] for code in target.codes] == ["Lote 1200 ", "Lote 1200 pronto"]


def test_the_segment_before_is_context_and_a_files_own_is_taken_first(store):
    units = [unit("A."), unit("B."), unit("C.")]
    assert [query.previous for query in queries(units, "fr")] == ["", "A.", "B."]


def test_what_is_filled_is_what_find_finds(store, tmp_path):
    texts = ["Page 13 du menu.", "Rien", "Le pain est prêt.", "Un deux trois quatre six."]
    write_units(tmp_path / "job.xlf", map(unit, texts), direction=Direction("fr", "pt-BR"))
    decisions = pretranslate(read_segments(str(tmp_path / "job.xlf")), store, Direction("fr", "pt-BR"))
    fill(tmp_path / "job.xlf", tmp_path / "out.xlf", (each.filling for each in decisions))
    filled = [each.pair("fr", "pt") for each in read_units(tmp_path / "out.xlf")]
    found = [find(store, Segment(text), Direction("fr", "pt"), limit=1) for text in texts]
    assert [pair and pair.target.text for pair in filled] == [
        matches[0].target if matches else None for matches in found
    ]
    assert sum(map(bool, found)) == 3


def test_both_forms_of_a_plural_are_filled_or_none(store, tmp_path):
    (tmp_path / "a.po").write_text(
        'msgid ""\nmsgstr "Language: pt_BR\\nX-Source-Language: fr\\n"\n\n'
        'msgid "Le pain est prêt."\nmsgid_plural "Rien de tel"\nmsgstr[0] ""\nmsgstr[1] ""\n',
        encoding="utf-8",
    )
    assert outcomes(store, *read_segments(str(tmp_path / "a.po"))) == [HALF, HALF]
    (tmp_path / "b.po").write_text(
        (tmp_path / "a.po").read_text(encoding="utf-8").replace("Le pain est prêt.", "Nul ne sait."),
        encoding="utf-8",
    )
    assert outcomes(store, *read_segments(str(tmp_path / "b.po"))) == [UNKNOWN, UNKNOWN]


def test_white_space_around_a_text_is_that_of_the_file(store):
    codes = (Code(2, "open", "g"), Code(4, "close", "g"))
    (decision,) = pretranslate(
        [Unit((Variant("fr", Segment("\n Le pain est prêt.\n", codes)),))],
        store,
        Direction("fr", "pt"),
        minimum=50,
    )
    assert decision.filling.target.text == "\n O pão está pronto.\n"


def test_a_short_text_is_in_a_language_of_the_memory_unless_it_is_clearly_in_another(tmp_path):
    def language(text):
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        (found,) = read_segments(str(tmp_path / "a.txt"), known=["fr", "pt-BR"])
        return found.variants[0].language

    texts = ["Un pont.", "The house is red.", "The house", "Die Datei", "12:30"]
    assert [language(text) for text in texts] == ["fr", "en", "en", "de", "fr"]
