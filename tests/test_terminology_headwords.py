"""The headword of a term: its base form, whatever form the text has."""

import pytest

from tm.direction import Direction
from tm.model import Pair, Segment
from tm.terminology import extract
from tm.terminology.entries import is_piece
from tm.terminology.gathering import Gathered
from tm.terminology.headwords import has_pointer, headword, is_cut
from tm.terminology.sentences import analyse

FRENCH_PORTUGUESE = Direction("fr", "pt-BR")


@pytest.mark.parametrize(
    ("language", "text", "base"),
    [
        ("fr", "moulins à vent", "moulin à vent"),
        ("fr", "roues dentées", "roue dentée"),
        ("fr", "grands fours électriques", "grand four électrique"),
        ("fr", "bases de données", "base de données"),
        ("fr", "salles de bains", "salle de bains"),
        ("fr", "taux moyens de croissance", "taux moyen de croissance"),
        ("fr", "canaux radio", "canal radio"),
        ("fr", "vitraux", "vitrail"),
        ("fr", "eaux usées", "eau usée"),
        ("fr", "moyens de transport publics", "moyen de transport public"),
        ("fr", "création de nouvelles méthodes", "création de nouvelles méthodes"),
        ("fr", "droits et obligations", "droits et obligations"),
        ("fr", "vacances scolaires", "vacances scolaires"),
        ("fr", "six mois", "six mois"),
        ("fr", "timbres-poste rares", "timbre-poste rare"),
        ("fr", "architectures orientées objets", "architecture orientée objets"),
        ("pt", "moinhos de vento", "moinho de vento"),
        ("pt", "rodas dentadas", "roda dentada"),
        ("pt", "papéis timbrados", "papel timbrado"),
        ("pt", "pães de queijo", "pão de queijo"),
        ("pt", "canais fluviais", "canal fluvial"),
        ("pt", "férias escolares", "férias escolares"),
        ("pt", "redes de computadores", "rede de computadores"),
        ("pt", "meios de transporte públicos", "meio de transporte público"),
        ("pt", "ônibus elétricos", "ônibus elétrico"),
        ("pt", "couves-flores", "couve-flor"),
    ],
)
def test_a_term_stands_in_its_base_form(language, text, base):
    # In a sentence, so that the tagger sees what the words are.
    article = "Voici" if language == "fr" else "Eis"
    (sentence,) = analyse([f"{article} {text}."], language)
    classes = sentence.classes[1:-1]
    assert headword(text, classes, language) == base


@pytest.mark.parametrize(
    ("language", "text", "kind", "base"),
    [
        ("fr", "rondes", "A", "rond"),
        ("fr", "nouvelles", "A", "nouveau"),
        ("fr", "rassises", "A", "rassis"),
        ("fr", "pétries", "p", "pétri"),
        ("fr", "pétrissent", "V", "pétrir"),
        ("pt", "redondas", "A", "redondo"),
        ("pt", "amassadas", "p", "amassado"),
        ("pt", "amassam", "V", "amassar"),
        ("pt", "clientes", "N", "cliente"),
        ("pt", "entradas", "N", "entrada"),
        ("pt", "recebidas", "N", "recebido"),
        ("fr", "découvertes", "N", "découverte"),
        ("pt", "tolerantes a falhas", "ALN", "tolerante a falhas"),
        ("fr", "résistantes au feu", "ALN", "résistant au feu"),
    ],
)
def test_a_lone_word_stands_as_in_a_dictionary(language, text, kind, base):
    assert headword(text, kind, language) == base


def pairs(*texts):
    return [Pair(Segment(source), Segment(target)) for source, target in texts]


def headwords(*texts):
    concepts = extract(pairs(*texts), FRENCH_PORTUGUESE, least=0.0)
    return {(concept.terms[0].text, term.text) for concept in concepts for term in concept.of("pt-BR")}


SINGULAR = "Le four à pain est chaud.", "O forno de pão está quente."
PLURAL = "Les fours à pain chauffent.", "Os fornos de pão aquecem."


def test_the_headword_does_not_depend_on_the_forms_seen():
    both = headwords(SINGULAR, PLURAL, PLURAL)
    assert ("four à pain", "forno de pão") in both & headwords(SINGULAR) & headwords(PLURAL)
    assert not any(source.startswith("fours") for source, _ in both)


def test_the_forms_seen_are_kept_with_the_evidence():
    concepts = extract(pairs(PLURAL, PLURAL, SINGULAR), FRENCH_PORTUGUESE)
    (term,) = (c.of("pt-BR")[0] for c in concepts if c.terms[0].text == "four à pain")
    assert term.evidence.forms == (("fours à pain", "fornos de pão", 2), ("four à pain", "forno de pão", 1))


def test_a_title_s_capitals_are_no_part_of_a_term():
    title = "Cuisson des Pains Ronds", "Cozimento dos Pães Redondos"
    assert not any(text != text.lower() for pair in headwords(title) for text in pair)


def test_names_come_after_terms():
    concepts = extract(
        pairs(("Ada Lovelace vend un four à pain.", "Ada Lovelace vende um forno de pão.")), FRENCH_PORTUGUESE
    )
    kinds = [concept.terms[0].part_of_speech == "properNoun" for concept in concepts]
    assert kinds == sorted(kinds)
    assert any(kinds)


