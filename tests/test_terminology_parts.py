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
from tm.terminology.candidates import LONGEST, comes_from, goes_on, is_partner, phrases
from tm.terminology.gathering import Gathered, Gathering, citation
from tm.terminology.pairing import PhrasePair, pair_phrases
from tm.terminology.sentences import CONTENT, Sentence, analyse, share_names
from tm.terminology.termhood import WEIGHTS, Domain, Rates, Rivals, confidence, features, is_possible
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
        ("AAANN", ["b c d", "b c d e", "c d", "c d e", "d", "d e", "e", "a", "b", "c"]),
        ("NLDN", ["a", "a b c d", "d"]),
        ("NLMN", ["a", "a b c d", "d"]),
        ("NRA", ["a", "a b c", "c"]),
        ("NRV", ["a", "c"]),
        ("Np", ["a", "a b"]),
        (".V.", ["b"]),
    ],
)
def test_noun_phrases_follow_the_patterns(classes, spans):
    sentence = tokens(classes)
    assert [sentence.surface(*span) for span in phrases(sentence, tagged=True)] == spans


def test_a_phrase_has_six_content_words_at_most():
    sentence = tokens("NANLNALNA")
    sizes = [
        sum(kind in CONTENT for kind in sentence.classes[start:end])
        for start, end in phrases(sentence, tagged=True)
    ]
    assert max(sizes) == LONGEST == 6


def test_without_a_tagger_four_content_words_in_a_row_are_a_phrase():
    spans = list(phrases(tokens("NNNNN.N"), tagged=False))
    assert max(end - start for start, end in spans) == 4
    assert (6, 7) in spans
    assert (0, 4) in spans
    assert (0, 5) not in spans


@pytest.mark.parametrize(
    ("classes", "partner"),
    [
        ("N", True),
        ("A", False),
        ("p", True),
        ("AN", True),
        ("NLM", True),
        ("NL", False),
        ("VN", False),
        ("N.N", False),
        ("AM", False),
    ],
)
def test_a_partner_has_a_noun_and_a_meaning_at_both_ends(classes, partner):
    assert is_partner(tokens(classes), 0, len(classes)) is partner


@pytest.mark.parametrize(
    ("classes", "after", "before"),
    [("NA", 1.0, False), ("NLN", 0.4, False), ("NLDN", 0.4, False), ("NV", 0.0, False), ("N", 0.0, False)],
)
def test_a_phrase_that_goes_on_may_be_cut_off(classes, after, before):
    assert goes_on(tokens(classes), 1) == after
    assert comes_from(tokens(classes), 0) is before


@pytest.mark.parametrize(
    ("classes", "start", "before"),
    [("AN", 1, True), ("NLN", 2, True), ("NLDN", 3, True), ("VN", 1, False), ("N.LN", 3, False)],
)
def test_a_phrase_with_a_noun_before_it_may_begin_before(classes, start, before):
    assert comes_from(tokens(classes), start) is before


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


