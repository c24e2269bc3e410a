"""Headerless French–Portuguese tables whose first row is two short words: is a row lost, or a language wrong?

    python bench/headerless.py [NUMBER] [SEED]

The words are ours and the glossary of the seeds. Half of the tables are read with the languages asked for,
half without; of these a third have Portuguese first.
"""

import csv
import random
import sys
import tempfile
from pathlib import Path

from tm.direction import UNDECIDED, Direction
from tm.errors import TMError
from tm.formats import read_concepts

SHORT = """mer mar|son som|an ano|os osso|eau água|sel sal|or ouro|pain pão|nom nome|vin vinho|as ás|ton tom|lit cama|dos costas
|fin fim|mot palavra|do dó|la lá|si se|en em|ne não|pour para|note nota|date data|code código|source fonte|terme termo|page página
|langue língua|texte texto|type tipo|four forno|sol solo|fer ferro|but objetivo|chat gato|port porto|dent dente"""
GLOSSARY = Path(__file__).parent.parent / "glossaries" / "seeds.fr-pt-BR.tsv"


def words():
    short = [tuple(pair.split()) for pair in SHORT.replace("\n", "").split("|")]
    concepts = read_concepts(GLOSSARY, direction=Direction("fr", "pt-BR"))
    return short, [(one.of("fr")[0].text, one.of("pt-BR")[0].text) for one in concepts if one.of("pt-BR")]


def outcome(path, rows, asked):
    """How many rows are not there, and whether the languages are the wrong way round."""
    try:
        concepts = read_concepts(path, direction=asked)
    except TMError:
        return len(rows), False
    found = {
        (one.text, other.text)
        for concept in concepts
        for one in concept.terms
        for other in concept.terms
        if one.language[:2] == "fr" and other.language[:2] == "pt"
    }
    missing = set(rows) - found
    return len(missing), bool(missing) and {(other, one) for one, other in rows} <= found


def main(number=1000, seed=7):
    draw = random.Random(seed)
    short, terms = words()
    lost = wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for n in range(number):
            asked = Direction("fr", "pt") if draw.random() < 0.5 else UNDECIDED
            size = (
                draw.choice([1, 2, 3, 5, 8, 20, 50]) if asked is not UNDECIDED else draw.choice([8, 20, 50])
            )
            rows = [
                draw.choice(short),
                *(draw.choice(terms if draw.random() < 0.6 else short) for _ in range(size)),
            ]
            rows = list(dict.fromkeys(rows))
            is_turned = asked is UNDECIDED and draw.random() < 1 / 3
            separator = draw.choice("\t;,")
            path = Path(folder, f"{n}.{'tsv' if separator == chr(9) else 'csv'}")
            with path.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream, delimiter=separator, lineterminator="\n").writerows(
                    row[::-1] if is_turned else row for row in rows
                )
            of_table, is_wrong = outcome(path, rows, asked)
            lost, wrong = lost + of_table, wrong + is_wrong
    print(f"{number} tables: {lost} rows lost, {wrong} tables with the wrong languages")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
