"""Thresholds and steps of the language room, each asked at its edge or against a plain oracle."""

import itertools
import math
import re
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.errors import FormatError
from tm.language import detect, detection, tokens, varieties, word_count, words
from tm.language.detection import PROFILES
from tm.language.icu import python_expression
from tm.language.keys import tag_reaches_across
from tm.language.lemmas import is_acronym, lemma
from tm.language.profiles import BASIC, FIRST
from tm.language.srx import Rule, Rules, read_rules
from tm.language.tagger import ROLES, ROWS, Model, best_sequences, features
from tm.language.tokens import ChunkCache
from tm.language.varieties import Variety, variety

# ------------------------------------------------------------------------------------------------- detection


def profile(tag):
    return next(profile for profile in PROFILES if profile.tag == tag)


def test_a_text_of_up_to_a_hundred_thousand_characters_is_read_whole():
    assert detection._excerpts("a" * 100_000) == "a" * 100_000
    excerpts = detection._excerpts("ab" * 100_000).split("\n")
    assert [len(excerpt) for excerpt in excerpts] == [5_000] * 20


@pytest.mark.parametrize("count", [1, 299, 300, 301, 599, 600, 10_000])
def test_a_sample_comes_evenly_from_all_of_the_text(count):
    sample = detection._sample(" ".join("m" * (1 + number % 7) for number in range(count)))
    assert len(sample) <= 300
    assert len(sample) >= min(count, 150)


def test_words_are_letters_in_small():
    assert detection._sample("L’ÉTÉ 2018, a1b") == ["l", "été", "a", "b"]


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("", ""),
        ("12:30 !", ""),
        ("abc", "Latin"),
        ("abc дом", "Cyrillic"),
        ("abcdef дом", "Latin"),
        ("abcdefg дом", "Latin"),
        ("桥", "Han"),
        ("abcde 桥", "Han"),
        ("橋がある", "Kana"),
        ("橋橋橋橋橋橋橋橋橋が", "Kana"),
        ("橋橋橋橋橋橋橋橋橋橋が", "Han"),
    ],
)
def test_the_script_is_that_of_most_letters_by_weight(text, script):
    assert detection._script(text) == script


def test_a_script_of_one_language_names_it_nearly_surely():
    greek = detect("Ο σκύλος κοιμάται.")
    assert (greek.language, greek.confidence, greek.evidence) == ("el", 0.99, ("Greek script",))


def test_addresses_and_file_names_are_in_no_language():
    assert detect("info@beispiel.de www.beispiel.de C:\\und\\der /und/der").language == ""


def test_an_expected_language_is_taken_unless_another_is_ten_times_as_likely():
    close = detect("Un pont.", ["fr"])
    assert (close.language, close.evidence) == ("fr", ("one of the languages expected",))
    assert 0 < close.confidence < 1
    assert detect("Le chat dort sur le canapé rouge.", ["de", "fi"]).language == "fr"
    assert detect("Le chat dort sur le canapé rouge.", ["de", "fr"]).evidence != close.evidence


def test_a_confidence_is_a_probability_and_grows_with_the_text():
    texts = ["Le pont", "Le pont est ouvert", "Le pont est ouvert depuis hier soir, dit-elle."]
    confidences = [detect(text).confidence for text in texts]
    assert confidences == sorted(confidences)
    assert 0 < confidences[0] < confidences[-1] <= 1


def test_a_word_counts_by_its_rate_its_ending_or_its_kin_and_loses_by_a_foreign_letter():
    score = detection._word_score
    assert score(profile("fr"), "pont") == math.log(detection._rates(profile("fr"))["pont"])
    assert score(profile("fr"), "xqzw") == math.log(1e-7)
    assert score(profile("fr"), "xqzß") == math.log(1e-7) - 3
    assert score(profile("gl"), "xqzeiro") == math.log(2e-6)
    assert score(profile("gl"), "eiro") < score(profile("gl"), "xqeiro")
    portuguese = detection._rates(profile("pt"))["livro"]
    spanish = detection._rates(profile("es")).get("livro", 0)
    assert score(profile("gl"), "livro") == math.log(max(portuguese, spanish)) + math.log(0.3)


