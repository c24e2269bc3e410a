"""Where each check begins to speak: the last text it leaves alone and the first it reports."""

import pytest

from tm.checks import check, checks, run_checks
from tm.checks.check import Job, Remark, Translation, examine, one_by_one
from tm.direction import Direction
from tm.language.syntaxes.syntax import difference
from tm.model import Code, Pair, Segment

FRENCH_PORTUGUESE = Direction("fr", "pt-BR")


def messages(name, source, target, direction=FRENCH_PORTUGUESE):
    return checks()[name].messages(source, target, direction)


def finding(name, source, target, direction=FRENCH_PORTUGUESE):
    (only,) = run_checks([Pair(Segment(source), Segment(target))], direction, only=[name])
    return only


# ------------------------------------------------------------------------------------------------- addresses


def test_an_address_of_the_translation_alone_is_an_info():
    added = finding("address", "Voir ici.", "Veja https://exemple.org/a.")
    assert added.severity == "info"
    assert added.message == "address https://exemple.org/a of the translation is not in the source"


def test_a_lost_page_is_an_error_unless_it_was_in_the_source_language():
    assert finding("address", "Voir https://exemple.org/a.", "Veja.").severity == "error"
    assert finding("address", "Voir https://exemple.org/fr/a.", "Veja.").severity == "info"
    assert finding("address", "Voir https://exemple.org/a?hl=fr", "Veja.").severity == "info"
    assert finding("address", "Voir https://fr.exemple.org", "Veja.", Direction("", "pt")).severity == "error"


def test_a_page_is_compared_with_the_one_of_the_same_site():
    source = "Voir https://a.org/1 et https://b.org/1."
    target = "Veja https://b.org/2 e https://a.org/2."
    assert messages("address", source, target) == [
        "address https://a.org/1 in the source, https://a.org/2 in the translation",
        "address https://b.org/1 in the source, https://b.org/2 in the translation",
    ]


def test_the_person_in_an_example_address_may_be_translated():
    assert finding("address", "à vous@exemple.org", "a voce@exemple.org").severity == "warning"
    assert finding("address", "à vous@exemple.org", "a vous@exemplo.org").severity == "info"


def test_a_localised_page_must_stay_on_the_site():
    lost = finding("address", "https://fr.exemple.org/a", "https://pt.ailleurs.org/a")
    assert lost.severity == "warning"
    assert messages("address", "https://exemple.org/FR/a", "https://exemple.org/b") != []
    assert messages("address", "https://exemple.org/a", "https://exemple.org/pt-br/b") == []


# ------------------------------------------------------------------------------------------------- capitals


@pytest.mark.parametrize(
    ("source", "target", "is_reported"),
    [
        ("OUI", "Sim", False),
        ("OUI !", "Sim!", False),
        ("ATTENTION !", "Cuidado!", True),
        ("OUI !", "SIM!", False),
        ("OUI !", "はい！", False),
        ("OUI ou non", "Sim ou não", False),
        ("« Ouvrez »", "“abra”", True),
        ("3 Ponts", "pontes", False),
        ("{0} Ponts", "pontes", False),
        ("ouvrez", "abra", False),
        ("", "abra", False),
    ],
)
def test_capitals_are_compared_at_the_beginning_and_throughout(source, target, is_reported):
    assert bool(messages("capital", source, target)) == is_reported


def test_the_capital_is_put_where_it_belongs():
    assert finding("capital", "« Ouvrez la porte »", "“abra a porta”").suggestion == "“Abra a porta”"
    assert finding("capital", "ATTENTION !", "Cuidado!").suggestion == "CUIDADO!"


# ------------------------------------------------------------------------------------------------- codes


def code_findings(source, target):
    pair = Pair(Segment("a", source), Segment("a", target))
    return [found.message for found in run_checks([pair], FRENCH_PORTUGUESE, only=["code"])]


def test_a_code_is_known_by_its_number_in_either_attribute():
    first, second = (Code(0, "alone", "x", (("id", number),)) for number in "12")
    assert code_findings((first,), (second,)) == ["inline code <x 1> in the source, <x 2> in the translation"]
    opening, closing = Code(0, "open", "g", (("x", "3"), ("id", "9"))), Code(1, "close", "g")
    assert code_findings((opening, closing), (opening,)) == [
        "inline code </g> of the source is not in the translation"
    ]
    assert code_findings((opening,), ()) == ["inline code <g 3> of the source is not in the translation"]


