r"""ICU MessageFormat: ``{n, plural, one {# file} other {# files}}``, ``{g, select, …}``,
``{d, date, short}``.

Branch is compared with branch, at any depth; a branch that only the translation has, with "other". The
keywords of select are the program's, those of plural are the target language's, and both need "other".

>>> french = "{n, plural, one {# fichier} other {# fichiers}}"
>>> for portuguese in (
...     "{n, plural, one {# arquivo} outros {# arquivos}}",
...     "{n, plural, one {# arquivo} other {# arquivos}",
...     "{m, plural, one {# arquivo} other {# arquivos}}",
... ):
...     print(*(fault.message for fault in ICU.pieces(Sides(french, portuguese))[0]))
the plural of n: "outros" is no keyword; "other" is missing
ICU message: a brace is not closed
argument {n, plural} in the source, {m, plural} in the translation
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.language.plural_categories import ALL, categories, needed
from tm.language.syntaxes._message import Argument, Branch, BrokenMessageError, read
from tm.language.syntaxes.syntax import Fault, Part, Sides, Syntax, blanked, difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.model import Severity

_BRANCHING = re.compile(r"\{\s*[\w.-]+\s*,\s*(?:plural|select|selectordinal)\s*,")
_TYPED = re.compile(
    r"""\{\s*(?P<name>[\w.-]+)\s*,\s*(?P<kind>number|date|time|spellout|ordinal|duration|list|choice)\s*
        (?:,(?:[^{}]|\{[^{}]*\})*)?\}""",
    re.VERBOSE,
)
_WITH_NUMBER = frozenset({"plural", "selectordinal"})
FLAGS = frozenset({"icu-message-format", "messageformat", "java-format", "java-messageformat"})
"""What a file calls the format."""


def _parts(text: str) -> list[Part]:
    return [Part(f"{{{match['name']}, {match['kind']}}}", *match.span()) for match in _TYPED.finditer(text)]


def _pieces(sides: Sides) -> tuple[list[Fault], list[Sides]] | None:
    if not _BRANCHING.search(sides.source):
        return None
    try:
        source = read(sides.source)
    except BrokenMessageError:
        return None
    try:
        target = read(sides.target)
    except BrokenMessageError as broken:
        at = min(broken.at, max(len(sides.target) - 1, 0))
        return [Fault(f"ICU message: {broken}", target=((at, at + 1),))], []
    faults: list[Fault] = []
    pieces = [*_compared(sides, source, target, (0, len(sides.source)), (0, len(sides.target)), faults)]
    return faults, [] if faults else pieces


def _compared(
    sides: Sides,
    source: Sequence[Argument],
    target: Sequence[Argument],
    source_place: tuple[int, int],
    target_place: tuple[int, int],
    faults: list[Fault],
) -> Iterator[Sides]:
    """The pieces of two messages: what stands outside of branches, then the branches; faults are added."""
    ours = {_name(argument): argument for argument in source if argument.branches}
    theirs = {_name(argument): argument for argument in target if argument.branches}
    if ours.keys() != theirs.keys():
        faults.append(_exchanged(ours, theirs))
        return
    yield _piece(sides, source, target, source_place, target_place)
    for name, argument in theirs.items():
        faults += _keywords(ours[name], argument, sides)
        if faults:
            return
        for branch in argument.branches:
            like = _counterpart(branch, ours[name])
            yield from _compared(
                sides,
                like.arguments,
                branch.arguments,
                (like.start, like.end),
                (branch.start, branch.end),
                faults,
            )


def _name(argument: Argument) -> str:
    return f"{{{argument.name}, {argument.kind}}}"


def _exchanged(source: dict[str, Argument], target: dict[str, Argument]) -> Fault:
    missing = [name for name in source if name not in target]
    added = [name for name in target if name not in source]
    return Fault(
        f"argument {difference(missing, added)}",
        source=tuple((source[name].start, source[name].end) for name in missing),
        target=tuple((target[name].start, target[name].end) for name in added),
    )


def _keywords(source: Argument, target: Argument, sides: Sides) -> Iterator[Fault]:
    """What is wrong with the keywords of a branching argument."""
    known = {branch.keyword for branch in source.branches}
    keywords = [branch.keyword for branch in target.branches]
    plural = target.kind in _WITH_NUMBER
    if plural:
        strange = [word for word in keywords if word not in ALL and not word.startswith("=")]
    else:
        strange = [word for word in keywords if word not in known | {"other"}]
    lost = [word for word in ("other",) if word not in keywords]
    if not plural:
        lost = sorted((known | {"other"}) - set(keywords))
    clauses = [
        f"{', '.join(_quoted(words))} {what}"
        for words, what in ((strange, "is no keyword"), (lost, "is missing"))
        if words
    ]
    if clauses:
        severity: Severity = "error" if strange or "other" in lost else "warning"
        message = f"the {target.kind} of {target.name}: {'; '.join(clauses)}"
        yield Fault(message, severity, target=((target.start, target.end),))
    elif target.kind == "plural" and sides.target_language:
        yield from _categories(target, keywords, sides.target_language)


def _quoted(words: Sequence[str]) -> list[str]:
    return [f'"{word}"' for word in words]


def _categories(target: Argument, keywords: Sequence[str], language: str) -> Iterator[Fault]:
    """The plural forms that the language has, and the message has not."""
    if set(keywords) <= {"other"} or any(word.startswith("=") for word in keywords):
        return
    lost = [word for word in needed(language) if word not in keywords]
    idle = [word for word in keywords if word not in categories(language)]
    place = ((target.start, target.end),)
    if lost:
        yield Fault(
            f"the plural of {target.name} has no form {', '.join(_quoted(lost))}", "warning", target=place
        )
    elif idle:
        message = (
            f"the plural of {target.name} has a form that the language has not: {', '.join(_quoted(idle))}"
        )
        yield Fault(message, "info", target=place)


def _counterpart(branch: Branch, argument: Argument) -> Branch:
    """The source's branch of the same keyword, else "other", else the last."""
    by_keyword = {candidate.keyword: candidate for candidate in argument.branches}
    return by_keyword.get(branch.keyword) or by_keyword.get("other") or argument.branches[-1]


def _piece(
    sides: Sides,
    source: Sequence[Argument],
    target: Sequence[Argument],
    source_place: tuple[int, int],
    target_place: tuple[int, int],
) -> Sides:
    """What stands outside of branching arguments, as two texts."""
    texts = []
    for text, arguments, (start, end) in (
        (sides.source, source, source_place),
        (sides.target, target, target_place),
    ):
        places = [(argument.start, argument.end) for argument in arguments if argument.branches]
        texts.append(blanked(text, places)[start:end])
    starts = source_place[0], target_place[0]
    languages = sides.source_language, sides.target_language
    return Sides(texts[0], texts[1], *languages, sides.chosen, *starts)


def _apostrophes(sides: Sides) -> Iterator[Fault]:
    """In Java's format each single apostrophe begins what is not filled in."""
    if ICU.is_chosen(sides.chosen) and "{" in sides.source:
        for match in re.finditer(r"(?<!')'(?!')([^']*)", sides.target):
            if hidden := re.search(r"\{[^{}]*\}", match[1]):
                message = f"a single apostrophe hides {hidden[0]}: write two, or a typographic one"
                yield Fault(message, "warning", target=(match.span(),))
                return


ICU = Syntax(
    "icu",
    "{n, plural, one {…} other {…}}, {d, date}: ICU, Java, FormatJS.",
    "placeholder",
    ("{",),
    _parts,
    _apostrophes,
    _pieces,
    rank=10,
    flags=FLAGS,
)
