"""Whether the figures are sacrebleu's, ``==``, on segments that were made to be difficult.

    python bench/exact.py [--segments 12000] [--seed 1]

Needs no data: texts are made of invented words and of what breaks counting (``KINDS``). Each segment has one
to four references, among them empty ones, and most segments lack one or more. For each metric the corpus and
every segment are compared with sacrebleu's; a difference is printed with its texts, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import functools
import random
import sys
import time
from typing import TYPE_CHECKING

from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.metrics import ter as sacrebleu_ter
from sacrebleu.metrics.lib_ter import translation_edit_rate

from tm.language import nfc
from tm.scoring import overlap
from tm.scoring.metrics import measure

if TYPE_CHECKING:
    from collections.abc import Callable

METRICS = (
    (overlap.BLEU, BLEU, {}, {"effective_order": True}),
    (overlap.CHRF, CHRF, {"word_order": 2}, {"word_order": 2}),
    (overlap.CHRF2, CHRF, {}, {}),
    (overlap.TER, TER, {}, {}),
)
SYLLABLES = "ba ce di fo gu la mé ná pi rô são tu vê ção lh nh qu x z".split()
MARKS = [
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    "…",
    "«",
    "»",
    "(",
    ")",
    "—",
    "’",
    "'",
    '"',
    "%",
    "$",
    "-",
    "_",
    "&amp;",
    "<b>",
]
CHINESE = "".join(map(chr, range(0x4E00, 0x4F00))) + "。，、"
HEBREW = "".join(map(chr, range(0x5D0, 0x5EA))) + "\u05b0\u05b8\u05bc"
ARABIC = "".join(map(chr, range(0x627, 0x64A))) + "\u064b\u064e\u0651\u200f"
EMOJI = ["👍", "👍🏽", "👩‍👩‍👧", "🇧🇷", "❤️", "🏴\U000e0067\U000e0062\U000e007f", "\U0001f9ff"]
SPACES = [" ", "  ", "\u00a0", "\u202f", "\u3000", "\t", "\u2028", "\x1c", "\u200b", "\n"]


@functools.cache
def counted_once(translation: tuple[str, ...], reference: tuple[str, ...]) -> tuple[int, int]:
    """Sacrebleu's edits of a pair, which its corpus and its segment both ask for: half of an hour."""
    edits, words = translation_edit_rate(list(translation), list(reference))
    return edits, words


sacrebleu_ter.translation_edit_rate = lambda first, second: counted_once(tuple(first), tuple(second))


class Texts:
    """Makes texts and their translations from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        words = {"".join(self.chance.choices(SYLLABLES, k=self.chance.randint(1, 4))) for _ in range(4000)}
        self.words = sorted(words)
        self.chance.shuffle(self.words)

    def word(self) -> str:
        """A word, the first ones much more often, sometimes with a mark or a number."""
        chance = self.chance
        word = self.words[int(len(self.words) * chance.random() ** 3)]
        if chance.random() < 0.05:
            word = f"{chance.randint(0, 3000):,}"
        if chance.random() < 0.15:
            word = word + chance.choice(MARKS) if chance.random() < 0.7 else chance.choice(MARKS) + word
        return word.capitalize() if chance.random() < 0.1 else word

    def sentence(self, least: int = 1, most: int = 30) -> str:
        """Some words."""
        return " ".join(self.word() for _ in range(self.chance.randint(least, most)))

    def characters(self, of: str, most: int = 25) -> str:
        """Characters of a script, a space here and there."""
        return "".join(
            self.chance.choice(of) + (" " if self.chance.random() < 0.15 else "")
            for _ in range(self.chance.randint(1, most))
        )

    def like(self, text: str) -> str:
        """The text with words changed, dropped, put in, and phrases moved."""
        chance = self.chance
        words = text.split(" ")
        rate = chance.betavariate(1, 3)
        words = [
            self.word() if chance.random() < rate / 2 else word
            for word in words
            if chance.random() > rate / 3
        ]
        for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
            start, length = chance.randrange(len(words) + 1), chance.randint(1, 12)
            phrase = words[start : start + length]
            del words[start : start + length]
            place = chance.randrange(len(words) + 1)
            words[place:place] = phrase
        if chance.random() < 0.1:
            words.insert(chance.randrange(len(words) + 1), self.word())
        return " ".join(words)


KINDS: dict[str, tuple[float, Callable[[Texts], str]]] = {
    "sentences": (60, lambda texts: texts.sentence()),
    "200 words": (0.5, lambda texts: texts.sentence(200, 200)),
    "200 numbers in order": (0.3, lambda texts: " ".join(map(str, range(texts.chance.randint(0, 9), 200)))),
    "nothing": (2, lambda texts: texts.chance.choice(["", " ", "\u00a0", "\u200b", "\n"])),
    "marks": (3, lambda texts: "".join(texts.chance.choices([*MARKS, " "], k=texts.chance.randint(1, 9)))),
    "one character": (3, lambda texts: texts.chance.choice([*"aZ0éñ.", "水", "ع", "\u0301", "👍"])),
    "the same words again": (
        4,
        lambda texts: " ".join(texts.chance.choices("abc", k=texts.chance.randint(1, 30))),
    ),
    "one word again": (2, lambda texts: "pão " * texts.chance.randint(1, 40)),
    "Chinese": (5, lambda texts: texts.characters(CHINESE)),
    "combining marks": (
        4,
        lambda texts: texts.characters("aeiou\u0301\u0300\u0323\u20d7\u0e33\u1100\u1161\u11a8"),
    ),
    "right to left": (5, lambda texts: texts.characters(texts.chance.choice([HEBREW, ARABIC]), 60)),
    "emoji": (
        3,
        lambda texts: " ".join(texts.chance.choices([*EMOJI, "a", "."], k=texts.chance.randint(1, 12))),
    ),
    "a very long word": (
        1,
        lambda texts: "".join(texts.chance.choices(texts.words, k=texts.chance.randint(50, 400))),
    ),
    "odd spaces": (
        4,
        lambda texts: "".join(word + texts.chance.choice(SPACES) for word in texts.sentence().split()),
    ),
    "figures and units": (
        2,
        lambda texts: texts.chance.choice(["1,000.5-kg", "3.14.15", "a-b_c (x)", "U.S.A., e.g."]),
    ),
    "any character": (3, lambda texts: texts.characters("".join(map(chr, range(1, 0xD7FF))), 40)),
}
"""How each kind's texts are made, and how often it comes."""