def test_rates_of_listed_words_fall_by_rank():
    rates = detection._rates(profile("eu"))
    assert (rates["eta"], rates["da"], rates["du"]) == (0.05, 0.025, 0.05 / 3)


def test_a_repeated_word_of_a_list_has_its_first_rank():
    listed = profile("eu").words.split()
    repeated = next(word for word in listed if listed.count(word) > 1)
    assert detection._rates(profile("eu"))[repeated] == 0.05 / (listed.index(repeated) + 1)


def test_serbian_is_listed_in_latin_letters_and_read_in_cyrillic():
    assert "љубав" in detection._rates(profile("sr"))
    assert "ljubav" in detection._rates(profile("sr-Latn"))


def test_croatian_and_serbian_share_a_list_but_not_these_words():
    score = detection._word_score
    assert score(profile("hr"), "vrijeme") > score(profile("sr-Latn"), "vrijeme")
    assert score(profile("sr-Latn"), "vreme") > score(profile("hr"), "vreme")


def test_a_text_that_a_common_language_explains_is_compared_with_the_common_ones_only():
    french = ("le chat dort sur le lit et le chien dans la cour " * 3).split()
    candidates = [profile for profile in PROFILES if profile.script == "Latin"]
    assert {profile.tag for profile in detection._scores(candidates, french)} == FIRST
    assert len(detection._scores(candidates, french[:19])) == len(candidates)
    assert len(detection._scores(candidates, french[:15] + ["xqzw"] * 6)) == len(candidates)
    assert len(detection._scores(candidates, french[:15] + ["xqzw"] * 5)) == len(FIRST)


def test_the_basic_letters_are_each_language_s_but_no_foreign_one():
    assert "ß" not in detection._alphabet(profile("fr"))
    assert detection._alphabet(profile("fr")) > set(BASIC["Latin"])
    assert detection._alphabet(profile("el")) == frozenset()


def test_the_evidence_is_at_most_six_words_and_the_strongest_first():
    (reason,) = detect(
        "Le facteur apporte les lettres aux habitants de la maison depuis hier matin."
    ).evidence
    name, _, listed = reason.partition(": ")
    assert name.startswith("fr rather than ")
    assert 2 <= len(listed.split(", ")) <= 6


# ------------------------------------------------------------------------------------------------- varieties


@pytest.fixture
def two_varieties(monkeypatch):
    def offer(north, south):
        pair = (Variety("xx-NN", north), Variety("xx-SS", south))
        monkeypatch.setattr(varieties.registry, "listed", lambda room, kind: pair)

    return offer


@pytest.mark.parametrize(
    ("north", "south", "language"),
    [
        (3.0, 0.5, "xx"),
        (3.5, 0.5, "xx-NN"),
        (6.0, 3.0, "xx-NN"),
        (6.0, 3.5, "xx"),
        (1.0, 4.0, "xx-SS"),
    ],
)
def test_a_variety_must_lead_by_three_and_weigh_twice_as_much(two_varieties, north, south, language):
    two_varieties(((north, "loch"),), ((south, "lake"),))
    assert variety("xx", "loch lake")[0] == language


def test_reasons_come_with_the_stronger_variety_first_and_six_marks_at_most(two_varieties):
    two_varieties(((1.0, "lake"),), tuple((2.0, letter) for letter in "abcdefgh"))
    assert variety("xx", "lake a b c d e f g h") == ("xx-SS", ("xx-SS: a, b, c, d, e, f", "xx-NN: lake"))


def test_the_first_thirty_thousand_characters_show_the_variety(two_varieties):
    two_varieties(((4.0, "loch"),), ((4.0, "lake"),))
    assert variety("xx", " " * 29_996 + "loch")[0] == "xx-NN"
    assert variety("xx", " " * 29_997 + "loch")[0] == "xx"


# ------------------------------------------------------------------------------------------------- tokens


def test_counts_and_lists_of_words_agree_where_a_number_reaches_across_spaces():
    for text in ("10 000 ponts", "<a href='x y'>un</a> mot", "{{ a }} b", "un deux"):
        assert word_count(text, "fr") == len(words(text, "fr"))


