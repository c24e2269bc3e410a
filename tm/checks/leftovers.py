"""What a program left in a translation: subword marks, a model's own tokens, remarks on the task, loops,
notes to do.

No list of phrases: a rule says what each kind is made of, and the source must not have the like.

1. ``_TOKENS`` are the marks of tokenisers (``@@``, ``▁``, ``@-@``) and a model's tokens (``</s>``,
   ``<unk>``).
2. ``_TALK`` is a label before the text or a remark behind it that speaks about translating.
3. ``looped`` finds words that come again and again.
4. ``_TO_DO`` are the programmers' words for what is to be done.

>>> left("exten@@ são", "extension"), left("Tradução: um pão", "un pain"), left("TODO: pão", "pain")
('a mark of a tokeniser: @@', 'a remark about translating: Tradução:', 'a note to do: TODO')
>>> left("o pão e o pão e o pão e o pão e o pão", "le pain"), left("Nota: o pão", "Note : le pain")
('the same words again and again: o pão e', '')
>>> repaired("um pão</s>"), repaired("exten@@ são"), repaired("▁um ▁pão"), repaired("um <unk>")
('um pão', 'extensão', 'um pão', '')
>>> LEFTOVERS.messages("Le pain.", "O pão. [TODO]")
['left in the translation: a note to do: TODO']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKENS = re.compile(
    r"@@(?= |$)|(?<=\s)##(?=[^\W\d_])|▁|Ġ|@(?:-|,|\.|/)@"
    r"|</?(?:s|unk|pad|bos|eos|mask|sep|cls)>|\[(?:UNK|PAD|MASK|SEP|CLS|BOS|EOS|INST)\]|\[/INST\]"
    r"|<\|[\w ]{1,30}\|>|<[a-z]{2}_[A-Z]{2}>|⁇",
    re.IGNORECASE,
)
_STEM = (
    r"(?:translat|tradu[cçzitt]|übersetz|vertal|vertaal|tłumacz|översätt|oversett|oversæt|перев[её]|перекла|переклад|"
    r"kään|fordít|çevir|terjemah|μετάφρ|翻[译訳譯]|번역|ترجم|תרגו)"
)
_TALK = re.compile(
    rf"^\W*(?:[^\W\d_]+[\s,'’]+){{0,7}}\w*{_STEM}\w*(?:[\s,'’]+[^\W\d_]+){{0,6}}\s*:"
    rf"|[(\[（【][^()\[\]（）【】]*{_STEM}[^()\[\]（）【】]*[)\]）】]\W*$",
    re.IGNORECASE,
)
_STEMS = re.compile(_STEM, re.IGNORECASE)
_TO_DO = re.compile(r"(?<!\w)(?:TODO|FIXME|XXX|TBD|TBT|HACK)(?!\w)")
_FENCE = re.compile(r"(?<!\S)```(?=\w*(?:\s|$))")
_WORDS = re.compile(r"\S+")

TIMES = 4
"""Times in a row from which words that come again are a loop."""


def left(target: str, source: str) -> str:
    """What a program left in the target, "" when nothing.

    Args:
        target: the translation.
        source: its source, which has nothing of the kind.
    """
    if (match := _TOKENS.search(target)) and match[0].casefold() not in source.casefold():
        return f"a mark of a tokeniser: {match[0]}"
    if _STEMS.search(target) and (match := _TALK.search(target)) and not _STEMS.search(source):
        return f"a remark about translating: {match[0].strip()}"
    if _FENCE.search(target) and not _FENCE.search(source):
        return "a fence of code: ```"
    if (match := _TO_DO.search(target)) and match[0] not in source:
        return f"a note to do: {match[0]}"
    words = looped(target)
    return f"the same words again and again: {words}" if words and not looped(source) else ""


def looped(text: str) -> str:
    """The words that come ``TIMES`` times in a row or more, "" when none do.

    >>> looped("não não não não não"), looped("- - - - -"), looped("não, não, sim")
    ('não', '', '')
    """
    words = _WORDS.findall(text.casefold())
    if len(words) - len(set(words)) < TIMES - 1:
        return ""
    for length in range(1, min(8, len(words) // TIMES) + 1):
        # Every length-th word is enough to see that there is no loop.
        if not any(words[place] == words[place - length] for place in range(length, len(words), length)):
            continue
        same = 0
        for place in range(length, len(words)):
            same = same + 1 if words[place] == words[place - length] else 0
            if same >= length * (TIMES - 1):
                phrase = " ".join(words[place - length + 1 : place + 1])
                if any(map(str.isalnum, phrase)):
                    return phrase
                break
    return ""


def repaired(target: str) -> str:
    """The target without the marks of a tokeniser; "" where words are lost, or more than marks was left.

    Where a text has ``@-@`` its marks stand apart, too, and nobody can tell which did before.
    """
    text = re.sub(r"@@ ?", "", target)
    if "▁" in text:
        text = re.sub(r"▁", " ", text.replace(" ", "")) if " ▁" in text else text.replace("▁", " ")
    text = re.sub(r"\s*</?(?:s|pad|bos|eos)>\s*", " ", text, flags=re.IGNORECASE).strip()
    return "" if text == target or left(text, "") else text


def _examine(translation: Translation) -> Iterator[Remark]:
    if what := left(translation.target, translation.source):
        mended = repaired(translation.target)
        places = spans_of(translation.target, what.partition(": ")[2])
        yield Remark(f"left in the translation: {what}", "warning", mended or None, target_spans=places)


LEFTOVERS = Check(
    "leftover",
    "What a program or its maker left: TODO, a prompt, subword marks, loops.",
    one_by_one(_examine),
)