def paired(source, target, links, tagged=(True, True)):
    """The phrase pairs as texts, with their overlap and whether both are noun phrases."""
    return [
        (source.surface(*pair.source), target.surface(*pair.target), round(pair.overlap, 2), pair.strict)
        for pair in pair_phrases(3, source, target, links, tagged=tagged)
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


def test_overlap_below_a_half_is_no_translation():
    assert paired(tokens("N"), tokens("N"), links_of([[0.49]])) == []
    assert paired(tokens("N"), tokens("N"), links_of([[0.5]])) == [("a", "a", 0.5, True)]


def test_a_phrase_follows_its_links_where_the_other_side_shows_none():
    assert paired(tokens("N"), tokens("pM"), links_of([[0.9, 0.9]], [[0.5, 0.5]])) == [
        ("a", "a b", 0.93, False)
    ]
    weak = links_of([[0.9, 0.3]], [[0.9, 0.29]])
    assert [pair[1] for pair in paired(tokens("N"), tokens("pM"), weak)] == ["a"]
    enough = links_of([[1.0, 0.3]], [[1.0, 0.3]])
    assert "a b" in [pair[1] for pair in paired(tokens("N"), tokens("pM"), enough)]


def test_an_adjective_alone_is_no_translation_of_a_longer_noun_phrase():
    assert paired(tokens("A"), tokens("NN"), links_of([[0.9, 0.9]])) == []
    assert paired(tokens("A"), tokens("N"), links_of([[0.9]])) == [("a", "a", 0.9, False)]
    assert paired(tokens("A"), tokens("A"), links_of([[0.9]])) == [("a", "a", 0.9, True)]
    assert paired(tokens("A"), tokens("V"), links_of([[0.9]])) == [("a", "a", 0.9, False)]


def test_a_pair_knows_its_sentence():
    pairs = pair_phrases(3, tokens("N"), tokens("N"), links_of([[1.0]]), tagged=(True, True))
    assert [pair.sentence for pair in pairs] == [3]


CHANCES = arrays.arrays(
    float, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=st.floats(0, 1, width=32)
)


@given(CHANCES)
def test_overlaps_are_those_counted_link_by_link(chances):
    forward = chances / np.maximum(chances.sum(0, keepdims=True), 1)
    backward = chances / np.maximum(chances.sum(1, keepdims=True), 1)
    source, target = tokens("N" * len(chances)), tokens("N" * chances.shape[1])
    for pair in pair_phrases(0, source, target, Links(forward, backward, chances), tagged=(False, False)):
        rows, columns = slice(*pair.source), slice(*pair.target)
        inside = forward[rows, columns].sum() + backward[rows, columns].sum()
        leaving = forward[rows].sum() + backward[:, columns].sum()
        words = rows.stop - rows.start + columns.stop - columns.start
        assert pair.overlap == pytest.approx(inside / (words + leaving - inside))
        assert pair.overlap >= 0.5 - 1e-6


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
    assert crumb.goes_on == pytest.approx(0.4 + 1.0)
    assert crumb.comes_from == 0
    assert crumb.genders == ({"feminine": 1}, {"masculine": 1})
    assert crumb.surfaces == {("mie", "miolo"): 1, ("mies", "miolos"): 1}
    assert sorted(number for _, number in crumb.places) == [0, 1]
    bread = gathering.phrase_pairs["pain", "pão"]
    assert (bread.comes_from, bread.gender(0), bread.gender(1)) == (1.0, "masculine", "masculine")


def test_phrases_that_share_some_words_cross():
    gathering = gathered_from(
        ("four pain mie", "forno pão miolo"),
        pairs=[(0, (0, 2), (0, 2)), (0, (1, 3), (1, 3)), (0, (1, 2), (1, 2))],
    )
    first, second, inner = gathering.phrase_pairs.values()
    assert first.across == {("pain mie", "pão miolo"): 1}
    assert second.across == {("four pain", "forno pão"): 1}
    assert inner.across == {}
    assert inner.within == {("four pain", "forno pão")}


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


NOTHING = frozenset()
RATES = (
    Rates({"four": 6, "pain": 3}, {"four": 4.0, "pain": 40.0, "chose": 900.0}, 500),
    Rates({"forno": 6, "pão": 3}, {"forno": 9.0, "pão": 60.0, "coisa": 800.0}, 520),
)
DOMAIN = Domain(
    RATES, (frozenset({"chose"}), frozenset({"coisa"})), (frozenset({"grand"}), NOTHING), NOTHING, NOTHING
)


def oven(**more):
    """A pair seen four times, in the best of health."""
    healthy = {"overlap": 3.6, "trust": 3.2, "strict": 4, "free": 4, **more}
    return Gathered(("N", "N"), (("four",), ("forno",)), 4, **healthy)


def weighed(gathered, rivals=None, around=None, domain=DOMAIN):
    return features(gathered, domain, rivals or Rivals(4, 4, 4), around or {})


def specificity(count, rate, size):
    expected = (rate + 0.1) * 2000 / 1e6
    return math.log10((count + expected) / (size + 2000) * 1e6 / (rate + 0.1))


def test_the_features_of_a_word_are_counted_by_hand():
    rates = abs(math.log10(4.1) - math.log10(9.1))
    expected = {
        "bias": 1.0,
        "frequency, one word": 2.0,
        "specificity, one word": (specificity(6, 4.0, 500) + specificity(6, 9.0, 520)) / 2,
        "alignment": 0.9,
        "rarity": rates,
        "both noun phrases": 1.0,
        "steady": 1.0,
    }
    assert {name: value for name, value in weighed(oven()).items() if value} == pytest.approx(expected)
    assert set(weighed(oven())) == set(WEIGHTS)


def test_the_features_of_several_words_are_counted_by_hand():
    bread_oven = Gathered(
        ("NLN", "ANNN"),
        (("four", "pain"), ("grand", "forno", "pão", "x")),
        2,
        overlap=1.0,
        trust=0.4,
        strict=1,
        free=1,
        goes_on=1.0,
        comes_from=0.5,
        within={("k", "l"), ("m", "n"), ("o", "p")},
    )
    domain = replace(DOMAIN, names=frozenset({"pain"}), abbreviated=frozenset({("four", "pain")}))
    values = weighed(bread_oven, Rivals(4, 8, 4, cut=0.25), {("k", "l"): 0.9, ("m", "n"): 0.6}, domain)
    lowest = min(specificity(6, 4.0, 500), specificity(3, 40.0, 500))
    lowest += min(specificity(0, 0.0, 520), specificity(6, 9.0, 520), specificity(3, 60.0, 520))
    expected = {
        "bias": 1.0,
        "frequency": 1.0,
        "specificity": lowest / 2,
        "alignment": 0.5,
        "doubtful sentence": 0.2,
        "both noun phrases": 0.5,
        "goes on": 0.5,
        "comes from": 0.25,
        "cuts a better term": 0.25,
        "part of a term": 0.9 * 0.5 / 3,
        "several contexts": 2.0,
        "steady": 2 / 4 * 2 / 8,
        "another translation is commoner": 1.0,
        "several words": 1.0,
        "unequal length": 2.0,
        "length": 1.0,
        "name in phrase": 1.0,
        "has an acronym": 1.0,
    }
    assert {name: value for name, value in values.items() if value} == pytest.approx(expected)


@pytest.mark.parametrize(
    ("shape", "words", "name", "value"),
    [
        (("ALN", "NLN"), (("a", "b"), ("c", "d")), "adjective before link", 1.0),
        (("NLAN", "NLN"), (("a", "b", "c"), ("c", "d")), "inner leading adjective", 1.0),
        (("AN", "pN"), (("a", "b"), ("c", "d")), "leading adjective", 1.0),
        (("AN", "NA"), (("a", "b"), ("c", "d")), "leading adjective", 0.0),
        (("A", "A"), (("a",), ("c",)), "leading adjective", 0.0),
        (("NLDN", "NLN"), (("a", "b"), ("c", "d")), "inner article", 1.0),
        (("NLN", "NLDN"), (("a", "b"), ("c", "d")), "inner article", 0.0),
        (("NA", "NA"), (("b", "grand"), ("c", "d")), "general adjective", 0.5),
        (("AN", "NA"), (("grand", "b"), ("c", "d")), "general adjective", 0.5),
        (("N", "N"), (("chose",), ("c",)), "general noun", 1.0),
        (("NA", "NA"), (("chose", "b"), ("c", "d")), "general noun", 0.0),
        (("NA", "NA"), (("a", "b"), ("coisa", "d")), "general head", 1.0),
        (("N", "N"), (("chose",), ("coisa",)), "general head", 0.0),
        (("A", "A"), (("a",), ("c",)), "both noun phrases", 0.0),
    ],
)
def test_shapes_and_general_words_speak_for_themselves(shape, words, name, value):
    pair = Gathered(shape, words, 1, strict=1, free=1, surfaces={("x", "y"): 1})
    assert weighed(pair, Rivals(1, 1, 1))[name] == value


def test_a_surer_term_around_takes_from_a_word_that_is_never_free():
    part = oven(free=1, within={("four à pain", "forno de pão")})
    assert weighed(part, around={("four à pain", "forno de pão"): 0.8})[
        "part of a term, one word"
    ] == pytest.approx(0.8 * 0.75)


def test_confidence_is_the_logistic_function_of_the_weights():
    assert confidence({}) == 0.5
    nats = WEIGHTS["bias"] + 2 * WEIGHTS["frequency"]
    assert confidence({"bias": 1.0, "frequency": 2.0}) == pytest.approx(1 / (1 + math.exp(-nats)))


@pytest.mark.parametrize(
    ("gathered", "possible"),
    [
        (oven(), True),
        (Gathered(("N", "N"), (("a",), ("forno",)), 9), False),
        (Gathered(("V", "V"), (("lever",), ("crescer",)), 4), False),
        (Gathered(("V", "V"), (("lever",), ("crescer",)), 5), True),
        (
            Gathered(
                ("P", "P"), (("kiki",), ("kiki",)), 2, within={("a", "b")}, surfaces={("Kiki", "Kiki"): 2}
            ),
            False,
        ),
        (
            Gathered(
                ("P", "P"), (("kiki",), ("kiki",)), 2, free=1, within={("a", "b")}, surfaces={("K", "K"): 2}
            ),
            True,
        ),
        (
            Gathered(
                ("P", "P"),
                (("kiki",), ("kiki",)),
                2,
                within={("a", "b"), ("c", "d")},
                surfaces={("K", "K"): 2},
            ),
            True,
        ),
    ],
)
def test_what_cannot_be_a_term_is_left_out(gathered, possible):
    assert is_possible(gathered) is possible


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
        ("couche de lin", "couche de linho", 0.969, 2),
        ("levain chef", "fermento chefe", 0.924, 2),
        ("couche", "couche", 0.841, 2),
        ("humidité", "umidade", 0.760, 1),
        ("pâte", "massa", 0.729, 3),
        ("lin", "linho", 0.729, 2),
        ("chaud", "calor", 0.659, 1),
        ("chef", "chefe", 0.533, 2),
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
            ("P", "P"), (("genève",), ("genebra",)), 2, free=1, surfaces={("Genève", "Genebra"): 2}
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
