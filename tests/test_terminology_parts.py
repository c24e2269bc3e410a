"""The parts of term extraction, each against a plain computation or a small case of its own."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tm.direction import Direction
from tm.model import Concept, Pair, Segment, Term
from tm.terminology import Recogniser, extract, extraction, recognise, term_pairs
from tm.terminology.candidates import LONGEST, has_noun_pattern, phrases
from tm.terminology.gathering import NEIGHBOURS, Gathered, Gathering, citation
from tm.terminology.pairing import PhrasePair, pair_phrases
from tm.terminology.sentences import CONTENT, Sentence, analyse, share_names
from tm.terminology.termhood import is_piece_of_name
from tm.terminology.words import LinkOptions, Links, Words, link_words

FRENCH_PORTUGUESE = Direction("fr", "pt")


def tokens(classes):
    """A sentence of one-letter tokens with these classes; its lemmas are the letters of the alphabet."""
    text = " ".join("abcdefghijklmnopqrstuvwxyz"[: len(classes)])
    starts = tuple(range(0, 2 * len(classes), 2))
    content = tuple(at for at, kind in enumerate(classes) if kind in CONTENT)
    return Sentence(text, starts, tuple(at + 1 for at in starts), classes, tuple(text.split()), content)


# ------------------------------------------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    ("language", "text", "classes"),
    [
        ("fr", "Le pain de seigle", "DNLN"),
        ("fr", "un four à pain", ".NLN"),
        ("fr", "la mie, en mars 2020", "DN.LM#"),
        ("fr", "le TGV", "DP"),
        ("fr", "le pain cuit par le boulanger", "DNVODN"),
        ("pt", "a massa fermentada", "DNp"),
        ("en", "The bread of the baker", ".N..N"),
        ("xx", "plouf 12 !", "N#."),
    ],
)
def test_each_word_has_its_class(language, text, classes):
    assert analyse([text], language)[0].classes == classes


def test_without_a_tagger_function_words_are_told_by_how_often_they_are_used():
    assert analyse(["why still bread"], "en")[0].classes == "..N"


def test_lemmas_of_contracted_and_elided_words_are_those_of_the_first():
    assert analyse(["l'ami du roi, d'un four"], "fr")[0].lemmas == (
        "",
        "ami",
        "de",
        "roi",
        ",",
        "de",
        "",
        "four",
    )


@pytest.mark.parametrize(
    ("french", "portuguese", "classes"),
    [
        ("visitez Port Vieux", "visite Port Vieux", "NPP"),
        ("visitez Port le Vieux", "visite Port le Vieux", "NPPP"),
        ("visitez Port le Vieux", "visite Port o Vieux", "NPNP"),
        ("visitez le Vieux", "visite le Vieux", "NNP"),
        ("visitez Port 12 Vieux", "visite Port 12 Vieux", "NP#P"),
        ("visitez Ab", "visite Ab", "NN"),
    ],
)
def test_a_name_is_written_alike_on_both_sides(french, portuguese, classes):
    named = share_names(analyse([french], "xx")[0], analyse([portuguese], "xy")[0])
    assert named[0].classes == named[1].classes == classes
    assert named[0].content == tuple(range(len(classes)))


def test_sentences_without_a_common_name_stay_as_they_are():
    one, other = analyse(["le four"], "fr")[0], analyse(["o forno"], "pt")[0]
    named = share_names(one, other)
    assert named[0] is one
    assert named[1] is other


# ------------------------------------------------------------------------------------------------- candidates


@pytest.mark.parametrize(
    ("classes", "spans"),
    [
        ("DNLN", ["b", "b c d", "d"]),
        ("NLDN", ["a", "a b c d", "d"]),
        ("NCN", ["a", "a b c", "c"]),
        ("NCLN", ["a", "a b c d", "d"]),
        ("NON", ["a", "a b c", "b c", "c"]),
        ("NOV", ["a", "a b c", "c"]),
        ("NrA", ["a", "a b c", "b c", "c"]),
        ("N.N", ["a", "c"]),
        (".V.", ["b"]),
    ],
)
def test_words_that_are_held_together_may_be_a_term(classes, spans):
    sentence = tokens(classes)
    assert [sentence.surface(*span) for span in phrases(sentence)] == spans


def test_a_phrase_has_five_content_words_at_most():
    sentence = tokens("NANLNALNA")
    sizes = [sum(kind in CONTENT for kind in sentence.classes[slice(*span)]) for span in phrases(sentence)]
    assert max(sizes) == LONGEST == 5


@pytest.mark.parametrize(
    ("classes", "is_noun_phrase"),
    [
        ("N", True),
        ("AAN", True),
        ("AAAN", False),
        ("NLDN", True),
        ("NLMN", True),
        ("NRA", True),
        ("NRV", False),
        ("Np", True),
        ("A", False),
        ("NL", False),
        ("NON", False),
    ],
)
def test_noun_phrases_follow_the_patterns(classes, is_noun_phrase):
    assert has_noun_pattern(classes) is is_noun_phrase


# ------------------------------------------------------------------------------------------------- words


def side(forms, sentences):
    """Words without speech and rarity, spread evenly over their sentences."""
    return Words(
        forms,
        np.zeros(len(forms), np.int64),
        np.zeros(len(forms)),
        [np.array(words, np.int64) for words in sentences],
        [np.arange(len(words)) / max(len(words), 1) for words in sentences],
    )


def plain_links(source, target, prior, options):
    """The links of each sentence pair, by loops: forward[i, j], backward[i, j]."""

    def chances(counts):
        weights = {pair: counts.get(pair, 0.0) + prior(*pair) for pair in pairs}
        of_source, of_target = {}, {}
        for (s, t), weight in weights.items():
            of_source[s] = of_source.get(s, 0.0) + weight
            of_target[t] = of_target.get(t, 0.0) + weight
        return {pair: (w / of_source[pair[0]], w / of_target[pair[1]]) for pair, w in weights.items()}

    def normalised(weights):
        forward = weights[0] / (weights[0].sum(0, keepdims=True) + options.nothing)
        backward = weights[1] / (weights[1].sum(1, keepdims=True) + options.nothing)
        return forward, backward

    def links(number, table, beside):
        rows, columns = source.sentences[number], target.sentences[number]
        apart = abs(source.places[number][:, None] - target.places[number][None, :])
        near = np.exp(-options.distance * apart)
        chance = [np.array([[table[s, t][way] for t in columns] for s in rows]) for way in (0, 1)]
        forward, backward = normalised([way * near for way in chance])
        if beside:
            strength = np.sqrt(forward * backward)
            neighbours = np.zeros_like(strength)
            for i, j in np.ndindex(strength.shape):
                for di, dj in itertools.product((-1, 1), repeat=2):
                    if 0 <= i + di < strength.shape[0] and 0 <= j + dj < strength.shape[1]:
                        neighbours[i, j] += strength[i + di, j + dj]
            near = near * (1 + options.neighbours * neighbours)
            forward, backward = normalised([way * near for way in chance])
        return forward, backward

    numbers = range(len(source.sentences))
    pairs = {(s, t) for n in numbers for s in source.sentences[n] for t in target.sentences[n]}
    counts = {}
    for turn in range(options.rounds - 1):
        table, counts_now = chances(counts), {}
        for n in numbers:
            forward, backward = links(n, table, turn > 0)
            for (i, s), (j, t) in itertools.product(
                enumerate(source.sentences[n]), enumerate(target.sentences[n])
            ):
                counts_now[s, t] = counts_now.get((s, t), 0.0) + forward[i, j] * backward[i, j]
        counts = counts_now
    table = chances(counts)
    return [links(n, table, beside=True) for n in numbers]


@pytest.mark.parametrize("rounds", [2, 5])
def test_links_are_those_of_the_definition(rounds):
    options = LinkOptions(rounds=rounds)
    source = side(["aaaa", "bbbb", "cccc", "dddd"], [[0, 1, 2], [1, 3], [2, 0], [3, 3, 1, 0]])
    target = side(["kkkk", "llll", "mmmm"], [[0, 1], [1, 2, 2], [0], [2, 1, 0]])

    def prior(s, t):
        return options.prior * math.exp(options.speech - options.spelling)

    plain = plain_links(source, target, prior, options)
    for number, links in link_words(source, target, options=options):
        assert links.forward == pytest.approx(plain[number][0], rel=2e-3, abs=1e-5)
        assert links.backward == pytest.approx(plain[number][1], rel=2e-3, abs=1e-5)


def test_what_speaks_for_a_pair_beforehand():
    options = LinkOptions(rounds=1, distance=0.0, neighbours=0.0, nothing=0.0)
    source = Words(
        ["pain", "roux"], np.array([0, 1]), np.array([2.0, 1.0]), [np.array([0, 1])], [np.zeros(2)]
    )
    target = Words(
        ["pain", "mel"], np.array([1, 1]), np.array([1.0, -1.0]), [np.array([0, 1])], [np.zeros(2)]
    )
    (links,) = (links for _, links in link_words(source, target, options=options))
    weights = np.exp(
        options.spelling * np.array([[1.0, 0.0], [0.0, 0.0]])
        + options.speech * np.array([[0, 0], [1, 1]])
        - options.rarity * np.array([[1.0, 3.0], [0.0, 2.0]])
    )
    chance = weights / weights.sum(1, keepdims=True)
    assert links.forward == pytest.approx(chance / chance.sum(0, keepdims=True), rel=1e-3)


def test_an_approved_pair_counts_as_so_many_links():
    source, target = side(["aaaa", "bbbb"], [[0, 1]]), side(["kkkk", "llll"], [[0, 1]])
    taught = dict(link_words(source, target, approved={("aaaa", "llll"): 10.0}))[0]
    plain = dict(link_words(source, target))[0]
    assert taught.forward[0, 1] > 0.9 > plain.forward[0, 1]


def test_support_counts_only_what_others_say():
    alone = dict(link_words(side(["aaaa"], [[0]]), side(["kkkk"], [[0]])))[0]
    assert alone.support[0, 0] == pytest.approx(0.0, abs=1e-6)
    twice = dict(link_words(side(["aaaa"], [[0], [0]]), side(["kkkk"], [[0], [0]])))
    assert twice[0].support[0, 0] > 0.9
    alike = dict(link_words(side(["aaaa"], [[0]]), side(["aaaa"], [[0]])))[0]
    assert alike.trust > 0.9


def test_sentences_of_all_lengths_come_back_short_ones_first():
    sentences = [[0] * size for size in (3, 0, 1, 5)]
    given = list(link_words(side(["aaaa"], sentences), side(["kkkk"], sentences)))
    assert [number for number, _ in given] == [1, 2, 0, 3]
    assert [links.forward.shape for _, links in given] == [(0, 0), (1, 1), (3, 3), (5, 5)]
    assert list(link_words(side([], []), side([], []))) == []


# ------------------------------------------------------------------------------------------------- pairing


def paired(source, target, links):
    """The phrase pairs as texts, with their overlap and whether both are noun phrases."""
    return [
        (source.surface(*pair.source), target.surface(*pair.target), round(pair.overlap, 2), pair.strict)
        for pair in pair_phrases(3, source, target, links)
    ]


def links_of(forward, backward=None):
    forward = np.array(forward, dtype=float)
    return Links(forward, forward if backward is None else np.array(backward, dtype=float), forward)


def test_phrases_are_paired_as_far_as_their_links_stay_inside():
    word = round(1.6 / (2 + 1.8 - 1.6), 2)
    assert paired(tokens("NN"), tokens("NN"), links_of([[0.8, 0.1], [0.1, 0.8]])) == [
        ("a", "a", word, True),
        ("a b", "a b", 0.9, True),
        ("b", "b", word, True),
    ]


def test_overlap_far_below_a_half_is_no_translation():
    assert paired(tokens("N"), tokens("N"), links_of([[0.39]])) == []
    assert paired(tokens("N"), tokens("N"), links_of([[0.4]])) == [("a", "a", 0.4, True)]


def test_a_noun_phrase_keeps_its_best_noun_phrase_though_a_verb_is_better():
    links = links_of([[0.9, 0.9]], [[0.55, 0.45]])
    assert paired(tokens("N"), tokens("V.N"), links) == [("a", "a", 0.5, False), ("a", "c", 0.47, True)]


def test_a_pair_knows_its_sentence():
    assert [pair.sentence for pair in pair_phrases(3, tokens("N"), tokens("N"), links_of([[1.0]]))] == [3]


CHANCES = arrays.arrays(
    float, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=st.floats(0, 1, width=32)
)


@given(CHANCES)
def test_overlaps_are_those_counted_link_by_link(chances):
    forward = chances / np.maximum(chances.sum(0, keepdims=True), 1)
    backward = chances / np.maximum(chances.sum(1, keepdims=True), 1)
    source, target = tokens("N" * len(chances)), tokens("N" * chances.shape[1])
    for pair in pair_phrases(0, source, target, Links(forward, backward, chances)):
        rows, columns = slice(*pair.source), slice(*pair.target)
        inside = forward[rows, columns].sum() + backward[rows, columns].sum()
        leaving = forward[rows].sum() + backward[:, columns].sum()
        words = rows.stop - rows.start + columns.stop - columns.start
        assert pair.overlap == pytest.approx(inside / (words + leaving - inside))
        assert pair.overlap >= 0.4


# ------------------------------------------------------------------------------------------------- gathering


def gathered_from(*rows, pairs):
    """What is gathered of phrase pairs, given as (row, source span, target span), each with overlap .8."""
    gathering = Gathering(FRENCH_PORTUGUESE)
    sources = analyse([french for french, _ in rows], "fr")
    targets = analyse([portuguese for _, portuguese in rows], "pt")
    for number in range(len(rows)):
        here = [PhrasePair(number, one, other, 0.8, True) for row, one, other in pairs if row == number]
        gathering.add(sources[number], targets[number], here, trust=0.5)
    return gathering


def test_what_is_seen_of_a_pair_is_counted():
    gathering = gathered_from(
        ("La mie du pain", "O miolo do pão"),
        ("Des mies molles", "Miolos moles"),
        pairs=[(0, (1, 2), (1, 2)), (0, (1, 4), (1, 4)), (0, (3, 4), (3, 4)), (1, (1, 2), (0, 1))],
    )
    crumb = gathering.phrase_pairs["mie", "miolo"]
    assert (crumb.count, crumb.strict, crumb.free) == (2, 2, 1)
    assert (crumb.overlap, crumb.trust) == (1.6, 1.0)
    assert crumb.within == {("mie de pain", "miolo de pão")}
    assert crumb.behind[0][NEIGHBOURS.index("a linking preposition")] == 1
    assert crumb.behind[0][NEIGHBOURS.index("an adjective")] == 1
    assert crumb.before[0][NEIGHBOURS.index("an article")] == 1
    assert crumb.genders == ({"feminine": 1}, {"masculine": 1})
    assert crumb.surfaces == {("mie", "miolo"): 1, ("mies", "miolos"): 1}
    assert sorted(number for _, number in crumb.places) == [0, 1]
    bread = gathering.phrase_pairs["pain", "pão"]
    assert (bread.gender(0), bread.gender(1)) == ("masculine", "masculine")


def test_the_best_places_are_sentences_of_middle_length():
    french = [
        "Le pain",
        "Le pain " + "est bon et tendre " * 6,
        "Le pain " + "est bon " * 60,
        "Le pain est là",
    ]
    rows = [(text, "O pão") for text in french]
    gathering = gathered_from(*rows, pairs=[(n, (1, 2), (1, 2)) for n in range(4)])
    places = gathering.phrase_pairs["pain", "pão"].places
    assert len(places) == 3
    assert places[0][1] == 1
    assert places == sorted(places)
    assert places[0][0] == pytest.approx(abs(math.log((len(french[1]) + 20) / 120)) + 0.2)


def test_when_there_are_too_many_pairs_those_seen_once_are_forgotten(monkeypatch):
    monkeypatch.setattr("tm.terminology.gathering._MANY", 2)
    rows = [("pain four", "pão forno"), ("pain mie", "pão miolo")]
    spans = [(n, (at, at + 1), (at, at + 1)) for n in (0, 1) for at in (0, 1)]
    assert list(gathered_from(*rows, pairs=spans).phrase_pairs) == [("pain", "pão")]


@pytest.mark.parametrize(
    ("french", "portuguese", "joined"),
    [
        ("le taux horaire (TH) baisse", "a taxa horária (TH) cai", True),
        ("le TH (taux horaire) baisse", "a TH (taxa horária) cai", True),
        ("le taux horaire TH baisse", "a taxa horária (TH) cai", False),
        ("le taux horaire (TH baisse", "a taxa horária (TH) cai", False),
    ],
)
def test_an_acronym_stands_in_brackets_on_both_sides(french, portuguese, joined):
    sentences = analyse([french], "fr")[0], analyse([portuguese], "pt")[0]

    def span(sentence, phrase):
        start = sentence.text.index(phrase)
        return sentence.starts.index(start), sentence.ends.index(start + len(phrase)) + 1

    full, short = (
        PhrasePair(0, span(sentences[0], one), span(sentences[1], other), 0.9, True)
        for one, other in (("taux horaire", "taxa horária"), ("TH", "TH"))
    )
    gathering = Gathering(FRENCH_PORTUGUESE)
    gathering.add(*sentences, [full, short], 1.0)
    assert gathering.acronyms == ({("taux horaire", "taxa horário"): ("th", "th")} if joined else {})


def test_a_gender_needs_more_than_four_articles_in_five():
    seen = Gathered(("N", "N"), (("x",), ("y",)), genders=({"masculine": 4, "feminine": 1}, {"masculine": 5}))
    assert (seen.gender(0), seen.gender(1)) == ("", "masculine")


@pytest.mark.parametrize(
    ("text", "language", "cited"),
    [
        ("« Pétrissage »", "fr", "pétrissage"),
        ("Le Pétrissage", "fr", "Pétrissage"),
        ("TGV", "fr", "TGV"),
        ("Brot", "de", "Brot"),
    ],
)
def test_a_common_word_loses_the_capital_of_the_sentence(text, language, cited):
    (sentence,) = analyse([text], language)
    start = next(
        at
        for at in range(len(sentence.starts))
        if sentence.surface(at, at + 1) == cited.capitalize() or sentence.surface(at, at + 1) == cited
    )
    classes = sentence.classes.replace("P", "N") if cited != "TGV" else sentence.classes
    assert citation(replace(sentence, classes=classes), start, start + 1, language) == cited


# ------------------------------------------------------------------------------------------------- termhood


def name_seen(**more):
    """A name of one word, seen twice."""
    return Gathered(("P", "P"), (("kiki",), ("kiki",)), count=2, surfaces={("Kiki", "Kiki"): 2}, **more)


@pytest.mark.parametrize(
    ("gathered", "is_piece"),
    [
        (name_seen(within={("a", "b")}), True),
        (name_seen(within={("a", "b")}, free=1), False),
        (name_seen(within={("a", "b"), ("c", "d")}), False),
    ],
)
def test_a_name_that_only_stands_in_one_longer_name_is_left_out(gathered, is_piece):
    assert is_piece_of_name(gathered) is is_piece


# ------------------------------------------------------------------------------------------------- the whole


ROWS = [
    ("Le levain chef nourrit la pâte.", "O fermento chefe alimenta a massa."),
    ("Un levain chef vit des années.", "Um fermento chefe vive anos."),
    ("La pâte repose sur la couche de lin.", "A massa descansa na couche de linho."),
    ("Une couche de lin absorbe l'humidité.", "Uma couche de linho absorve a umidade."),
    ("La pâte lève mieux au chaud.", "A massa cresce melhor no calor."),
]


def test_extraction_gives_what_it_gave():
    """No measure of quality: it shows that nothing changed which was not meant to change."""
    pairs = [Pair(Segment(one), Segment(other)) for one, other in ROWS]
    rows = [
        (term.text, translation.text, translation.evidence.confidence, translation.evidence.pair_count)
        for concept in extract(pairs, FRENCH_PORTUGUESE, least=0.4)
        for term, translation in term_pairs(concept, FRENCH_PORTUGUESE)
    ]
    expected = [
        ("couche de lin", "couche de linho", 0.990, 2),
        ("levain chef", "fermento chefe", 0.941, 2),
        ("couche", "couche", 0.917, 2),
        ("lin", "linho", 0.917, 2),
        ("humidité", "umidade", 0.905, 1),
        ("pâte", "massa", 0.844, 3),
        ("chef", "chefe", 0.555, 2),
        ("levain", "fermento", 0.540, 2),
    ]
    assert sorted(row[:2] for row in rows) == sorted(row[:2] for row in expected)
    confidences = {row[:2]: row[2:] for row in rows}
    for source, target, percent, count in expected:
        assert confidences[source, target] == (pytest.approx(percent, abs=2e-3), count)


# ------------------------------------------------------------------------------------------------- recognition


@given(st.lists(st.sampled_from(["four", "à", "pain", "mie", ","]), max_size=9))
def test_the_longest_terms_are_recognised_from_left_to_right(words):
    terms = [("four",), ("four", "à", "pain"), ("pain", "mie"), ("mie", "mie"), ("à", "pain", "mie")]
    glossary = [Concept(str(number), (Term(" ".join(term), "xx"),)) for number, term in enumerate(terms)]
    expected, at = [], 0
    while at < len(words):
        fits = [term for term in terms if tuple(words[at : at + len(term)]) == term]
        longest = max(fits, key=len, default=())
        if longest:
            expected.append(" ".join(longest))
        at += max(1, len(longest))
    occurrences = Recogniser(glossary, "xx").recognise(" ".join(words))
    assert [occurrence.term.text for occurrence in occurrences] == expected


def test_of_two_terms_of_a_concept_with_the_same_lemmas_the_first_is_shown():
    both = Concept("1", (Term("fours", "fr"), Term("four", "fr"), Term("forno", "pt")))
    assert [found.term.text for found in recognise("un four", [both], "fr")] == ["fours"]


def test_terms_of_another_language_are_not_looked_for():
    glossary = [Concept("1", (Term("pain", "fr"), Term("pain", "en")))]
    assert [found.term.language for found in recognise("pain", glossary, "en-GB")] == ["en"]
    assert recognise("pain", glossary, "pt") == []


def test_names_that_stand_alone_are_names_of_the_source():
    gathering = Gathering(FRENCH_PORTUGUESE)
    gathering.phrase_pairs = {
        ("genève", "genebra"): Gathered(
            ("P", "P"),
            (("genève",), ("genebra",)),
            2,
            free=1,
            surfaces={("Genève", "Genebra"): 2},
        ),
        ("kiki", "quico"): Gathered(("P", "P"), (("kiki",), ("quico",)), 2, surfaces={("Kiki", "Quico"): 2}),
        ("four", "forno"): Gathered(("N", "N"), (("four",), ("forno",)), 2, free=2),
    }
    assert extraction._names(gathering) == {"genève"}


def test_confidences_have_four_digits():
    pairs = [Pair(Segment(one), Segment(other)) for one, other in ROWS]
    evidence = [term.evidence for concept in extract(pairs, FRENCH_PORTUGUESE) for term in concept.of("pt")]
    assert all(round(each.confidence, 4) == each.confidence for each in evidence)
    assert all(round(value, 3) == value for each in evidence for _, value in each.reasons)
