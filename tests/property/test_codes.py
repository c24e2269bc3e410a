"""Laws of inline codes: halves of pairs are found at once, and they are those that a plain search finds."""

from hypothesis import given
from hypothesis import strategies as st

from tm.formats import _tmx, _xliff_codes, _xliff_filling
from tm.formats.filling import fitted
from tm.formats.parts import marked
from tm.model import Code, Segment

CODES = st.lists(
    st.builds(
        Code,
        st.integers(0, 4),
        st.sampled_from(["open", "close", "alone"]),
        st.sampled_from(["g", "mrk", "bx", "ex"]),
        st.sampled_from(
            [(), (("id", "1"),), (("rid", "1"),), (("mtype", "seg"), ("mid", "1")), (("id", "2"),)]
        ),
        st.sampled_from([None, Segment("<b>"), Segment("<i>")]),
    ),
    max_size=12,
)


def plain_pairs(codes):
    """Each code that closes, with the last one still open that it can close; what opened in between never closes."""
    partners, opened = {}, []
    for number, code in enumerate(codes):
        if code.kind == "open":
            opened.append(number)
        elif code.kind == "close":
            link = _xliff_codes._link(code)
            found = [at for at in opened if _xliff_codes._link(codes[at]) == link]
            if found:
                partners[found[-1]], partners[number] = number, found[-1]
                opened = [at for at in opened if at < found[-1]]
    return partners


@given(CODES)
def test_pairs_of_xliff_are_those_of_a_plain_search(codes):
    assert _xliff_codes.pairs(codes) == plain_pairs(codes)


def plain_partners(codes):
    partners, waiting = {}, []
    for number, code in enumerate(codes):
        if code.kind == "open":
            waiting.append(number)
        elif code.kind == "close":
            key = _tmx._key(code)
            same_key = [at for at in waiting if key and _tmx._key(codes[at]) == key]
            last = waiting[-1:] if waiting and codes[waiting[-1]].name == code.name else []
            if found := last or same_key[-1:]:
                waiting.remove(found[0])
                partners[number] = partners[found[0]] = len(partners) // 2
    return partners


@given(CODES)
def test_pairs_of_codes_written_to_tmx_are_those_of_a_plain_search(codes):
    assert _tmx._partners(codes) == plain_partners(codes)


def plain_fitted(target, source):
    """Each code in the place of the first one left that is like it: the same, of the same native code, of its kind."""
    free, places = list(source.codes), {}
    for like in (
        lambda code: (code.kind, code.name, code.attributes, code.content),
        lambda code: (code.kind, code.content) if code.content else None,
        lambda code: code.kind,
    ):
        for number, code in enumerate(target.codes):
            found = [at for at, other in enumerate(free) if like(other) == like(code) is not None]
            if number not in places and found:
                places[number] = free.pop(found[0])
    return [(places[at].name, places[at].attributes) for at in sorted(places)]


@given(CODES, CODES)
def test_a_translation_takes_the_codes_that_a_plain_search_finds(of_target, of_source):
    fitting = fitted(Segment("sim.", tuple(of_target)), Segment("oui.", tuple(of_source)))
    assert [(code.name, code.attributes) for code in fitting.codes] == plain_fitted(
        Segment("sim.", tuple(of_target)), Segment("oui.", tuple(of_source))
    )


@given(CODES)
def test_the_segments_of_a_text_are_its_outermost_marks_and_those_in_elements_have_no_mid(codes):
    segment = Segment("oui.", tuple(codes))
    partners = _xliff_codes.pairs(codes)
    marks = [
        (first, last)
        for first, last in partners.items()
        if first < last and ("mtype", "seg") in codes[first].attributes and codes[first].name == "mrk"
    ]
    outermost = sorted(mark for mark in marks if not any(first < mark[0] < last for first, last in marks))
    assert [(first, last) for _, first, last in marked(segment)] == outermost
    around = [any(start < first < end for start, end in partners.items()) for first, _ in outermost]
    assert [not mid for mid in _xliff_filling._mids(segment)] == around


def test_a_text_with_very_many_halves_of_pairs_takes_no_time():
    opening = [Code(0, "open", "bx", (("id", str(number)),)) for number in range(20_000)]
    closing = [Code(1, "close", "ex", (("rid", f"z{number}"),)) for number in range(20_000)]
    codes = opening + closing
    assert not _xliff_codes.pairs(codes)
    assert not _tmx._partners(codes)
    assert len(fitted(Segment("sim", tuple(codes)), Segment("oui", tuple(codes[::-1]))).codes) == 40_000
