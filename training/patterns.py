"""The other way: claims by phrases alone, to compare the tagger with. Not shipped."""

import argparse
import re
from pathlib import Path

from examples import held_out, read_jsonl
from scoring import Found, Score
from train import HERE, expected, validation

_NAME = r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*"
_PLAIN = r"[\w'’ -]{2,40}?"
_END = r"(?=\s*(?:[.,;:!?\n)]|$|\s(?:and|but|so|in|at|for|since|now|last|this|with|who|because|if|,)\b))"
_I = r"\b(?:I|i|we|We)"
_AM = rf"{_I}(?:['’]?m| am|['’]re| are|['’]?ve been| have been)"
_PHRASES = {
    "lives_in": [
        rf"{_I} (?:live|lived|moved|relocated) (?:in|to|near)\s+({_NAME})",
        rf"{_AM} (?:living|based) in\s+({_NAME})",
    ],
    "works_at": [rf"{_I} (?:work|started|worked) (?:at|for)\s+({_NAME})", rf"joined\s+({_NAME})"],
    "job_title": [
        rf"{_AM} an?\s+({_PLAIN}(?:er|or|ist|ian|nurse|chef|clerk|pilot|lead|analyst|engineer)){_END}",
        rf"work(?:ing)? as an?\s+({_PLAIN}){_END}",
    ],
    "name": [rf"(?:[Mm]y name is|[Cc]all me|[Ii]['’]?m called|name['’]s)\s+({_NAME})"],
    "age": [rf"{_AM}\s+(\d{{1,2}}){_END}", r"turn(?:ed|ing)\s+(\d{1,2})\b", r"(\d{1,2}) years old"],
    "born_in": [rf"born in\s+({_NAME})"],
    "grew_up_in": [rf"grew up in\s+({_NAME})"],
    "nationality": [rf"{_AM}\s+([A-Z][a-z]+(?:ish|an|ese|ch))\b"],
    "speaks": [rf"{_I} speak\s+({_NAME})"],
    "email": [r"([\w.+-]+@[\w-]+\.[\w.]+\w)"],
    "phone": [r"(?:number|phone|call)\D{0,20}(\+?\d[\d\s().-]{5,}\d)"],
    "allergic_to": [rf"allergic to\s+({_PLAIN}){_END}"],
    "diet": [rf"{_AM}(?: an?)?\s+(vegan|vegetarian|pescatarian|keto)\b"],
    "medication": [rf"{_I} (?:take|['’]m on|am on|started)\s+({_PLAIN}){_END}"],
    "likes": [rf"{_I} (?:love|like|enjoy|adore)\s+({_PLAIN}){_END}"],
    "dislikes": [rf"{_I} (?:hate|can['’]?t stand|dislike|detest)\s+({_PLAIN}){_END}"],
    "favorite": [rf"favou?rite \w+ is\s+({_PLAIN}){_END}"],
    "prefers": [rf"{_I} prefer\s+({_PLAIN}){_END}"],
    "partner": [rf"my (?:husband|wife|partner|boyfriend|girlfriend|fianc[eé]e?),?\s+({_NAME})"],
    "sibling": [rf"my (?:little |big |older |younger )?(?:sister|brother),?\s+({_NAME})"],
    "child": [rf"my (?:son|daughter|kid),?\s+({_NAME})"],
    "parent": [rf"my (?:mum|mom|mother|dad|father),?\s+({_NAME})"],
    "pet": [rf"my (?:dog|cat|rabbit|hamster),?\s+({_NAME})"],
    "manager": [rf"my (?:boss|manager) is\s+({_NAME})"],
    "owns": [rf"{_I} (?:own|have|['’]ve got) an?\s+({_PLAIN}){_END}"],
    "uses": [rf"{_I} use\s+({_PLAIN}){_END}", rf"switched (?:from .{{2,30}} )?to\s+({_PLAIN}){_END}"],
    "studies_at": [rf"stud(?:y|ying) .{{0,30}}at\s+({_NAME})"],
    "field_of_study": [rf"stud(?:y|ying)\s+({_PLAIN}) at\b"],
    "instrument": [rf"{_I} play the\s+({_PLAIN}){_END}"],
    "reading": [rf"{_AM} reading\s+({_NAME})"],
    "visited": [rf"{_I} (?:went to|visited|got back from)\s+({_NAME})"],
    "bought": [rf"{_I} bought an?\s+({_PLAIN}){_END}"],
    "goal": [rf"my goal is to\s+({_PLAIN}){_END}"],
    "birthday": [r"birthday is (?:on )?(?:the )?([\w ]{3,20}?)(?=[.,;!?\n]|$)"],
    "instruction": [r"^((?:[Aa]lways|[Nn]ever|[Ff]rom now on,?) [^.!?]{5,80})"],
}
_COMPILED = {attribute: [re.compile(phrase) for phrase in phrases] for attribute, phrases in _PHRASES.items()}
_UNREAL = re.compile(r"\b(?:if|wish|suppose|imagine|would|might|said|says)\b[^.!?]*$", re.IGNORECASE)
_ENDED = re.compile(r"\b(?:used to|no longer|not .{0,20}any ?more|left|quit|sold)\b", re.IGNORECASE)


def found(text: str, speaker: str | None) -> list[Found]:
    """Return what the phrases find."""
    claims: list[Found] = []
    for attribute, phrases in _COMPILED.items():
        for phrase in phrases:
            for match in phrase.finditer(text):
                sentence = re.split(r"[.!?\n]", text[: match.start(1)])[-1]
                if _UNREAL.search(sentence) or "?" in re.split(r"[.!\n]", text[match.end() :])[0][:80]:
                    continue
                polarity = "ended" if _ENDED.search(sentence) else "holds"
                claims.append((speaker or "user", attribute, match[1].strip(), polarity))
    return claims


def main() -> None:
    """Print the score of the phrases on the validation blocks."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--labelled", type=Path, default=HERE / "../../shared/data/claims")
    score = Score()
    for example in read_jsonl(parser.parse_args().labelled):
        if not held_out(example.id) and validation(example.id):
            score.add(expected(example), found(example.text, example.speaker))
    print(score)


if __name__ == "__main__":
    main()
