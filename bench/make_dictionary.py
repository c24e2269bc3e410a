"""Make the hashed dictionary of two languages: python bench/make_dictionary.py NAME.dict.dz NAME.index fr pt OUT.bin.

Reads a dictionary of FreeDict as dictd has it (Debian: dict-freedict-fra-por): an entry is a line with the
headword, its pronunciation between slashes and its part of speech in angle brackets, then its translations.
Writes the hashes that ``tm/terminology/dictionary.py`` looks up. The same files give the same bytes.
"""

import gzip
import re
import sys

import numpy as np

from tm.files import writing
from tm.terminology.dictionary import hashes_of, translation_facts
from tm.terminology.sentences import term_key

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
KINDS = {"n": "N", "masc": "N", "fem": "N", "adj": "A", "v": "V", "pn": "P"}
ENTRY = re.compile(r"^(.*?)(?: /[^/]*/)?(?: <([^>]*)>)?$")


def entries(text_path, index_path):
    """Each headword with its part of speech and its translations."""
    with gzip.open(text_path) as stream:
        text = stream.read()
    places = set()
    with open(index_path, encoding="utf-8") as index:
        for line in index:
            _, start, size = line.rstrip("\n").split("\t")
            places.add((number(start), number(size)))
    for start, size in sorted(places):
        first, *rest = text[start : start + size].decode().strip().split("\n")
        if first.startswith("00-"):
            continue
        headword, speech = ENTRY.match(first).groups()
        yield headword, (speech or "").split(",")[0], list(translations(rest))


def number(digits):
    """A number as dictd writes it."""
    value = 0
    for digit in digits:
        value = value * 64 + DIGITS.index(digit)
    return value


def translations(lines):
    """What stands in the first line and behind numbers; the rest are explanations."""
    for at, line in enumerate(lines):
        numbered = re.match(r"^\d+\.\s*(.+)$", line.strip())
        if at == 0 or numbered:
            text = numbered[1] if numbered else line
            text = re.sub(r"\s*\d+\.$|\([^)]*\)", "", text)
            yield from (part.strip() for part in re.split(r"[,;/]", text) if 0 < len(part.strip()) < 50)


def main():
    """Read, hash, write."""
    text_path, index_path, source, target, output = sys.argv[1:]
    pairs, speech = [], {}
    for headword, tag, words in entries(text_path, index_path):
        one = term_key(headword, source)
        others = [other for word in words if (other := term_key(word, target))]
        if not one:
            continue
        pairs += [(one, other) for other in others]
        if kind := KINDS.get(tag):
            speech.setdefault((source, kind), set()).add(one)
            speech.setdefault((target, kind), set()).update(others)
    facts = [hashes_of(f"{language} {kind}", words) for (language, kind), words in speech.items()]
    sides = hashes_of(source, [one for one, _ in pairs]), hashes_of(target, [other for _, other in pairs])
    facts.append(translation_facts(*(sides if source < target else sides[::-1])))
    content = np.unique(np.concatenate(facts)).astype("<u4").tobytes()
    with writing(output) as stream:
        stream.write(content)
    print(f"{output}: {len(pairs)} translations, {len(content)} bytes")


if __name__ == "__main__":
    main()
