"""How often a sentence's language is told: python bench/detect.py /usr/share/man [PER_LANGUAGE].

The folder is one of manual pages, LANG/man*/*.gz; a system with translated manuals has it. Sentences that pages left in
English are skipped, so far as small English words show them. For Portuguese, whole pages say their variety too.
"""

import gzip
import random
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from tm.bcp47 import base, canonical
from tm.cli.terminal import table
from tm.document import Document, Paragraph
from tm.language import detect, segment

ENGLISH = re.compile(
    r"\b(?:the|of|and|to|is|are|be|with|this|that|for|will|used|which|from|not|it|by|an)\b",
    re.IGNORECASE,
)
ESCAPES = re.compile(r"\\f(?:[A-Z]|\(..|\[[^]]*\])|\\[&c]|\\\(..|\\\[[^]]*\]")
ACCENTED = re.compile(r"\\(?:\((.)([A-Za-z])|\[(.)([A-Za-z])\])")
ACCENTS = dict(zip("'`^~:,", "\u0301\u0300\u0302\u0303\u0308\u0327", strict=True))
FEWEST, MOST = 6, 40  # words of a sentence worth asking about


def page(path):
    """The paragraphs of a manual page without its markup; none of a page in an older encoding."""
    try:
        text = gzip.decompress(path.read_bytes()).decode("utf-8")
    except UnicodeDecodeError:
        return []
    text = re.sub(r"^[.'].*$", "\n", text, flags=re.MULTILINE)
    text = ACCENTED.sub(accented, text)
    text = ESCAPES.sub("", text).replace("\\-", "-")
    return [" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip()]


def accented(found):
    """An accented letter as roff may write it, for instance a backslash and (~a."""
    accent, letter = found[1] or found[3], found[2] or found[4]
    return unicodedata.normalize("NFC", letter + ACCENTS[accent]) if accent in ACCENTS else found[0]


def sentences(paragraphs, language):
    document = Document("", tuple(Paragraph(text, 1) for text in paragraphs))
    for sentence in segment(document, language=language).segments:
        words = re.findall(r"[^\W\d_]{2,}", sentence)
        if FEWEST <= len(words) <= MOST and len(ENGLISH.findall(sentence)) < 2 and "\\" not in sentence:
            yield sentence


def main(folder, per_language=150):
    random.seed(1)
    rows, varieties = [], Counter()
    for place in sorted(path for path in Path(folder).iterdir() if not path.name.startswith("man")):
        language = canonical(place.name)
        pages = [page(path) for path in sorted(place.glob("man*/*.gz"))]
        found = sorted({s for paragraphs in pages for s in sentences(paragraphs, language)})
        sample = random.sample(found, min(int(per_language), len(found)))
        told = Counter(base(detect(s).language or "und") for s in sample)
        right = told.pop(base(language), 0)
        if sample:
            confused = ", ".join(f"{tag} {count}" for tag, count in told.most_common(4))
            rows.append([language, len(sample), f"{right / len(sample):.3f}", confused])
        if base(language) == "pt":
            varieties.update(
                (language, detect("\n".join(text)).language) for text in pages if len("".join(text)) > 1000
            )
    print(*table(rows, header=["language", "sentences", "right", "taken for"], right=[1, 2]), sep="\n")
    for (language, told), count in sorted(varieties.items()):
        print(f"{count} pages in {language}: {told}")


if __name__ == "__main__":
    main(*sys.argv[1:]) if len(sys.argv) > 1 else sys.exit(__doc__)