def test_a_code_without_text_in_it_is_known_by_its_name():
    empty = Code(0, "alone", "ph", content=Segment(""))
    assert code_findings((empty,), ()) == ["inline code <ph> of the source is not in the translation"]


def test_a_placeholder_counts_as_often_as_it_stands():
    assert messages("placeholder", "%s, %s", "%s") == [
        "placeholder %s of the source is not in the translation"
    ]
    assert messages("placeholder", "%s", "%s %s") == [
        "placeholder %s of the translation is not in the source"
    ]


# ------------------------------------------------------------------------------------------------- doubled words


@pytest.mark.parametrize(
    ("target", "is_reported"),
    [
        ("o o modelo", True),
        ("O o modelo", True),
        ("o, o modelo", False),
        ("o modelo o", False),
        ("5 5 chaves", False),
        ("oo modelo", False),
        ("GPT4 GPT4", False),
    ],
)
def test_only_a_word_that_follows_itself_is_doubled(target, is_reported):
    assert bool(messages("doubled", "le modèle", target)) == is_reported


# ------------------------------------------------------------------------------------------------- French typography


@pytest.mark.parametrize(
    ("tag", "is_reported"),
    [
        ("fr", True),
        ("fr-FR", True),
        ("fr-be", True),
        ("fr-CA", False),
        ("fr-CH", False),
        ("pt", False),
        ("", False),
    ],
)
def test_french_spaces_are_asked_for_where_they_are_the_rule(tag, is_reported):
    assert bool(messages("french", "Onde?", "Où ?", Direction("pt", tag))) == is_reported


def test_all_missing_spaces_are_put_in_at_once():
    mended = finding("french", "x", "Où? « Ici »: voilà !", Direction("pt", "fr"))
    assert mended.suggestion == "Où\xa0? «\xa0Ici\xa0»\xa0: voilà\xa0!"


# ------------------------------------------------------------------------------------------------- length


@pytest.mark.parametrize(
    ("source", "target", "is_reported"),
    [
        (10, 30, False),
        (10, 31, True),
        (30, 10, False),
        (31, 10, True),
        (60, 102, False),
        (60, 103, True),
        (0, 50, False),
        (1, 12, False),
        (1, 13, True),
    ],
)
def test_labels_may_be_twice_as_long_and_ten_characters_sentences_less(source, target, is_reported):
    assert bool(messages("length", "a" * source, "a" * target)) == is_reported


def test_a_wide_character_is_as_long_as_two_letters_and_a_half():
    assert messages("length", "a" * 30, "桥" * 4) == []
    assert messages("length", "a" * 31, "桥" * 4) != []
    assert messages("length", "é" * 10, "e" * 30) == []
    assert messages("length", "é" * 10, "e" * 31) != []


# ------------------------------------------------------------------------------------------------- punctuation


@pytest.mark.parametrize(
    ("source", "target", "is_reported"),
    [
        ("un", "um.", True),
        ("un.", "um", True),
        ("un ;", "um", False),
        ("un ;", "um,", False),
        ("un,", "um.", False),
        ("un ;", "um!", True),
        ("un : ", "um:", False),
        ("un...", "um…", False),
        ("un.", "um。", False),
        ("un.", 'um."', False),
        ("", "um.", False),
        ("un (a)", "um (a", True),
        ("un (a", "um (a", False),
        ("un (a", "um a)", False),
        ("un (a)", "um a", False),
        ("a, b", "a,, b", True),
        ("a,, b", "a,, b", False),
        ("a, b", "a,. b", True),
        ("a... b", "a... b", False),
    ],
)
def test_marks_are_compared_at_the_end_in_pairs_and_in_a_row(source, target, is_reported):
    assert bool(messages("punctuation", source, target)) == is_reported


# ------------------------------------------------------------------------------------------------- spaces


