"""Free translations with gold, and noise: python bench/make_dialogues.py GAME LANGUAGE LANGUAGE… -o FOLDER.

GAME is the folder of the game Battle for Wesnoth 1.16 (Debian's packages ``wesnoth-1.16-*`` lay it under
``usr/share/games/wesnoth/1.16``): what people say in the scenarios of its campaigns, in the order of the story, and the catalogues of its
translations (``fr``, ``pt_BR``). For two languages each campaign is a document: FOLDER/looked-at has the campaigns on which the aligner's
constants were chosen, FOLDER/not-seen the others, in the form of ``bench/align.py --alone``.

A message is cut where a sentence ends; where its translation has as many sentences, of lengths that fit, each is a bead; one sentence and
several are one bead; other messages are left out. Then about a quarter of the beads is joined, cut, left alone on one side, or comes from
elsewhere. ``--changed .125`` puts another word of the text in place of every eighth of the translation.
"""

import argparse
import gettext
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

CAMPAIGNS = {
    "httt": "Heir_To_The_Throne",
    "ei": "Eastern_Invasion",
    "sotbe": "Son_Of_The_Black_Eye",
    "l": "Liberty",
    "utbs": "Under_the_Burning_Suns",
    "dm": "Delfadors_Memoirs",
    "did": "Descent_Into_Darkness",
    "thot": "The_Hammer_of_Thursagan",
}
LOOKED_AT = ("httt", "ei", "sotbe", "l")
SAID = re.compile(r'(?:message|story)\s*=\s*_\s*"((?:[^"]|"")*)"')
END = re.compile(r"(?<=[.!?…])(?<!\.\.\.)[\"”»«“']?\s+(?=[\"„»«“'—–-]?\s?[^\W\d_a-zà-ÿ])")
"""Between two sentences: behind a mark, before a capital."""
PAUSE = re.compile(r"(?<=[,;:–—-])\s")
SHORTEST = 50
"""Letters of a message; shorter ones are cries."""
FIT = 2.5
"""How many times longer than the text's ratio a sentence's translation may be."""
FEWEST = 80
"""Messages of a campaign."""
SIZE = 420
"""Beads of a document; a longer campaign is cut off."""


@dataclass
class Document:
    """Two texts as they grow, and which of their lines translate which."""

    sides: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    gold: list[tuple[list[int], list[int]]] = field(default_factory=list)

    def bead(self, *new):
        numbers = [
            list(range(len(side), len(side) + len(lines)))
            for side, lines in zip(self.sides, new, strict=True)
        ]
        self.gold.append((numbers[0], numbers[1]))
        for side, lines in zip(self.sides, new, strict=True):
            side.extend(lines)

    def alone(self, lines, side):
        for line in lines:
            self.bead(*([line], []) if side == 0 else ([], [line]))

    def first(self, count):
        """The document up to so many beads."""
        gold = self.gold[:count]
        ends = [max((n for bead in gold for n in bead[k]), default=-1) + 1 for k in (0, 1)]
        return Document((self.sides[0][: ends[0]], self.sides[1][: ends[1]]), gold)


def messages(game, campaign, languages):
    """What is said in a campaign, in both languages, each as its sentences."""
    catalogues = []
    for language in languages:
        path = game / "locale" / language / "LC_MESSAGES" / f"wesnoth-{campaign}.mo"
        with path.open("rb") as stream:
            catalogues.append(gettext.GNUTranslations(stream))
    scenarios = sorted((game / "data" / "campaigns" / CAMPAIGNS[campaign] / "scenarios").glob("*.cfg"))
    texts = (text for path in scenarios for text in SAID.findall(path.read_text(encoding="utf-8")))
    for text in dict.fromkeys(text.replace('""', '"') for text in texts):
        both = [catalogue.gettext(text) for catalogue in catalogues]
        if len(text) >= SHORTEST and text not in both and both[0] != both[1]:
            yield [sentences(one) for one in both]


def sentences(text):
    plain = " ".join(re.sub(r"<[^>]+>", "", text).split())
    return [part.strip() for part in END.split(plain) if part.strip()]


