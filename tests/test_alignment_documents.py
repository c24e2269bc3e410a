"""Which document translates which."""

import math
import random

from tm.alignment import contents, pair_documents
from tm.alignment.shared_words import CANDIDATES, RARE, comparable, learnt, likest, places
from tm.direction import Direction
from tm.document import Text

STORY = (
    (
        "Le 3 mai 1924, Anatole Kerbiriou partit de Brest avec 17 chevaux.",
        "Em 3 de maio de 1924, Anatole Kerbiriou partiu de Brest com 17 cavalos.",
    ),
    ("La tempête du Finistère dura 12 jours.", "A tempestade do Finistère durou 12 dias."),
    ("Un navire portugais, le Algarve, le recueillit.", "Um navio português, o Algarve, o recolheu."),
)
RECIPE = (
    ("Mélangez 500 g de farine et 300 ml d’eau.", "Misture 500 g de farinha e 300 ml de água."),
    ("Laissez la levure reposer 45 minutes.", "Deixe o fermento repousar por 45 minutos."),
    ("Cuisez à 230 °C dans un four à vapeur.", "Asse a 230 °C em forno a vapor."),
)


def text(lines, side, name):
    return Text(tuple(line[side] for line in lines), language=("fr", "pt-BR")[side], name=name)


def pairs(*texts):
    return [(i, j) for i, j, _ in pair_documents(texts, Direction("fr", "pt")).pairs]


def test_names_that_differ_in_the_language_are_pairs():
    for french, portuguese in [
        ("a.fr.txt", "a.pt.txt"),
        ("fr/a.txt", "pt-BR/a.txt"),
        ("a_fr.docx", "a_pt_BR.docx"),
        ("a-FR.md", "a-por.md"),
        ("texts/fra/deep/a.txt", "texts/pt/deep/a.txt"),
    ]:
        assert pairs(text(STORY, 0, french), text(RECIPE, 1, "z.txt"), text(STORY, 1, portuguese)) == [(0, 2)]


def test_the_same_name_in_two_folders_is_a_pair():
    texts = text(STORY, 0, "originals/a.txt"), text(RECIPE, 0, "originals/b.txt")
    others = text(RECIPE, 1, "done/b.txt"), text(STORY, 1, "done/a.txt")
    assert pairs(*texts, *others) == [(0, 3), (1, 2)]


def test_content_decides_when_names_say_nothing():
    found = pair_documents(
        [
            text(STORY, 0, "1.txt"),
            text(RECIPE, 0, "2.txt"),
            text(RECIPE, 1, "3.txt"),
            text(STORY, 1, "4.txt"),
        ],
        Direction("fr", "pt"),
    )
    assert [(i, j) for i, j, _ in found.pairs] == [(0, 3), (1, 2)]
    assert all(0.5 < score < 1 for _, _, score in found.pairs)


def test_of_two_texts_in_one_language_the_other_one_stays_alone():
    found = pair_documents(
        [text(RECIPE, 0, "1.txt"), text(STORY, 0, "2.txt"), text(STORY, 1, "3.txt")], Direction("fr", "pt")
    )
    assert [(i, j) for i, j, _ in found.pairs] == [(1, 2)]
    assert found.alone == (0,)


def test_two_varieties_of_a_language_are_two_sides():
    here = Text(("O autocarro 12.",), language="pt-PT", name="a.pt-PT.txt")
    there = Text(("O ônibus 12.",), language="pt-BR", name="a.pt-BR.txt")
    assert [(i, j) for i, j, _ in pair_documents([here, there], Direction("pt-PT", "pt-BR")).pairs] == [
        (0, 1)
    ]


def test_texts_of_a_third_language_stay_alone():
    found = pair_documents(
        [text(STORY, 0, "a.fr.txt"), Text(("Hallo",), language="de", name="a.de.txt")], Direction("fr", "pt")
    )
    assert found.alone == (0, 1)


# ----------------------------------------------------------------------------------------- many, by content


def corpus(count, seed=1):
    """Documents of six lines with rare names and numbers of their own, and of common words that all have."""
    chance = random.Random(seed)
    names = [
        "".join(chance.choices("bdfglmnprstvz", k=1)[0] + chance.choice("aeiou") for _ in range(4))
        for _ in range(400)
    ]
    sides = [], []
    for _ in range(count):
        own = [(chance.choice(names), chance.randint(1000, 9999)) for _ in range(6)]
        sides[0].append(tuple(f"Le bateau {name} quitta le port en {year}." for name, year in own))
        sides[1].append(tuple(f"O barco {name} deixou o porto em {year}." for name, year in own))
    return sides


def as_texts(lines, language):
    return [Text(each, language=language) for each in lines]


