"""Texts aligned: what a reader of two columns would pair, is paired."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from tm.alignment import align_texts, anchors, sections
from tm.alignment.beads import Evidence, best, probabilities
from tm.alignment.lexicon import from_cognates, learn, together
from tm.alignment.options import Options
from tm.alignment.sparse import table
from tm.alignment.vocabulary import word_keys
from tm.document import Document, Paragraph, Text
from tm.errors import OptionError
from tm.language import segment
from tm.model import Concept, Pair, Segment, Term

FRENCH = (
    "Le pain de la mer",
    "En 1924, la famille Le Goff ouvrit une boulangerie sur le port de Concarneau.",
    "Elle comptait deux fours, un cheval et sept apprentis.",
    "Le pain partait à 3 heures avec 12 bateaux, et le cheval revenait seul à 7 heures.",
    "Personne ne sait pourquoi.",
    "La boulangerie ferma en 1958.",
)
PORTUGUESE = (
    "O pão do mar",
    "Em 1924, a família Le Goff abriu uma padaria no porto de Concarneau.",
    "Tinha dois fornos, um cavalo e sete aprendizes.",
    "O pão partia às 3 horas com 12 barcos.",
    "O cavalo voltava sozinho às 7 horas.",
    "Ninguém sabe por quê.",
    "A padaria fechou em 1958.",
)


def text(segments, language="", **more):
    return Text(tuple(segments), language=language, **more)


def links(beads):
    return [(bead.source, bead.target) for bead in beads]


def align(source, target, **more):
    return align_texts([(text(source, "fr"), text(target, "pt"))], **more)[0]


def test_a_sentence_that_became_two_is_one_bead():
    links_found = links(align(FRENCH, PORTUGUESE))
    assert links_found == [
        ((0,), (0,)),
        ((1,), (1,)),
        ((2,), (2,)),
        ((3,), (3, 4)),
        ((4,), (5,)),
        ((5,), (6,)),
    ]


def test_the_seeds_are_aligned_as_by_hand(seeds):
    source, target = seeds
    beads = align_texts([(source, target)])[0]
    pairs = [bead for bead in beads if bead.source and bead.target]
    alone = [source.segments[i] for bead in beads if not bead.target for i in bead.source]
    assert len(pairs) == 19
    assert alone[1:] == ["Publicité"]
    assert [target.segments[j] for bead in beads if not bead.source for j in bead.target] == [".", "."]


@pytest.fixture(scope="module")
def seeds(request):
    folder = request.config.rootpath / "seeds"
    return [
        segment(
            Document(
                name,
                tuple(
                    Paragraph(line, number)
                    for number, line in enumerate((folder / name).read_text(encoding="utf-8").split("\n"), 1)
                    if line.strip()
                ),
            ),
            language=language,
        )
        for name, language in (("000_0ca37edf7db833c1.txt", "fr"), ("004_b4824e2bc52a60be.txt", "pt"))
    ]


def test_no_pairs_and_empty_texts_are_no_trouble():
    assert align_texts([]) == []
    assert align([], []) == []
    assert links(align(["Seul."], [])) == [((0,), ())]
    assert links(align([], ["Só."])) == [((), (0,))]


def test_a_blank_segment_is_a_bead_of_its_own_and_disturbs_no_other():
    target = ("", *PORTUGUESE[:3], " ", *PORTUGUESE[3:], "")
    beads = align(FRENCH, target)
    assert [link for link in links(beads) if all(link)] == [
        ((0,), (1,)),
        ((1,), (2,)),
        ((2,), (3,)),
        ((3,), (5, 6)),
        ((4,), (7,)),
        ((5,), (8,)),
    ]
    assert [str(bead) for bead in beads if not bead.source] == [f"[]:[{n}]:1.000" for n in (0, 4, 9)]
    plain = align(FRENCH, PORTUGUESE)
    pairs = [bead for bead in beads if bead.source]
    assert [bead.confidence for bead in pairs] == pytest.approx([bead.confidence for bead in plain], abs=0.02)


def test_every_segment_stands_in_one_bead_also_where_half_of_a_side_is_blank():
    french = [f"La vague numéro {n} vient de la mer et part vers le port." for n in range(40)]
    portuguese = [f"A onda número {n} vem do mar e parte para o porto." for n in range(20)]
    beads = align(french, portuguese + [""] * 20)
    assert links(beads) == [
        *(((n,), (n,)) for n in range(20)),
        *(((n,), ()) for n in range(20, 40)),
        *(((), (n,)) for n in range(20, 40)),
    ]


def test_texts_of_blank_segments_only_have_beads_of_one_side():
    assert links(align(["", " "], ["", "Só."])) == [((0,), ()), ((1,), ()), ((), (0,)), ((), (1,))]


def test_other_scripts_are_aligned_by_their_lengths_and_what_repeats():
    greek = ["Η γάτα.", "Ο σκύλος κοιμάται στον κήπο όλη την ημέρα.", "Η γάτα τρώει το ψάρι.", "Τέλος."]
    chinese = ["猫。", "狗整天在花园里睡觉，直到晚上才醒来。", "猫吃鱼。", "完。"]
    beads = align_texts([(text(greek, "el"), text(chinese, "zh"))])[0]
    assert links(beads) == [((n,), (n,)) for n in range(4)]


def test_a_memory_teaches_words_that_decide():
    source, target = ["Schiff", "Baum"], ["tree", "ship", "tree"]
    known = [
        Pair(Segment("der Baum"), Segment("the tree")),
        Pair(Segment("ein Schiff"), Segment("a ship")),
    ] * 10
    texts = [(text(source, "de"), text(target, "en"))]
    assert links(align_texts(texts, units=known)[0]) == [((), (0,)), ((0,), (1,)), ((1,), (2,))]


def test_a_glossary_teaches_words_too():
    texts = [(text(["Schiff", "Baum"], "de"), text(["tree", "ship", "tree"], "en"))]
    concepts = [
        Concept(str(n), (Term(one, "de"), Term(other, "en")))
        for n, (one, other) in enumerate([("Baum", "tree"), ("Schiff", "ship")])
    ]
    assert links(align_texts(texts, concepts=concepts * 3)[0]) == [((), (0,)), ((0,), (1,)), ((1,), (2,))]


def test_documents_of_one_run_teach_each_other_what_is_furniture():
    first = (text(["Lire plus tard", *FRENCH[:3]], "fr"), text(PORTUGUESE[:3], "pt"))
    second = (text([*FRENCH[3:], "Lire plus tard"], "fr"), text(PORTUGUESE[3:], "pt"))
    aligned = align_texts([first, second])
    assert links(aligned[0])[0] == ((0,), ())
    assert links(aligned[1])[-1] == ((3,), ())


def test_a_paragraph_break_keeps_sentences_apart():
    source = text(["Oui", "Non"], "fr", paragraphs=(0, 1))
    target = text(["Sim e também não"], "pt", paragraphs=(0,))
    joined = text(["Oui", "Non"], "fr", paragraphs=(0, 0))
    apart, together = (align_texts([(one, target)])[0] for one in (source, joined))

    def confidence(beads):
        return sum(bead.confidence for bead in beads if len(bead.source) == 2)

    assert confidence(together) >= confidence(apart)


def test_words_are_compared_without_case_typography_and_digit_groups():
    assert word_keys("L’ÉTÉ", "fr") == word_keys("l'été", "fr")
    assert word_keys("10 000") == word_keys("10.000") == ["10000"]


# ------------------------------------------------------------------------------------------------- long texts


def long_text(length, seed=1):
    """Source and target lines in two invented languages, some lines dropped; and the pairs that are right."""
    random = np.random.default_rng(seed)
    source, target, right = [], [], []
    for number in range(length):
        words = random.integers(0, 3000, size=random.integers(4, 12))
        here, there = random.random(2) > 0.05
        if here and there:
            right.append(((len(source),), (len(target),)))
        if here:
            source.append(" ".join(f"s{word:04}a" for word in words) + f" {number * 7919 % 99991}")
        if there:
            target.append(" ".join(f"t{word:04}u" for word in words) + f" {number * 7919 % 99991}")
    return source, target, right


def test_a_text_aligned_in_sections_is_aligned_as_in_one(monkeypatch):
    source, target, right = long_text(250)
    whole = links(align(source, target))
    monkeypatch.setattr(sections, "CELLS", 3000)
    assert links(align(source, target)) == whole
    assert len(set(right) & set(whole)) >= 0.98 * len(right)


def test_a_missing_chapter_is_walked_around(monkeypatch):
    source, target, _ = long_text(300)
    monkeypatch.setattr(sections, "CELLS", 5000)
    beads = align(source, target[:60] + target[210:])
    alone = [bead.source[0] for bead in beads if not bead.target]
    assert len(alone) > 132
    assert beads[-1].source == (len(source) - 1,)
    assert beads[-1].target == (len(target) - 151,)


def test_the_corridor_is_narrow_near_anchors_and_can_be_walked():
    around = anchors.corridor([(100, 100), (200, 220), (220, 900)], 1000, 1000)
    assert around.high[150] - around.low[150] < 150
    assert (around.low[0], around.high[-1]) == (0, 1000)
    assert (np.diff(around.low) >= 0).all()
    assert (np.diff(around.high) >= 0).all()
    assert (around.low[1:] <= around.high[:-1]).all()


# ------------------------------------------------------------------------------------------------- the parts


def ways(rows, columns, types):
    """Every way from (0, 0) to the end, as lists of (a, b)."""
    if not rows and not columns:
        yield []
    for a, b in [*types, (1, 0), (0, 1)]:
        if a <= rows and b <= columns:
            for rest in ways(rows - a, columns - b, types):
                yield [(a, b), *rest]


def plain(evidence, way):
    """The weight of one way, added up step by step; None when it is not allowed."""
    i = j = last = 0
    weight = 0.0
    for a, b in way:
        kind = 0 if a and b else 1 if a else 2
        weight += evidence.steps[last, kind]
        if kind == 0:
            weight += evidence.pairs[i, evidence.types.index((a, b)), j - evidence.starts[i]]
        else:
            weight += evidence.source[i] if kind == 1 else evidence.target[j]
        i, j, last = i + a, j + b, kind
    return weight


def random_evidence(rows, columns, seed):
    random = np.random.default_rng(seed)
    types = ((1, 1), (1, 2), (2, 1), (2, 2))
    pairs = random.normal(size=(rows, len(types), columns + 1)).astype(np.float32)
    for k, (a, b) in enumerate(types):
        pairs[rows - a + 1 :, k] = -np.inf
        pairs[:, k, columns - b + 1 :] = -np.inf
    steps = np.log(random.uniform(0.1, 1, size=(3, 3)))
    steps[2, 1] = -np.inf
    starts = np.zeros(rows + 1, dtype=np.int64)
    return Evidence(
        types, pairs, random.normal(size=rows), random.normal(size=columns), steps, starts, columns + 1
    )


@pytest.mark.parametrize("seed", range(4))
def test_probabilities_equal_those_of_all_ways_counted_one_by_one(seed):
    rows, columns = 3, 4 - seed % 2
    evidence = random_evidence(rows, columns, seed)
    likely = probabilities([evidence])[0]
    total, expected = 0.0, dict.fromkeys(itertools.product(range(rows), evidence.types, range(columns)), 0.0)
    for way in ways(rows, columns, evidence.types):
        weight = np.exp(plain(evidence, way))
        total += weight
        i = j = 0
        for a, b in way:
            if a and b:
                expected[i, (a, b), j] += weight
            i, j = i + a, j + b
    for (i, kind, j), weight in expected.items():
        assert likely.pairs[i, evidence.types.index(kind), j] == pytest.approx(weight / total, abs=1e-5)


def test_of_each_segment_the_probabilities_add_up_to_one():
    (likely,) = probabilities([random_evidence(5, 6, 7)])
    for i in range(5):
        inside = sum(
            likely.pairs[begin, k].sum()
            for k, (a, _) in enumerate(likely.types)
            for begin in range(max(0, i - a + 1), i + 1)
        )
        assert inside + likely.source[i] == pytest.approx(1, abs=1e-5)


def test_a_corridor_that_holds_everything_changes_nothing():
    evidence = random_evidence(4, 4, 3)
    wide = probabilities([evidence])[0]
    starts = np.array([0, 0, 1, 1, 2])
    shifted = np.full_like(evidence.pairs, -np.inf)
    for i in range(4):
        shifted[i, :, : 5 - starts[i]] = evidence.pairs[i, :, starts[i] :]
    narrow = Evidence(evidence.types, shifted, evidence.source, evidence.target, evidence.steps, starts, 5)
    assert links(best([narrow])[0])[-1][0][-1:] in ((3,), ())
    assert wide.source.shape == probabilities([narrow])[0].source.shape


def test_texts_side_by_side_have_the_beads_and_probabilities_that_each_has_alone():
    first = random_evidence(5, 6, 1)
    several = [first, *(replace(random_evidence(*size, 2), steps=first.steps) for size in ((2, 3), (7, 4)))]
    assert best(several) == [best([each])[0] for each in several]
    for joint, each in zip(probabilities(several), several, strict=True):
        (alone,) = probabilities([each])
        assert np.array_equal(joint.pairs, alone.pairs)
        assert np.array_equal(joint.source, alone.source)
        assert np.array_equal(joint.target, alone.target)


def test_a_narrow_corridor_is_no_wider_beside_a_text_with_a_wide_one():
    starts, wide = np.array([0, 0, 1, 2, 3, 3]), random_evidence(4, 7, 2)
    whole = random_evidence(5, 6, 1)
    pairs = np.full((5, len(whole.types), 4), -np.inf, dtype=np.float32)
    for i in range(5):
        pairs[i] = whole.pairs[i, :, starts[i] : starts[i] + 4]
    narrow = replace(whole, pairs=pairs, starts=starts, width=4)
    (alone,), (joint, _) = probabilities([narrow]), probabilities([narrow, replace(wide, steps=whole.steps)])
    for name in ("pairs", "source", "target"):
        assert np.array_equal(getattr(joint, name), getattr(alone, name)), name


def test_later_passes_over_a_long_text_look_only_where_the_one_before_was_not_sure(monkeypatch):
    whole = long_text(600)
    pairs = [(whole[0][source[0]], whole[1][target[0]]) for source, target in whole[2]]
    source, target = zip(*pairs, strict=True)
    target = [*target[:100], *target[102:]]
    looked_at = []

    def watched(text, span, judge=sections.Texts.judged):
        looked_at.append(span.rows)
        return judge(text, span)

    monkeypatch.setattr(sections, "CELLS", 10_000)
    monkeypatch.setattr(sections.Texts, "judged", watched)
    align(source, target, options=Options(settled=0.0, passes=2))
    in_two = sum(looked_at)
    looked_at.clear()
    beads = links(align(source, target, options=Options(settled=0.0, passes=4)))
    assert sum(looked_at) - in_two < 0.7 * in_two
    assert beads == [*(((n,), (n,)) for n in range(100)), ((100,), ()), ((101,), ()), *beads[102:]]
    assert beads[102:] == [((n,), (n - 2,)) for n in range(102, len(source))]


def test_a_lexicon_learns_what_stands_together():
    words = {"chat": 0, "chien": 1, "noir": 2}
    pairs = [
        (np.array([0, 2], dtype=np.int32), np.array([0, 2], dtype=np.int32)),
        (np.array([1, 2], dtype=np.int32), np.array([1, 2], dtype=np.int32)),
        (np.array([0], dtype=np.int32), np.array([0], dtype=np.int32)),
    ] * 5
    nothing = table(*(np.zeros(0, dtype=np.int64),) * 2, np.zeros(0), (3, 3))
    before = from_cognates(nothing, np.full(3, 1 / 3))
    after = learn(together(pairs, [1.0] * len(pairs)), 1, before, Options())
    rows, columns = np.divmod(np.arange(9), 3)
    probability = after.known.at(rows, columns).reshape(3, 3)
    assert probability.argmax(axis=1).tolist() == list(words.values())
    assert (after.known.sums() + after.rest).tolist() == pytest.approx([1, 1, 1])


def test_of_words_that_were_taught_no_order_is_asked():
    verb, other, taught = (np.array(words, dtype=np.int32) for words in ([0], [1], [2]))
    nothing = table(*(np.zeros(0, dtype=np.int64),) * 2, np.zeros(0), (4, 4))
    assumed = from_cognates(nothing, np.full(4, 1 / 4))
    known = learn(together([(verb, taught)] * 2, [1.0] * 2, near=4.0), 1, assumed, Options())
    assert known.learnt.at(np.array([0]), np.array([2])) > 0
    assert assumed.learnt is None
    # The first source word against the last target word, and the other way round: far apart.
    apart = [(np.concatenate([verb, other, other, other]), np.concatenate([other, other, other, taught]))] * 3
    seen = together(apart, [1.0] * 3, near=4.0)
    with_order = learn(seen, 1, replace(known, learnt=None), Options())
    after = learn(seen, 1, known, Options())
    place = np.array([0]), np.array([2])
    assert after.known.at(*place) > with_order.known.at(*place)


def test_a_word_seen_once_says_little():
    once = [(np.array([0], dtype=np.int32), np.array([0], dtype=np.int32))]
    nothing = table(*(np.zeros(0, dtype=np.int64),) * 2, np.zeros(0), (1, 2))
    before = from_cognates(nothing, np.array([0.5, 0.5]))
    often = learn(together(once * 20, [1.0] * 20), 1, before, Options())
    seldom = learn(together(once, [1.0]), 1, before, Options())
    assert seldom.known.values[0] < 0.5 < often.known.values[0]


def test_a_heading_translates_a_heading_when_words_say_nothing():
    kinds = ("heading", "text", "text", "heading", "text", "text")
    source = Text(
        ("Kala", "Vesi", "Tuli", "Maa", "Kivi", "Puu"), (0, 1, 2, 3, 4, 5), kinds=kinds, language="fi"
    )
    target = Text(("Riba", "Lume", "Sepo", "Kamo", "Dira"), (0, 1, 2, 3, 4), kinds=kinds[1:], language="xx")
    (beads,) = align_texts([(source, target)])
    linked = {(i, j) for bead in beads for i in bead.source for j in bead.target}
    assert (3, 2) in linked
    (beads,) = align_texts([(source, replace(target, kinds=kinds[:2] + kinds[3:]))])
    linked = {(i, j) for bead in beads for i in bead.source for j in bead.target}
    assert (0, 0) in linked


def test_vectors_from_a_file_decide_and_a_missing_one_is_named(tmp_path, monkeypatch, capfd):
    from tm.cli import main

    source = "Kala Vesi Tuli Maa Ilma Puu Kivi Tie Talo Kuu Yö Lumi".split()
    target = "Akvo Fajro Tero Aero Arbo Ŝtono Vojo Domo Luno Nokto Neĝo".split()
    (tmp_path / "a.fi.txt").write_text("\n".join(source), encoding="utf-8")
    (tmp_path / "b.xx.txt").write_text("\n".join(target), encoding="utf-8")
    meanings = np.eye(12, dtype=np.float32)
    vectors, texts = np.concatenate([meanings, meanings[1:]]), np.array(source + target)

    def run(file):
        arguments = [
            "align",
            "a.fi.txt",
            "b.xx.txt",
            "-s",
            "fi",
            "-t",
            "eo",
            "--to",
            "beads",
            "--vectors",
            str(file),
        ]
        monkeypatch.setattr("sys.argv", ["tm", *arguments])
        with pytest.raises(SystemExit) as leaving:
            main()
        return leaving.value.code, *capfd.readouterr()

    monkeypatch.chdir(tmp_path)
    np.savez(tmp_path / "all.npz", segments=texts, vectors=vectors)
    code, out, _ = run("all.npz")
    assert code == 0
    pairs = [f"[{number}]:[{number - 1}]" for number in range(1, 12)]
    assert [line.rsplit(":", 1)[0] for line in out.splitlines()] == ["[0]:[]", *pairs]
    np.savez(tmp_path / "few.npz", segments=texts[:-1], vectors=vectors[:-1])
    code, _, err = run("few.npz")
    assert (code, err) == (3, "few.npz: has no vector for the segment 'Neĝo'\n")


def test_a_text_whose_segments_are_one_string_is_not_aligned_letter_by_letter():
    with pytest.raises(OptionError, match="; a tuple of strings was expected"):
        align_texts([(Text("Le pain.", language="fr"), Text(("O pão.",), language="pt"))])


# ------------------------------------------------------------------------------------------- hostile lines


@pytest.mark.parametrize("length", [2000, 50_000])
@pytest.mark.parametrize("side", [0, 1])
def test_a_runaway_line_is_alone_and_costs_no_other_bead(length, side):
    texts = [[*FRENCH], [*PORTUGUESE]]
    before = links(align(*texts))
    line = "".join("aB3+x/9Qk0"[(7 * n * n + n) % 10] for n in range(length))
    texts[side].append(line)
    alone = ((len(FRENCH),), ()) if side == 0 else ((), (len(PORTUGUESE),))
    assert links(align(*texts)) == [*before, alone]


def test_a_line_copied_a_hundred_times_does_not_change_how_lengths_fit():
    copied = [*PORTUGUESE, *[PORTUGUESE[-1]] * 100]
    assert links(align(FRENCH, copied))[:5] == links(align(FRENCH, PORTUGUESE))[:5]


@pytest.mark.parametrize("number", ["{}. ", "{:06}\t", "[{}] ", "{}|"])
def test_a_column_of_line_numbers_is_no_text(number):
    numbered = [number.format(n) + line for n, line in enumerate(PORTUGUESE, 7)]
    assert links(align(FRENCH, numbered)) == links(align(FRENCH, PORTUGUESE))


def test_a_number_is_the_same_in_the_digits_of_every_script():
    assert word_keys("٢٣", "ar") == word_keys("२३", "hi") == word_keys("๒๓", "th") == word_keys("23", "fr")


def test_ids_that_both_texts_have_tell_which_line_translates_which():
    keys = ["a3", "a5", "a7", "a20", "a21", "a30"]
    source = [f"{key}\t{'un mot de plus ' * 4}" for key in keys]
    target = [f"{key}\t{'outra palavra ' * 4}" for key in [*keys[:2], *keys[3:]]]
    assert links(align(source, target))[2] == ((2,), ())