def beads_of(said):
    """The beads of messages before any noise."""
    totals = [sum(len(line) for message in said for line in message[k]) for k in (0, 1)]
    ratio = totals[1] / totals[0]
    for source, target in said:
        if len(source) == len(target):
            times = [(len(b) + 15) / (ratio * len(a) + 15) for a, b in zip(source, target, strict=True)]
            if all(1 / FIT < time < FIT for time in times):
                yield from (([a], [b]) for a, b in zip(source, target, strict=True))
        elif min(len(source), len(target)) == 1 and max(len(source), len(target)) <= 4:
            yield source, target


def noisy(beads, chance):
    """A document of these beads, of which some are joined, cut, alone, or from elsewhere."""
    document = Document()
    foreign = [[line for bead in beads for line in bead[k]] for k in (0, 1)]
    place = 0
    while place < len(beads):
        bead = beads[place]
        if chance.random() < 0.015:
            side = chance.randrange(2)
            document.alone([chance.choice(foreign[side])], side)
        if chance.random() < 0.006:
            side, count = chance.randrange(2), chance.randint(2, 5)
            for lost in beads[place : place + count]:
                document.alone(lost[side], side)
            place += count
            continue
        following = beads[place + 1] if place + 1 < len(beads) else ([], [])
        place += one_bead(document, bead, following, chance)
    return document


def one_bead(document, bead, following, chance):
    """Put a bead in, in one of its ways; how many were taken."""
    is_single, are_single = is_one_to_one(bead), is_one_to_one(bead) and is_one_to_one(following)
    way, side = chance.random(), chance.randrange(2)
    if way < 0.03:
        document.alone(bead[side], side)
    elif way < 0.15 and are_single:
        both = [[*bead[k], *following[k]] for k in (0, 1)]
        both[side] = [" ".join(both[side])]
        document.bead(*both)
        return 2
    elif way < 0.17 and is_single:
        parts = [*bead]
        parts[side] = cut(bead[side][0], chance)
        document.bead(*parts)
    elif way < 0.19 and are_single and len(parts := cut(following[side][0], chance)) == 2:
        both = [[*bead[k], *following[k]] for k in (0, 1)]
        both[side] = [f"{bead[side][0]} {parts[0]}", parts[1]]
        document.bead(*both)
        return 2
    else:
        document.bead(*bead)
    return 1


def is_one_to_one(bead):
    return len(bead[0]) == len(bead[1]) == 1


def cut(line, chance):
    """A line in two at one of its pauses, or as it is."""
    pauses = [pause for pause in PAUSE.finditer(line) if 15 < pause.start() < len(line) - 15]
    if not pauses:
        return [line]
    pause = chance.choice(pauses)
    return [line[: pause.start()], line[pause.end() :]]


def changed(lines, share, chance):
    words = [word for line in lines for word in line.split()]
    return [
        " ".join(chance.choice(words) if chance.random() < share else word for word in line.split())
        for line in lines
    ]


def write(folder, name, document):
    folder.mkdir(parents=True, exist_ok=True)
    for ending, lines in (
        (".src", document.sides[0]),
        (".tgt", document.sides[1]),
        (".gold", [f"{source}:{target}" for source, target in document.gold]),
    ):
        (folder / name).with_suffix(ending).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("game", type=Path)
    parser.add_argument("languages", nargs=2)
    parser.add_argument("-o", type=Path, required=True)
    parser.add_argument("--changed", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    for campaign in CAMPAIGNS:
        chance = random.Random(f"{arguments.seed} {campaign}")
        said = list(messages(arguments.game, campaign, arguments.languages))
        if len(said) < FEWEST:
            print(f"{campaign}: {len(said)} messages, too few")
            continue
        document = noisy(list(beads_of(said)), chance)
        parts = max(1, round(len(document.gold) / SIZE))
        document = document.first(len(document.gold) // parts)
        if arguments.changed:
            target = changed(document.sides[1], arguments.changed, chance)
            document = Document((document.sides[0], target), document.gold)
        folder = arguments.o / ("looked-at" if campaign in LOOKED_AT else "not-seen")
        write(folder, campaign, document)
        single = sum(len(source) == len(target) == 1 for source, target in document.gold)
        print(f"{folder.name}/{campaign}: {len(document.gold)} beads, {single} of one line each")


if __name__ == "__main__":
    main()
