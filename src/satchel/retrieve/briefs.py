"""Which sentence of a message fits a question best."""

from collections.abc import Mapping

from satchel.retrieve.terms import message_terms
from satchel.sentences import Span, sentences


def best_sentence(text: str, worth: Mapping[int, float], language: str) -> Span:
    """Return the sentence with the most of the question's information; of equals the longest, then the first.

    Args:
        text: the words of a message.
        worth: of each of the question's terms, how much information it carries.
        language: of the message.
    """

    def value(span: Span) -> tuple[float, int]:
        terms = message_terms(text[span[0] : span[1]], language)
        return sum(worth.get(term, 0.0) for term in terms), span[1] - span[0]

    return max(sentences(text), key=value, default=(0, len(text)))
