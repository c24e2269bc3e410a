"""What became of a glossary's terms in a translation: counted by concept, the forbidden ones quoted, a lookalike shown."""

import subprocess
import sys

import pytest

from tm.direction import Direction
from tm.model import Concept, Evidence, Pair, Segment, Term
from tm.terminology.use import GlossaryInUse, term_uses


def concept(source, *targets, number="1", status="approved"):
    terms = [Term(text, "pt-BR", status=state) for text, state in targets]
    return Concept(number, (Term(source, "fr", status=status), *terms))


def uses(source, target, *concepts):
    return term_uses(Pair(Segment(source), Segment(target)), concepts, Direction("fr", "pt-BR"))


BRIDGE = concept("pont", ("ponte", "approved"))


def test_the_preferred_term_is_expected_first():
    car = concept("voiture", ("automóvel", "approved"), ("carro", "preferred"), ("viatura", "forbidden"))
    (use,) = uses("La voiture.", "O carro.", car)
    assert use.expected == ("carro", "automóvel")


def test_a_term_more_often_in_the_translation_than_in_the_source_counts_no_more_than_there():
    (use,) = uses("Un pont.", "Uma ponte, outra ponte.", BRIDGE)
    assert (use.wanted, use.kept) == (1, 1)


def test_a_name_kept_more_often_than_in_the_source_counts_no_more_than_there():
    name = Concept("1", (Term("Pont-Neuf", "fr", status="do-not-translate"),))
    (use,) = uses("Le Pont-Neuf.", "A Pont-Neuf, sim, a Pont-Neuf.", name)
    assert (use.wanted, use.kept, use.expected) == (1, 1, ("Pont-Neuf",))


def fixed(word, target=None):
    target_terms = () if target is None else (Term(target, "pt-BR", status="do-not-translate"),)
    status = "do-not-translate" if target is None else "approved"
    return Concept("1", (Term(word, "fr", status=status), *target_terms))


@pytest.mark.parametrize("term", [fixed("GNOME"), fixed("GNOME", "GNOME")])
@pytest.mark.parametrize(
    ("source", "target", "kept", "instead"),
    [
        ("Ouvrez GNOME.", "Abra o GNOME.", 1, ""),
        ("Ouvrez GNOME.", "Abra o Gnome.", 0, "Gnome"),
        ("Ouvrez GNOME.", "Abra o GNOMENU.", 0, ""),
        ("Les paquets d’GNOME.", "Os pacotes d’GNOME.", 1, ""),
    ],
)
def test_what_is_not_to_be_translated_stands_letter_by_letter(term, source, target, kept, instead):
    (use,) = uses(source, target, term)
    assert (use.wanted, use.kept, use.instead, use.severity) == (1, kept, instead, "error")
    assert use.is_fixed
    assert [source[start:end] for start, end in use.source_spans] == ["GNOME"]
    assert [target[start:end] for start, end in use.target_spans] == ([instead] if instead else [])


def test_a_word_written_otherwise_is_not_the_name():
    assert uses("Un gnome de jardin.", "Um anão de jardim.", fixed("GNOME")) == []


def test_a_name_in_small_letters_may_begin_a_sentence():
    (use,) = uses("Git range tout.", "Git guarda tudo.", fixed("git"))
    assert use.kept == 1


def test_a_term_less_often_in_the_translation_is_an_info_that_counts():
    (use,) = uses("Le pont, un pont.", "A ponte, e ela.", BRIDGE)
    assert (use.severity, use.kept, use.wanted, use.instead) == ("info", 1, 2, "")
    (use,) = uses("Ouvrez GNOME, fermez GNOME.", "Abra o GNOME, feche-o.", fixed("GNOME"))
    assert (use.severity, use.kept, use.wanted) == ("info", 1, 2)


def test_concepts_come_in_the_order_of_the_source():
    bank = concept("rive", ("margem", "approved"), number="2")
    assert [use.concept for use in uses("De la rive au pont.", "Da margem à ponte.", BRIDGE, bank)] == [
        "2",
        "1",
    ]


def test_without_a_glossary_there_is_no_use():
    assert uses("Un pont.", "Uma ponte.") == []


@pytest.mark.parametrize(
    ("status", "evidence", "severity"),
    [
        ("candidate", Evidence(3, 3, 3, 0.9), "info"),
        ("candidate", None, "warning"),
        ("approved", Evidence(3, 3, 3, 0.9), "warning"),
    ],
)
def test_what_was_only_extracted_is_an_info(status, evidence, severity):
    terms = (Term("pont", "fr"), Term("ponte", "pt-BR", status=status, evidence=evidence))
    (use,) = uses("Un pont.", "Um viaduto.", Concept("1", terms))
    assert use.severity == severity