def test_each_of_many_documents_finds_its_translation_and_what_has_none_stays_alone():
    french, portuguese = corpus(60)
    order = random.Random(2).sample(range(60), 50)
    texts = [*as_texts(french, "fr"), *as_texts([portuguese[n] for n in order], "pt")]
    found = pair_documents(texts, Direction("fr", "pt"))
    assert {(i, order[j - 60]) for i, j, _ in found.pairs} == {(n, n) for n in order}
    assert found.alone == tuple(n for n in range(60) if n not in order)


def test_what_words_alone_make_sure_is_not_aligned_to_find_it_out(monkeypatch):
    french, portuguese = corpus(20)
    hopeful = []
    monkeypatch.setattr(
        contents, "_by_aligning", lambda _, found, pairs, progress: hopeful.extend(pairs) or []
    )
    found = pair_documents([*as_texts(french, "fr"), *as_texts(portuguese, "pt")], Direction("fr", "pt"))
    assert [(i, j - 20) for i, j, *_ in sorted(found.pairs)] == [(n, n) for n in range(20)]
    assert hopeful == []


def test_the_index_finds_what_a_comparison_of_all_with_all_finds():
    sides = corpus(40)
    shown = dict(
        enumerate(
            comparable(places(text), {}) for text in [*as_texts(sides[0], "fr"), *as_texts(sides[1], "pt")]
        )
    )
    sources, targets = range(40), range(40, 80)
    plain = {}
    for i in sources:
        for j in targets:
            plain[i, j] = plain_likeness(shown, i, j)
    alike = likest(shown, sources, targets)
    assert all(abs(value - plain[pair]) < 1e-9 for pair, value in alike.items())
    for i in sources:
        assert max(targets, key=lambda j: plain[i, j]) == max(
            (j for k, j in alike if k == i), key=lambda j: alike[i, j]
        )


def plain_likeness(shown, i, j):
    """The cosine of two texts' words, each weighted by how few texts hold it and damped to its root."""
    weights = {
        word: math.log(1 + len(shown) / sum(word in text for text in shown.values()))
        for word in shown[i].keys() | shown[j].keys()
    }
    vectors = [
        {word: weights[word] * math.sqrt(len(numbers)) for word, numbers in shown[n].items()} for n in (i, j)
    ]
    common = sum(vectors[0][word] * vectors[1][word] for word in vectors[0].keys() & vectors[1].keys())
    return common / math.prod(math.sqrt(sum(value**2 for value in vector.values())) for vector in vectors)


def test_what_stands_everywhere_leads_from_no_text_to_another():
    texts = {number: {"partout": [0]} for number in range(2 * (RARE + 1))}
    assert likest(texts, range(RARE + 1), range(RARE + 1, 2 * (RARE + 1))) == {}
    assert len(likest(texts, range(RARE), range(RARE + 1, 2 * RARE + 1))) == RARE * CANDIDATES


def test_the_pairs_that_are_found_teach_words_that_look_different():
    french, portuguese = corpus(30)
    more = [
        ("Forgeron !", "Ferreiro!"),
        ("Meunière !", "Moleira!"),
        ("Évêque !", "Bispo!"),
    ] * 4
    for n, (one, other) in enumerate(more):
        french[n] += (one,)
        portuguese[n] += (other,)
    words = learnt(
        [
            (places(Text(a, language="fr")), places(Text(b, language="pt")))
            for a, b in zip(french, portuguese, strict=True)
        ]
    )
    assert {word: words[word] for word in ("forgero", "meunièr", "évêque")} == {
        "forgero": "ferreir",
        "meunièr": "moleira",
        "évêque": "bispo",
    }


def test_no_document_stands_in_two_pairs_when_the_rounds_end_with_a_find(monkeypatch):
    monkeypatch.setattr(contents, "ROUNDS", 1)
    pair = [
        Text(tuple(line for each in side for line in each), language=language)
        for side, language in zip(corpus(5), ("fr", "pt"), strict=True)
    ]
    assert pairs(*pair) == [(0, 1)]


def test_a_chapter_is_not_paired_with_its_book():
    french, portuguese = corpus(30)
    book = Text(tuple(line for each in portuguese for line in each), language="pt")
    chapter = Text(french[3], language="fr")
    assert pair_documents([chapter, book], Direction("fr", "pt")).pairs == ()


def test_the_texts_that_are_looked_at_can_be_watched():
    french, portuguese = corpus(5)
    watched = []

    def progress(steps, length):
        watched.append(length)
        return steps

    texts = [*as_texts(french, "fr"), *as_texts(portuguese, "pt")]
    pair_documents(texts, Direction("fr", "pt"), progress=progress)
    assert watched[0] == 10