def main() -> None:
    """Print one line a metric."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--segments", type=int, default=12000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    texts = Texts(options.seed)
    rows = [row(texts) for _ in range(options.segments)]
    references = sum(reference is not None for _, of_one in rows for reference in of_one)
    print(f"{len(rows)} segments with {references} references, seed {options.seed}")
    wrong = 0
    for target in ("", "zh", "ja"):
        # The tokenizers of Chinese and Japanese matter for BLEU alone.
        wrong += sum(differing(number, rows, target) for number in range(len(METRICS) if not target else 1))
    sys.exit(wrong > 0)


def row(texts: Texts) -> tuple[str, list[str | None]]:
    """A translation, and four references of which some are missing."""
    chance = texts.chance
    (make,) = chance.choices([made for _, made in KINDS.values()], [weight for weight, _ in KINDS.values()])
    text = nfc(make(texts))
    references: list[str | None] = []
    for place in range(4):
        dice = chance.random()
        if dice < (0, 0.5, 0.7, 0.85)[place]:
            references.append(None)
        elif dice < 0.9:
            references.append(nfc(texts.like(text)))
        else:
            references.append(text if dice < 0.94 else nfc(make(texts)))
    chance.shuffle(references)
    return text, references


def differing(number: int, rows: list[tuple[str, list[str | None]]], target: str) -> int:
    """How many figures of a metric are not sacrebleu's; prints the first of them."""
    metric, kind, of_corpus, of_segment = METRICS[number]
    tokenizer = {"tokenize": {"zh": "zh", "ja": "char"}[target]} if target else {}
    corpus, single = kind(**of_corpus, **tokenizer), kind(**of_segment, **tokenizer)
    texts = [text for text, _ in rows]
    present = [[reference for reference in of_one if reference is not None] for _, of_one in rows]
    start = time.process_time()
    ours = measure(metric, texts, present, target)
    fast = time.process_time() - start
    start = time.process_time()
    streams = [[of_one[place] for _, of_one in rows] for place in range(4)]
    same = corpus.corpus_score(texts, streams).score == ours.score
    pairs = zip(texts, present, ours.segments, strict=True)
    wrong = [
        place
        for place, (text, of_one, figure) in enumerate(pairs)
        if single.sentence_score(text, of_one).score != figure
    ]
    slow = time.process_time() - start
    name = f"{metric.name}{f', {target}' if target else ''}"
    print(
        f"{name:12} {'the same' if same else 'NOT the same'} ({ours.score:.4f}), {len(wrong)} of {len(rows)} segments"
        f" differ; {slow:.0f} s of CPU, ours {fast:.0f}",
        flush=True,
    )
    for place in wrong[:3]:
        print(f"  {texts[place]!r}\n  {present[place]!r}\n  ours {ours.segments[place]!r}")
    return len(wrong) + (not same)


if __name__ == "__main__":
    main()
