"""One call for one job, plain strings accepted everywhere.

Languages are tags in any spelling; "" = found out. Texts in memory are strings; a string that names a file is
taken for a path only where the parameter says so. Wrong choices raise ``OptionError``, files that cannot be
read ``FormatError``; both are ``TMError``, one line each.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tm.api.given import (
    concepts_of,
    direction_given,
    is_path,
    items_given,
    pairs_of,
    path_given,
    segment_of,
    string_given,
    texts_given,
    units_of,
    warn_left_out,
)
from tm.api.memory import Memory
from tm.direction import Direction, parsed
from tm.model import Concept, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tm.api.given import Glossary, Pairs, Path
    from tm.document import Text
    from tm.model import Finding, Pair
    from tm.scoring import Report
    from tm.terminology import Occurrence
    from tm.work.building import Built
    from tm.work.conversion import Conversion


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """Some sentences and their translation.

    Attributes:
        source: the text, "" where the translation has something of its own.
        target: the translation, "" where a sentence is not translated.
        confidence: 0–1, the share of pairs like this one that are right.
    """

    source: str
    target: str
    confidence: float


def align(
    source: str | Sequence[str] | Text,
    target: str | Sequence[str] | Text,
    *,
    source_lang: str = "",
    target_lang: str = "",
    min_confidence: float = 0.0,
    memory: Path | Memory = "",
    glossary: Path = "",
    vectors: str = "",
    dictionary: Path = "",
) -> list[AlignedPair]:
    """Which sentences translate which, in order; nothing of the two texts is left out.

    Args:
        source: a text, which is cut into sentences; or its sentences.
        target: likewise.
        source_lang: "" = detected.
        target_lang: likewise.
        min_confidence: leave out pairs below this, 0–1.
        memory: a memory, or its path, whose units teach the aligner words.
        glossary: a file whose terms do.
        vectors: sentence vectors as further evidence: "use" for the model of the extra [vectors], an .npz file, or
            the name of a sentence-transformers model.
        dictionary: a dictionary that teaches words: a table with a word, a tab and a translation on each line, the
            ``.index`` of one for dictd, or "auto" for the installed ones of FreeDict.

    Raises:
        OptionError: a choice that makes no sense.

    >>> french = "Le pain est chaud. Il a cuit 40 minutes."
    >>> for pair in align(french, "O pão está quente. Assou 40 minutos."):
    ...     print(pair.source, "=", pair.target)
    Le pain est chaud. = O pão está quente.
    Il a cuit 40 minutes. = Assou 40 minutos.
    """
    from tm.work.aligning import align as align_both

    teacher = memory.store if isinstance(memory, Memory) else memory and path_given("memory", memory)
    aligned = align_both(
        texts_given(source),
        texts_given(target),
        direction=parsed(source_lang, target_lang),
        min_confidence=min_confidence,
        memory=teacher,
        glossary=glossary and path_given("glossary", glossary),
        vectors=string_given("vectors", vectors),
        dictionary=dictionary and path_given("dictionary", dictionary),
    )
    sources, targets = aligned.source.segments, aligned.target.segments
    return [
        AlignedPair(
            " ".join(sources[number] for number in bead.source),
            " ".join(targets[number] for number in bead.target),
            bead.confidence,
        )
        for bead in aligned.beads
    ]


def segment(text: str, *, lang: str = "", srx: Path = "") -> list[str]:
    """The sentences of a text.

    Args:
        text: each line is a paragraph.
        lang: "" = detected.
        srx: a file with rules in place of this program's own.

    >>> segment("M. Roy vint à 8 h. Il vit le four.")
    ['M. Roy vint à 8 h.', 'Il vit le four.']
    """
    from tm.work.segmenting import segment as cut

    return list(cut(segment_of(text).text, language=lang, srx=srx and path_given("srx", srx)).segments)


def extract(
    pairs: Pairs | Memory,
    *,
    source_lang: str = "",
    target_lang: str = "",
    glossary: Glossary = (),
    min_confidence: float | None = None,
) -> list[Concept]:
    """The terms of aligned pairs with their translations, the best first.

    Args:
        pairs: ``(source, target)`` tuples, pairs, units; a memory; or the path of a file of units.
        source_lang: "" = the file's, the memory's, or detected.
        target_lang: likewise.
        glossary: decisions that count: a file, concepts, or ``(term, translation)`` tuples.
        min_confidence: leave out terms below this, 0–1; None = the bound that suits the texts.

    >>> sold = "Il vend des fours à pain.", "Ele vende fornos de pão."
    >>> dear = "Ce four à pain coûte cher.", "Este forno de pão custa caro."
    >>> best = extract([sold, dear], source_lang="fr", target_lang="pt")[0]
    >>> [term.text for term in best.terms]
    ['four à pain', 'forno de pão']
    """
    from tm.choices import check_share
    from tm.terminology import extract as extract_terms
    from tm.terminology import merge

    if min_confidence is not None:
        check_share("min_confidence", min_confidence)
    given, direction = _pairs_and_direction(pairs, source_lang, target_lang)
    decided = concepts_of(glossary, direction)
    return merge(extract_terms(given, direction, decided=decided, least=min_confidence), decided)


def recognise(text: str, glossary: Glossary, *, lang: str = "") -> list[Occurrence]:
    """The terms of a glossary in a running text, in any form they take there. For many texts:
    ``tm.Recogniser``.

    Args:
        text: what is read.
        glossary: a file, concepts, or ``(term, translation)`` tuples, whose terms are in the text's language.
        lang: of the text; "" = detected.

    >>> (occurrence,) = recognise("Deux fours à pain", [("four à pain", "forno de pão")], lang="fr")
    >>> occurrence.term.text, occurrence.start
    ('four à pain', 5)
    """
    from tm.language import detect
    from tm.terminology import recognise as find_terms

    text = segment_of(text).text
    language = parsed(lang).source or detect(text).language
    return find_terms(text, concepts_of(glossary, Direction(language, "und")), language)


def check(
    pairs: Pairs,
    *,
    source_lang: str = "",
    target_lang: str = "",
    glossary: Glossary = (),
    only: str | Iterable[str] = (),
) -> list[Finding]:
    """What is wrong with translations.

    Args:
        pairs: ``(source, target)`` tuples, pairs, units; or the path of a file or a folder of them.
        source_lang: "" = the file's, or detected.
        target_lang: likewise.
        glossary: its terms are checked too: a file, concepts, or ``(term, translation)`` tuples.
        only: names of checks, or one name; none = all.

    Raises:
        OptionError: no check has that name.

    >>> [finding.message for finding in check([("En 2018.", "Em 2008.")], source_lang="fr", target_lang="pt")]
    ['number 2018 in the source, 2008 in the translation']
    """
    from tm.checks import run_checks

    given, direction = _pairs_and_direction(pairs, source_lang, target_lang, is_job=True)
    names = [only] if isinstance(only, str) else list(items_given(only, "a name, or a list of names,"))
    return run_checks(given, direction, concepts=concepts_of(glossary, direction), only=names)


def score(
    pairs: Pairs,
    memory: Memory | Path,
    *,
    source_lang: str = "",
    target_lang: str = "",
    glossary: Glossary = (),
) -> Report:
    """New translations against a memory and a glossary.

    Args:
        pairs: ``(source, new translation)`` tuples, pairs, units; or the path of a file or a folder of them.
        memory: a memory, or its path.
        source_lang: "" = the file's, the memory's, or detected.
        target_lang: likewise.
        glossary: its terms are scored too.

    >>> with Memory(source_lang="fr", target_lang="pt") as memory:
    ...     _ = memory.add([("Le pain est chaud.", "O pão está quente.")])
    ...     report = score([("Le pain est chaud.", "O pão está quente.")], memory)
    >>> round(report.agreement.scores["bleu"].value)
    100
    """
    from tm.scoring import score as score_job

    if not isinstance(memory, Memory):
        path = path_given("memory", memory)
        with Memory(path, source_lang=source_lang, target_lang=target_lang, create=False) as opened:
            return score(pairs, opened, source_lang=source_lang, target_lang=target_lang, glossary=glossary)
    known = list(memory.store.languages())
    asked = memory.asked(parsed(source_lang, target_lang))
    job_files = [os.fspath(pairs)] if is_path(pairs) else []
    given, direction = _pairs_and_direction(pairs, asked.source, asked.target, known, is_job=True)
    return score_job(given, memory.store, concepts_of(glossary, direction), direction, files=job_files)


def _pairs_and_direction(
    given: Pairs | Memory, source: str, target: str, known: Sequence[str] = (), *, is_job: bool = False
) -> tuple[list[Pair], Direction]:
    """Pairs from whatever a caller has, and the languages that they are in."""
    if isinstance(given, Memory):
        direction = given.direction_for(parsed(source, target))
        return pairs_of(given, direction.source, direction.target), direction
    if is_path(given):
        from tm.work.jobs import read_job

        job = read_job([path_given("pairs", given)], asked=parsed(source, target), known=known)
        warn_left_out(job.left_out)
        finished = job.pairs if is_job else [pair for pair in job.pairs if pair.target.text]
        return finished, job.direction
    pairs = pairs_of(items_given(given, "a path or a list of pairs, (source, target),"), source, target)
    return pairs, direction_given(source, target, pairs, known)


# --------------------------------------------------------------------------------------------- files


def read(
    path: Path,
    *,
    format: str = "",  # noqa: A002 - as in tm.formats
    source_lang: str = "",
    target_lang: str = "",
) -> list[Unit] | list[Concept]:
    """What a file holds: units, or the concepts of a glossary.

    For files larger than memory: ``tm.formats.read_units``, which reads as it is asked.

    Args:
        path: the file; "-" is stdin.
        format: a format's name; "" = by the extension.
        source_lang: of the first column of a table that does not say; "" = found.
        target_lang: likewise of the second.

    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp(), "news.tsv")
    >>> write(path, [("pain", "pão")], source_lang="fr", target_lang="pt")
    1
    >>> [[variant.segment.text for variant in unit.variants] for unit in read(path)]
    [['pain', 'pão']]
    """
    from tm.formats import read_concepts
    from tm.work.conversion import holds_glossary
    from tm.work.sources import read_units

    direction = parsed(source_lang, target_lang)
    path, format = path_given("path", path), string_given("format", format)  # noqa: A001
    if holds_glossary(path, format=format):
        return read_concepts(path, format=format, direction=direction)
    return list(read_units(path, format=format, direction=direction))


def write(
    path: Path,
    items: Iterable[tuple[str, str] | Pair | Unit | Concept],
    *,
    format: str = "",  # noqa: A002
    source_lang: str = "",
    target_lang: str = "",
) -> int:
    """Write units, pairs or concepts into a file, whole or not at all; how many.

    Args:
        path: the file; "-" is stdout; packed when it ends in ``.gz``, ``.bz2``, ``.xz`` or ``.zst``.
        items: of one kind; ``(source, target)`` tuples are units in the languages said, or detected.
        format: a format's name; "" = by the extension.
        source_lang: the language translated from.
        target_lang: the other one.
    """
    from tm.formats import write_concepts, write_units

    path, format = path_given("path", path), string_given("format", format)  # noqa: A001
    given: list[Any] = list(items_given(items, "a list of pairs, units or concepts"))
    direction = parsed(source_lang, target_lang)
    if given and all(isinstance(item, Concept) for item in given):
        return write_concepts(path, given, format=format, direction=direction)
    if not direction.is_known and any(not isinstance(item, Unit) for item in given):
        direction = direction_given(source_lang, target_lang, pairs_of(given))
    return write_units(path, units_of(given, direction), format=format, direction=direction)


def convert(
    path: Path,
    out: Path,
    *,
    from_format: str = "",
    to_format: str = "",
    source_lang: str = "",
    target_lang: str = "",
    encoding: str = "",
) -> Conversion:
    """Read a file and write it in another format; what the other cannot hold is counted in ``lost``.

    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = write(folder / "a.tsv", [("pain", "pão")], source_lang="fr", target_lang="pt")
    >>> convert(folder / "a.tsv", folder / "a.tmx").written
    1
    """
    from tm.work.conversion import convert as convert_file

    return convert_file(
        path_given("path", path),
        path_given("out", out),
        from_format=string_given("from_format", from_format),
        to_format=string_given("to_format", to_format),
        direction=parsed(source_lang, target_lang),
        encoding=string_given("encoding", encoding),
    )


def build(
    documents: Path | Sequence[Path],
    out: Path,
    *,
    source_lang: str = "",
    target_lang: str = "",
    encoding: str = "",
    glossary: Glossary = (),
    vectors: str = "",
    dictionary: Path = "",
    stage: Callable[[str], None] = lambda _: None,
) -> Built:
    """The main job: documents to memory, TMX, glossary and pages in a folder.

    Args:
        documents: files and folders, or one of them.
        out: the folder to write into.
        source_lang: "" = the memory's, else French beside Portuguese, else that of the first document.
        target_lang: the other one.
        encoding: of all documents; "" = found.
        glossary: decisions that count, besides those of ``glossary.tsv`` in the folder.
        vectors: sentence vectors as further evidence in the alignment, see ``align``.
        dictionary: a dictionary that teaches the aligner words, see ``align``.
        stage: is told what begins.
    """
    from tm.work.building import build as build_all

    direction = parsed(source_lang, target_lang)
    paths = [documents] if is_path(documents) else items_given(documents, "a path or a list of paths")
    return build_all(
        [path_given("documents", path) for path in paths],
        path_given("out", out),
        direction=direction,
        encoding=string_given("encoding", encoding),
        decisions=concepts_of(glossary, direction),
        vectors=string_given("vectors", vectors),
        dictionary=dictionary and path_given("dictionary", dictionary),
        stage=stage,
    )