@pytest.mark.parametrize(
    ("text", "across"),
    [
        ("<a b>", True),
        ("</a b>", True),
        ("<a\nb c>", True),
        ("< a b>", False),
        ("<ab> c", False),
        ("{{a b}}", True),
        ("{{ab}} c", False),
        ("{a b}", False),
        ("a b", False),
    ],
)
def test_only_a_tag_or_a_placeholder_reaches_across(text, across):
    assert tag_reaches_across(text) == across


def test_a_full_cache_is_emptied_and_goes_on():
    computed = []
    cache = ChunkCache(lambda chunk: computed.append(chunk) or len(chunk))
    dict.update(cache, {str(number): 0 for number in range((1 << 17) - 1)})
    assert cache["aa"] == cache["aa"] == 2
    assert (computed, len(cache)) == (["aa"], 1 << 17)
    assert cache["bbb"] == 3
    assert list(cache) == ["bbb"]


def test_kinds_of_tokens_in_one_text():
    kinds = {token.text: token.kind for token in tokens("Un_2 %s à a@b.org, v1.2 ʼ ไทย")}
    assert kinds["%s"] == "placeholder"
    assert kinds["a@b.org"] == "url"
    assert kinds["v1.2"] == kinds["ไ"] == kinds["Un_2"] == "word"
    assert kinds["ʼ"] == kinds[","] == "punctuation"


# ------------------------------------------------------------------------------------------------- rules and expressions


def test_maps_are_tried_in_order_and_cascade_only_where_the_file_says_so():
    first, second = Rule(True, "a", ""), Rule(True, "b", "")
    lists = {"one": (first,), "two": (second,)}
    maps = (("fr.*", "one"), (".*", "two"), ("pt", "one"))
    assert Rules("", lists, maps, cascade=True).of("FR-ca") == (first, second)
    assert Rules("", lists, maps, cascade=False).of("fr") == (first,)
    assert Rules("", lists, maps[:1], cascade=True).of("afr") == ()


def srx_of_version(folder, version):
    file = folder / "a.srx"
    file.write_text(
        f'<srx version="{version}"><body><languagerules><languagerule languagerulename="L"><rule/></languagerule>'
        '</languagerules><maprules><languagemap languagepattern=".*" languagerulename="L"/></maprules></body></srx>'
    )
    return file


@pytest.mark.parametrize("version", ["1.0", "2.0", "2.1"])
def test_versions_1_and_2_are_read_and_a_rule_without_expressions_breaks_anywhere(tmp_path, version):
    rules = read_rules(srx_of_version(tmp_path, version))
    assert [(rule.breaks, rule.before, rule.after, rule.line) for rule in rules.of("fr")] == [
        (True, "", "", 1)
    ]
    assert not rules.cascade


@pytest.mark.parametrize("version", ["2", "3.0", "", "12.0"])
def test_other_versions_are_refused(tmp_path, version):
    with pytest.raises(FormatError, match=r"SRX 1\.0 or 2\.0 was expected"):
        read_rules(srx_of_version(tmp_path, version))


@pytest.mark.parametrize(
    ("icu", "python"),
    [
        ("a-[b]", "a-[b]"),
        ("[a-[b]]", "[a--[b]]"),
        ("[a[b]-[c]]", "[a[b]--[c]]"),
        (r"\k<n>", "(?P=n)"),
        ("(?d)a", "a"),
        ("(?x-du)a", "(?x)a"),
        ("(?i-w:a)", "(?i:a)"),
        ("(?-i:a)", "(?-i:a)"),
        (r"\p{No such}", r"\p{No such}"),
        (r"\x41\x{41}", r"\x41\U00000041"),
        (r"\Qa.b", r"a\.b"),
        (r"\[a]-[b]", r"\[a]-[b]"),
    ],
)
def test_what_differs_is_rewritten_and_the_rest_kept(icu, python):
    assert python_expression(icu) == python


# ------------------------------------------------------------------------------------------------- lemmas, tags


