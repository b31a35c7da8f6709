"""Which language a text is in."""

import pytest

from satchel.models.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Yesterday we went to the beach together with friends.", "en"),
        ("Gestern sind wir zusammen mit Freunden an den Strand gegangen.", "de"),
        ("Ayer fuimos todos juntos a la playa con los amigos de la escuela.", "es"),
        ("昨日は友達と一緒に海へ行きました。", "ja"),
        ("wow, tennis!", "en"),
        ("", "en"),
        ("12345 67890", "en"),
    ],
)
def test_a_language_is_detected_and_short_texts_count_as_english(text: str, language: str) -> None:
    assert detect_language(text) == language
