"""Laws of suggestions: what is no prose stays as it is, and what was found is mended."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tm.checks import run_checks
from tm.direction import Direction
from tm.language.protected import spans
from tm.model import Pair, Segment

CODE = [
    "%s", "%(nom)s", "{nom}", "{ $nom }", "{ -marque }", "<b>", "</b>", "&nbsp;", "&amp;", "`a  b`", "``f(x) , y``",
    "https://exemple.org/a?b", "/usr/bin/a", "C:\\temp\\a", "--option=a", ":func:`page`", "%H:%M", ":)", "a@exemple.org",
    "@nom", "fichier.txt", "nom_de_a", "<![CDATA[", "[b]", "serveur:8080",
]  # fmt: skip
PROSE = [
    "le", "pain", "pain", "Pain", "PAIN", "o", "pão", "est", "cuit", "«", "»", '"', "“oui”", ":", ";", "!", "?", ",",
    ".", " ", "  ", "\u00a0", "\u200b", "p\u0430in", "50 %", "un,deux", "deux ,", "3.5", "Où?",
]  # fmt: skip
texts = st.lists(st.sampled_from(CODE + PROSE), min_size=1, max_size=8).map(" ".join)
DIRECTIONS = [("pt", "fr"), ("fr", "pt-BR"), ("en", "fr"), ("en", "es")]
ABOUT_CODE = {"entity"}
"""Checks whose finding is a place that is no prose: an entity that is too much."""


def code_of(text, language):
    return [text[start:end] for start, end in spans(text, language)]


@settings(max_examples=4 * settings().max_examples)
@given(source=texts, target=texts, tags=st.sampled_from(DIRECTIONS))
def test_a_suggestion_leaves_what_is_no_prose_as_it_is(source, target, tags):
    pair, language = Pair(Segment(source), Segment(target)), tags[1]
    for finding in run_checks([pair], Direction(*tags)):
        if finding.suggestion is not None and finding.check not in ABOUT_CODE:
            rest = finding.suggestion
            for code in code_of(target, language):
                assert code in rest, finding
                rest = rest.partition(code)[2]


@settings(max_examples=4 * settings().max_examples)
@given(source=texts, target=texts, tags=st.sampled_from(DIRECTIONS))
def test_a_suggestion_takes_its_finding_away(source, target, tags):
    for finding in run_checks([Pair(Segment(source), Segment(target))], Direction(*tags)):
        if finding.suggestion is not None:
            mended = Pair(Segment(source), Segment(finding.suggestion))
            again = run_checks([mended], Direction(*tags), only=[finding.check])
            assert finding.message not in {one.message for one in again}, finding
