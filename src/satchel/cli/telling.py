"""The demonstration for reading: each measured step as a few lines in the terminal, or all of them as numbers."""

import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from satchel.cli import story, story_facts
from satchel.cli.output import console, document, one_line, safe
from satchel.cli.standing import in_words
from satchel.errors import InvalidInput

if TYPE_CHECKING:
    from rich.console import Console

    from satchel import Memory

_WIDEST = 100


def show(keep: Path | None, *, as_json: bool) -> bool:
    """Run the demonstration; return whether what was forgotten is gone."""
    import satchel

    start = time.perf_counter()
    with _directories(keep) as (directory, clear), satchel.open(directory) as memory:
        told = Teller(quiet=as_json)
        told.run(memory, directory, clear, erase=keep is None)
    seconds = time.perf_counter() - start
    if as_json:
        document({**told.steps, "forgotten_is_gone": told.gone, "seconds": round(seconds, 3)})
    else:
        told.end(keep, seconds)
    return told.gone


@contextmanager
def _directories(keep: Path | None) -> Generator[tuple[Path, Path]]:
    if keep is not None and keep.exists() and (not keep.is_dir() or any(keep.iterdir())):
        raise InvalidInput(f"{keep} is not an empty directory; name a new one for the demonstration")
    with tempfile.TemporaryDirectory(prefix="satchel-demo-") as temporary:
        yield keep or Path(temporary) / "store", Path(temporary) / "clear"