def test_each_end_is_compared_by_itself():
    assert messages("space", " a", "b") == ["leading white space is '', in the source ' '"]
    assert messages("space", "a\n", "b ") == ["trailing white space is ' ', in the source '\\n'"]
    assert finding("space", " a ", " b").suggestion == " b "
    assert messages("space", " ", "b") == []


# ------------------------------------------------------------------------------------------------- untranslated


@pytest.mark.parametrize(
    ("source", "target", "is_reported"),
    [
        ("prenez les trois clés ici", "prenez les trois clés aqui", True),
        ("prenez les clés ici", "prenez les clés aqui", False),
        ("le chat et le chien mangent", "Pedro e le chat et le chien", True),
        ("Il lit « Le Monde » en train", "Ele lê « Le Monde » no trem", False),
        ("Le Monde", "Le Monde", False),
        ("Enregistrer", "Enregistrer", True),
        ("Bonjour Marie", "Bonjour Marie", False),
        ("casa sol lua mar", "casa sol lua mar", False),
    ],
)
def test_foreign_words_in_a_row_are_left_behind(source, target, is_reported):
    assert bool(messages("untranslated", source, target, Direction("fr", "pt"))) == is_reported


@pytest.mark.parametrize(("words", "is_reported"), [(3, False), (4, True)])
def test_without_rates_four_copied_words_are_a_sentence(words, is_reported):
    text = " ".join("habari asubuhi rafiki yangu".split()[:words])
    assert bool(messages("untranslated", text, text, Direction("sw", "zu"))) == is_reported


def test_a_first_word_with_a_capital_counts_only_in_a_sentence_in_small_letters():
    assert messages("untranslated", "Fichier", "Fichier", Direction("fr", "pt")) != []
    assert messages("untranslated", "Fichier Maria", "Fichier Maria", Direction("fr", "pt")) == []
    assert messages("untranslated", "Maria Fichier", "Maria Fichier", Direction("fr", "pt")) == []


# ------------------------------------------------------------------------------------------------- varieties


def test_a_form_that_the_variety_knows_too_is_left_alone():
    assert messages("variety", "le frein", "o travão de autocarro") == ["autocarro: pt-PT, not pt-BR"]
    assert messages("variety", "la ligne", "a ligação") == []
    assert messages("variety", "le bus", "o autocarro", Direction("fr", "pt")) == []
    assert messages("variety", "le bus", "o ônibus", Direction("fr", "pt-pt")) == ["ônibus: pt-BR, not pt-pt"]


# ------------------------------------------------------------------------------------------------- all of them


def test_a_translation_of_white_space_is_left_to_the_check_of_empty_ones():
    reporting = one_by_one(lambda _: [Remark("x")])
    pairs = [Pair(Segment("a"), Segment(target)) for target in ("", " \n", "b")]
    job = Job([Translation(pair, FRENCH_PORTUGUESE) for pair in pairs])
    assert [number for number, _ in reporting(job)] == [2]


def test_a_job_is_checked_in_parts_and_keeps_no_tokens(monkeypatch):
    pairs = [Pair(Segment(f"En {n} ans."), Segment(f"em {n + n % 2} anos")) for n in range(20, 60)]
    whole = run_checks(pairs, FRENCH_PORTUGUESE)
    monkeypatch.setattr(check, "_PART", 7)
    job = Job.of(pairs, FRENCH_PORTUGUESE)
    assert check.examine(job) == whole
    assert {finding.segment for finding in whole if finding.check == "number"} == set(range(2, 41, 2))
    assert {finding.severity for finding in whole if finding.check == "capital"} == {"info"}
    assert not any("target_tokens" in vars(translation) for translation in job.translations)


def test_what_differs_is_named_once_on_each_side():
    assert difference(["a", "a", "b"], ["c"]) == "a, b in the source, c in the translation"
    assert difference(["a"], []) == "a of the source is not in the translation"


def test_the_findings_of_a_segment_come_by_the_name_of_the_check():
    job = Job([Translation(Pair(Segment("En 2018."), Segment("em 2008")), FRENCH_PORTUGUESE)])
    assert [
        (found.segment, found.check) for found in examine(job, only=["punctuation", "number", "capital"])
    ] == [
        (1, "capital"),
        (1, "number"),
        (1, "punctuation"),
    ]
