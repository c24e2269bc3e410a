"""Which document translates which."""

from tm.alignment import pair_documents
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