@dataclass(slots=True)
class Teller:
    """Runs the steps and writes each as soon as it is measured."""

    quiet: bool
    steps: dict[str, object] = field(default_factory=dict[str, object])
    gone: bool = False
    out: "Console" = field(default_factory=console)

    def run(self, memory: "Memory", directory: Path, clear: Path, *, erase: bool) -> None:
        """Run every step on a memory."""
        self.out.quiet = self.quiet
        space = memory.space(story.NAME)
        conversation = story.conversation()
        self._stored(story.store(memory, directory, conversation))
        self._answers([story.ask(space, one) for one in (*story.QUESTIONS, story.UNKNOWN)])
        self._injected(story.inject(space, story.PROCEDURE, story.BUDGET))
        self._known(story_facts.know(space))
        self._belief(story_facts.believe(space))
        self._undone(story_facts.undo(space, conversation))
        self._forgotten(story.forget(space, directory, clear))
        if erase:
            self._erased(story.erase(memory))

    def end(self, keep: Path | None, seconds: float) -> None:
        """Say what comes next."""
        self.out.print()
        if keep is not None:
            self._say(f"The store stays in {keep}. Try:")
            whole = (f'search "{story.QUESTIONS[0]}"', "facts --past", f"timeline --subject {story_facts.HOME[0]}")
            for command in whole:  # on one line each, to be copied
                self.out.print(f"    satchel --store {keep} --space {story.NAME} {command}", soft_wrap=True)
        self._say(f"All of this was measured now, in {seconds:.1f} s, without network, server or API key.", "dim")

    def _stored(self, step: story.Stored) -> None:
        self.steps["stored"] = step
        self._head("1  Extract and store")
        self._say(
            f"{step.messages} messages of {step.sessions} sessions in {step.seconds:.2f} s "
            f"({1000 * step.seconds / step.messages:.1f} ms each; models loaded in {step.ready_seconds:.2f} s)"
        )
        self._say(f"{step.bytes_on_disk / 1024:,.0f} KiB on disk; {step.encryption}")

    def _answers(self, answers: list[story.Answer]) -> None:
        self.steps["answers"] = answers
        self._head("2  Retrieve")
        for answer in answers:
            line = Text(answer.question, style="bold")
            line.append(f"  {answer.milliseconds:.1f} ms", style="dim")
            self._put(line)
            if not answer.supported or answer.said_at is None:
                self._put(Text("nothing supports this", style="yellow"), indent=4)
                continue
            who = Text(f"{one_line(answer.who)}, {answer.said_at.day} {answer.said_at:%B %Y}: ", style="cyan")
            self._put(who.append(one_line(answer.words), style="default"), indent=4)

    def _injected(self, step: story.Injected) -> None:
        self.steps["injected"] = step
        self._head("3  Inject")
        self._put(Text(step.question, style="bold").append(f"  {step.milliseconds:.1f} ms", style="dim"))
        self._put(Text(safe(step.block), style="dim"), indent=4)
        self._put(
            Text(f"{step.tokens} tokens", style="green").append(
                f" within a budget of {step.budget}; the whole history has {step.history_tokens:,}: "
                f"{step.saved_percent:.0f} % saved",
                style="default",
            )
        )

    def _known(self, step: story_facts.Known) -> None:
        self.steps["known"] = step
        self._head("4  Know what is true, and when it was")
        self._say(f"{step.current} facts are true now, {step.past} are past; some, with the words that they are from:")
        for one in step.shown:
            told = Text(in_words(one.fact), style="dim" if one.fact.status == "past" else "default")
            self._put(told.append(f", put right; before: {'; '.join(one.corrects)}" if one.corrects else ""))
            said = Text(f"{one_line(one.speaker)}, {one.said_at.day} {one.said_at:%B}: ", style="cyan")
            self._put(said.append(one.words, style="default"), indent=4)
        if not step.shown:
            self._put(Text("the words gave no fact of those shown here", style="yellow"))

    def _belief(self, step: story_facts.Belief) -> None:
        self.steps["belief"] = step
        measured = f"  {step.milliseconds:.1f} ms, no model"
        self._put(Text(step.question, style="bold").append(measured, style="dim"))
        self._put(_state(f"on {step.day}:", step.then), indent=4)
        self._put(_state("now:          ", step.now), indent=4)

    def _undone(self, step: story_facts.Undone | None) -> None:
        self.steps["undone"] = step
        self._head("5  Undo")
        if step is None:
            self._put(Text("no fact says where Maya lives now, so there is nothing to undo", style="yellow"))
            return
        self._say(f"forgotten: {step.words}")
        self._put(_state("before:    ", step.before), indent=4)
        measured = Text(f"  {step.milliseconds:.0f} ms", style="dim")
        self._put(_state("after:     ", step.after).append_text(measured), indent=4)
        self._put(_state("said again:", step.again), indent=4)

    def _forgotten(self, step: story.Forgotten) -> None:
        self.steps["forgotten"] = step
        self.gone = step.is_gone
        self._head("6  Forget for good")
        self._put(Text(step.question, style="bold"))
        self._put(Text("before: ", style="cyan").append(one_line(step.words_before), style="default"), indent=4)
        after = f"still found: {step.word}" if step.found_after else f"no message with {step.word} is found"
        state = "complete" if step.receipt.complete else "not complete yet"
        after = f"{after}; {state}, {1000 * step.seconds:.0f} ms"
        self._put(Text("after:  ", style="cyan").append(after, style="default"), indent=4)
        self._say(
            f"out of reach, by its receipt: {len(step.receipt.remains)} things, such as copies of the store's files"
        )
        self._say("every byte of every file read, here and in a second store that is in clear:")
        self._put(_counted("in clear, before:", step.clear_before, step.word), indent=4)
        self._put(_counted("in clear, after: ", step.clear_after, step.word), indent=4)
        self._put(_counted("this one, after: ", step.encrypted_after, step.word), indent=4)

    def _erased(self, step: story.Erased) -> None:
        self.steps["erased"] = step
        destroyed = sum(step.receipt.destroyed.values())
        spent = f"{1000 * step.seconds:.0f} ms; {step.spaces_left} spaces left"
        self._say(f"the whole space erased: its key and all {destroyed:,} rows; {spent}")

    def _head(self, title: str) -> None:
        self.out.print()
        self.out.print(Text(title, style="bold cyan"))

    def _say(self, text: str, style: str = "default") -> None:
        self._put(Text(one_line(text) if not text.startswith(" ") else safe(text), style=style))

    def _put(self, text: Text, *, indent: int = 2) -> None:
        for line in text.wrap(self.out, min(self.out.width, _WIDEST) - indent):
            line.rstrip()
            self.out.print(Text(" " * indent).append_text(line), soft_wrap=True)


def _state(when: str, told: Sequence[str]) -> Text:
    known = Text("; ".join(told)) if told else Text("no fact says it", style="yellow")
    return Text(f"{when} ", style="cyan").append_text(known)


def _counted(when: str, scan: story.Scan, word: str) -> Text:
    found = f"{word} in {scan.files_with_word} of {scan.files} files"
    return Text(f"{when} ", style="cyan").append(f"{found} ({scan.bytes / 1024:,.0f} KiB)", style="default")