def test_the_likest_words_are_quoted_as_they_stand():
    learning = concept("apprentissage profond", ("aprendizado profundo", "approved"))
    (use,) = uses("L'apprentissage profond.", "Sim, Aprendizagem Profunda e profunda.", learning)
    assert use.instead == "Aprendizagem Profunda"


def test_the_last_words_of_a_translation_may_be_quoted():
    team = concept("équipe", ("equipe", "approved"))
    (use,) = uses("L'équipe.", "A equipa", team)
    assert use.instead == "equipa"


def test_unrelated_words_are_not_quoted():
    (use,) = uses("Un pont.", "Um viaduto alto.", BRIDGE)
    assert use.instead == ""


def test_where_a_forbidden_form_stands_nothing_is_quoted():
    file = concept("équipe", ("equipe", "preferred"), ("time", "forbidden"))
    (use,) = uses("L'équipe.", "O time equipa.", file)
    assert (use.forbidden, use.instead, use.kept) == (("time",), "", 0)


def test_a_kept_term_needs_no_lookalike():
    team = concept("équipe", ("equipe", "approved"))
    (use,) = uses("L'équipe.", "A equipe da equipa.", team)
    assert (use.kept, use.instead) == (1, "")


def test_a_longer_term_of_another_concept_does_not_hide_the_one_asked_for():
    disc = concept("frein à disque", ("freio a disco", "approved"), number="2")
    brake = concept("frein", ("freio", "approved"), number="3")
    uses_of_both = uses("Un frein et un frein à disque.", "Um freio e um freio a disco.", brake, disc)
    assert [(use.concept, use.kept) for use in uses_of_both] == [("3", 1), ("2", 1)]


def test_one_glossary_serves_several_pairs_and_both_directions():
    glossary = GlossaryInUse([BRIDGE])
    forth = Pair(Segment("Un pont."), Segment("Um viaduto."))
    back = Pair(Segment("Duas pontes."), Segment("Deux ponts."))
    assert [use.kept for use in glossary.uses(forth, Direction("fr", "pt-BR"))] == [0]
    assert [(use.term, use.kept) for use in glossary.uses(back, Direction("pt-BR", "fr"))] == [("ponte", 1)]
    assert [use.kept for use in glossary.uses(forth, Direction("fr", "pt-BR"))] == [0]


def test_adjectives_inside_a_term_count_where_they_may_and_are_quoted():
    base = Concept("1", (Term("base de données", "fr"), Term("banco de dados", "pt")))
    source = Segment("Une base commune de données.")
    direction = Direction("fr", "pt")
    assert GlossaryInUse([base]).uses(Pair(source, Segment("Um arquivo.")), direction) == []
    glossary = GlossaryInUse([base], inserted=1)
    (missing,) = glossary.uses(Pair(source, Segment("Um arquivo.")), direction)
    (kept,) = glossary.uses(Pair(source, Segment("Um banco comum de dados.")), direction)
    assert (missing.kept, missing.written, kept.kept) == (0, "base commune de données", 1)


CHECK = """
import sys
from tm.direction import Direction
from tm.model import Concept, Pair, Segment, Term
from tm.terminology.use import term_uses
pair = Pair(Segment("Les fichiers des ONG à Paris, des tweets."), Segment("Os arquivos das ONG em Madrid."))
file = Concept("1", (Term("fichier", "fr"), Term("arquivo", "pt")))
assert [use.kept for use in term_uses(pair, [file], Direction("fr", "pt"))] == [1]
print({"wordfreq", "simplemma", "numpy"} & sys.modules.keys())
"""


def test_a_first_check_unpacks_no_dictionary():
    assert subprocess.check_output([sys.executable, "-c", CHECK], text=True) == "set()\n"


def test_many_segments_together_come_out_as_one_by_one():
    closing = concept("ferme", ("fazenda", "approved"))
    segments = [("Un pont.", "Uma ponte."), ("La ferme est loin.", "O sítio."), ("Elle ferme.", "Ela fecha.")]
    given = [
        (Pair(Segment(source), Segment(target)), Direction("fr", "pt-BR")) for source, target in segments
    ]
    given += [(Pair(Segment("Uma ponte."), Segment("A bridge.")), Direction("pt", "en"))]
    glossary = GlossaryInUse([BRIDGE, closing])
    assert glossary.all_uses(given) == [glossary.uses(*one) for one in given]
    assert GlossaryInUse([]).all_uses(given) == [[], [], [], []]