def test_a_gender_is_known_without_an_article():
    concepts = extract(
        pairs(("Voici four à pain et roue dentée.", "Eis forno de pão e roda dentada.")), FRENCH_PORTUGUESE
    )
    genders = {term.text: term.gender for concept in concepts for term in concept.terms}
    assert genders["four à pain"] == genders["forno de pão"] == "masculine"
    assert genders["roue dentée"] == genders["roda dentada"] == "feminine"


def test_an_acronym_has_the_gender_of_its_full_form():
    text = "Taxe de séjour (TDS) et TDS.", "Taxa de estadia (TDE) e TDE."
    concepts = extract(pairs(text, text), FRENCH_PORTUGUESE, least=0.0)
    terms = [term for concept in concepts for term in concept.terms if term.kind == "acronym"]
    assert {(term.text, term.gender) for term in terms} == {("TDS", "feminine"), ("TDE", "feminine")}


@pytest.mark.parametrize(
    ("language", "text", "classes", "cut"),
    [
        ("fr", "dureté expliquées", "Np", True),
        ("fr", "code partagée", "Np", True),
        ("pt", "código compartilhada", "Np", True),
        ("fr", "logiciel envoie", "NA", True),
        ("pt", "contêiner requer", "NA", True),
        ("fr", "roue dentée", "Np", False),
        ("fr", "prix fixes", "NA", False),
        ("fr", "mesures expliquées", "Np", False),
        ("pt", "roda dentada", "Np", False),
    ],
)
def test_a_piece_of_a_clause_is_no_term(language, text, classes, cut):
    assert is_cut(text, classes, language) == cut


@pytest.mark.parametrize(
    ("language", "text", "classes", "points"),
    [
        ("fr", "vanne de sécurité décrite", "NLNp", True),
        ("fr", "moteurs disponibles", "NA", True),
        ("fr", "figure ci-contre", "NR", True),
        ("fr", "base de données", "NLp", False),
        ("fr", "roue dentée", "Np", False),
        ("pt", "determinada válvula", "AN", True),
        ("pt", "motores disponíveis", "NA", True),
        ("pt", "tabela abaixo", "NR", True),
        ("pt", "motor elétrico", "NA", False),
    ],
)
def test_what_the_sentence_says_of_a_term_is_no_part_of_it(language, text, classes, points):
    assert has_pointer(text, classes, language) == points


def test_a_tail_of_the_sentence_is_left_off():
    texts = pairs(
        ("Les vannes de sécurité mentionnées ferment.", "As válvulas de segurança mencionadas fecham."),
        ("Une vanne de sécurité indiquée suffit.", "Uma válvula de segurança indicada basta."),
        ("Les pompes à huile disponibles tournent.", "As bombas de óleo disponíveis giram."),
    )
    listed = {concept.terms[0].text for concept in extract(texts, FRENCH_PORTUGUESE)}
    assert {"vanne de sécurité", "pompe à huile"} <= listed
    assert not any(source.endswith((" mentionnée", " indiquée", " disponible")) for source in listed)


def test_the_last_words_of_a_full_form_do_not_own_its_acronym():
    concepts = extract(
        pairs(("Un taux de marge par lot vendu (TMLV).", "Uma taxa de margem por lote vendido (TMLV).")),
        FRENCH_PORTUGUESE,
        least=0.0,
    )
    owners = [concept.terms[0].text for concept in concepts for term in concept.terms if term.text == "TMLV"]
    assert "lot vendu" not in owners


def test_a_noun_whose_classes_are_of_a_form_with_an_article_is_a_noun():
    assert headword("vulnerabilidades", "DN", "pt") == "vulnerabilidade"


@pytest.mark.parametrize(
    ("texts", "shape", "is_clause"),
    [
        (("moulins à vent tournent", "moinhos de vento giram"), ("NLNV", "NLNV"), True),
        (("vanne d’eau bouge", "válvula de água fecha"), ("NLNV", "NLNV"), True),  # une bouge
        (("vanne d’eau bouge", "válvula de água pensa"), ("NLNV", "NLNA"), True),  # no participle of pensar
        (("aide à démarrer", "ajuda para iniciar"), ("NLV", "NLV"), False),
        (("moulin à marche", "moinho de marcha"), ("NLN", "NLN"), False),
        (("lampe éteinte", "lâmpada acesa"), ("NV", "NA"), False),
    ],
)
def test_a_clause_is_no_term(texts, shape, is_clause):
    gathered = Gathered(shape, (("moulin",), ("moinho",)), surfaces={texts: 1})
    assert is_piece(gathered, ("fr", "pt")) == is_clause


def test_a_sentence_of_a_noun_and_a_verb_is_not_listed():
    texts = pairs(
        ("La boulangère prépare la pâte à pain.", "A padeira prepara a massa de pão."),
        ("La pâte à pain repose.", "A massa de pão descansa."),
        ("Le four chauffe.", "O forno aquece."),
    )
    listed = {concept.terms[0].text for concept in extract(texts, FRENCH_PORTUGUESE)}
    assert "pâte à pain" in listed
    assert not any(source.endswith((" repose", " chauffe")) for source in listed)