@pytest.mark.parametrize(
    ("word", "acronym"),
    [
        ("IA", True),
        ("AI-2", True),
        ("As", False),
        ("A", False),
        ("IAs", True),
        ("IaA", False),
        ("", False),
        ("22", False),
    ],
)
def test_an_acronym_has_two_capitals_and_no_small_letter_but_its_s(word, acronym):
    assert is_acronym(word) == acronym


@pytest.mark.parametrize(
    ("word", "language", "form"),
    [
        ("USA", "en", "usa"),
        ("IRS", "en", "irs"),
        ("ONGs", "pt", "ong"),
        ("mots", "fr", "mot"),
        ("10h", "fr", "10h"),
        ("Mots", "", "mots"),
        ("tweets", "fr", "tweet"),
        ("xqzws", "fr", "xqzws"),
    ],
)
def test_a_lemma_is_the_dictionary_s_form_or_the_folded_word(word, language, form):
    assert lemma(word, language) == form


def plain_best(scores, transitions):
    """The sequence with the highest sum, of all sequences; the first of equals."""
    length, tags = scores.shape

    def total(sequence):
        steps = itertools.pairwise(sequence)
        return (
            transitions[-1, sequence[0]]
            + sum(scores[at, tag] for at, tag in enumerate(sequence))
            + sum(transitions[before, after] for before, after in steps)
        )

    return max(total(sequence) for sequence in itertools.product(range(tags), repeat=length)), total


@given(st.integers(1, 4), st.integers(2, 3), st.integers(0, 2**32 - 1))
def test_viterbi_finds_the_best_of_all_sequences(length, tags, seed):
    chance = np.random.default_rng(seed)
    scores = chance.integers(-9, 10, (3, length, tags))
    transitions = chance.integers(-9, 10, (tags + 1, tags))
    lengths = [length, max(1, length - 1), 1]
    for row, sequence in enumerate(best_sequences(scores, transitions, lengths)):
        best, total = plain_best(scores[row, : lengths[row]], transitions)
        assert len(sequence) == lengths[row]
        assert total(tuple(sequence)) == best


def test_no_sentence_and_empty_sentences_have_no_tags():
    assert best_sequences(np.zeros((2, 0, 2)), np.zeros((3, 2)), [0, 0]) == [[], []]
    assert best_sequences(np.zeros((2, 1, 2)), np.zeros((3, 2)), [0, 1]) == [[], [0]]


@given(st.text(max_size=8), st.sampled_from(ROLES), st.booleans())
def test_features_are_rows_of_the_table_but_never_the_first(form, role, first):
    rows = features(form, role, first=first)
    assert len(rows) == {0: 9, 1: 3, 2: 1}[abs(role)]
    assert all(1 <= row < ROWS for row in rows)


def test_a_model_is_read_as_it_was_written():
    chance = np.random.default_rng(1)
    model = Model(
        ("A", "B", "C"),
        chance.integers(-128, 128, (ROWS, 3), dtype=np.int8),
        chance.integers(-128, 128, (4, 3), dtype=np.int8),
    )
    copy = Model.from_bytes(model.to_bytes())
    assert copy.tags == model.tags
    assert np.array_equal(copy.features, model.features)
    assert np.array_equal(copy.transitions, model.transitions)


def test_features_are_the_form_its_ends_its_beginning_and_its_shape():
    names = "wparis-2024x 324x c-XdxXFalse 1x 24x 4024x 52024x ppar s-XdxX4x".split()
    hashed = [1 + crc32(f"0{name}".encode()) % (ROWS - 1) for name in names]
    assert features("Paris-2024x", 0, first=False) == hashed


def test_a_long_expression_is_quoted_in_part(tmp_path):
    file = srx_of_version(tmp_path, "2.0")
    for length, quoted in ((60, "a" * 59 + "("), (61, "a" * 60 + "…")):
        expression = "a" * (length - 1) + "("
        content = f"<rule><beforebreak>{expression}</beforebreak></rule>"
        broken = tmp_path / f"{length}.srx"
        broken.write_text(file.read_text().replace("<rule/>", content), encoding="utf-8")
        with pytest.raises(FormatError, match=re.escape(f"wrong regular expression '{quoted}'")):
            read_rules(broken)
