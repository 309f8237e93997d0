"""Renders many lines at once: in several processes, interrupted at any time, told as it goes."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from audio.clip_folder import ClipFolder
from audio.manifest import ClipFolderError, Entry, line_key
from audio.text_clips import TextClips
from audio.voices.voice import Voice, VoiceError
from skill.coach.reply import Line

MakeVoice = Callable[[], Voice]
"""Makes a process its own voice; a function that can be pickled."""

BATCH = 4
"""Clips a process makes before it reports: some tenths of a second of work."""

SAVE_S = 2.0
"""Seconds between two writings of the manifest."""

ONE_AT_A_TIME = frozenset({"gtts"})
"""Voices that are somebody else's server: asked politely, so by one process."""


@dataclass(frozen=True)
class Progress:
    """How far a rendering is."""

    done: int
    """Clips rendered by now."""

    total: int
    """Clips that were missing at the start."""

    errors: int
    seconds: float
    """Since the start."""

    @property
    def left(self) -> int:
        """Clips to be rendered still."""
        return self.total - self.done - self.errors

    @property
    def rate(self) -> float:
        """Clips a second."""
        return self.done / self.seconds if self.seconds > 0 else 0.0


@dataclass
class Outcome:
    """What came of a rendering."""

    lines: int
    """Lines that were wanted."""

    there: int
    """Clips that were there already; several lines may share one."""

    rendered: int = 0
    errors: dict[str, str] = field(default_factory=dict)
    """Why it could not be said, by text."""


def render(
    lines: Iterable[Line],
    clips: ClipFolder,
    make_voice: MakeVoice,
    *,
    jobs: int = 1,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Outcome:
    """Render every line that has no whole clip, and write the manifest.

    With ``jobs`` above 1 so many processes render, each with a voice of its own, so that the main
    module must be importable. What is rendered when it is interrupted stays. A line that cannot be
    said is an error in the outcome, and the others go on.

    Raises:
        ClipFolderError: the folder cannot be written to; nothing goes on then.
    """
    wanted = {line: clips.text_of(line) for line in lines}
    texts = list(dict.fromkeys(wanted.values()))
    missing = [text for text in texts if clips.texts.there(text) is None]
    outcome = Outcome(len(wanted), len(texts) - len(missing))
    telling = _Telling(clips.texts, len(missing), outcome, progress)
    try:
        for batch in _batches(missing, clips.texts, make_voice, jobs):
            telling.tell(batch)
    except ClipFolderError:
        raise  # no manifest could be written either
    except BaseException:
        _note(clips.texts, wanted)
        raise
    _note(clips.texts, wanted)
    return outcome


def _note(texts: TextClips, wanted: Mapping[Line, str]) -> None:
    """Write the manifest for the lines that have a clip by now."""
    names = {text: texts.name_of(text) for text in set(wanted.values())}
    texts.note(
        {
            line_key(line): names[text]
            for line, text in wanted.items()
            if texts.entry_of(names[text])
        }
    )


@dataclass
class _Batch:
    """What a process made of some texts."""

    clips: dict[str, Entry] = field(default_factory=dict)
    """By name."""

    errors: dict[str, str] = field(default_factory=dict)
    """By text."""


class _Telling:
    """Counts, saves now and then, and tells whoever watches."""

    def __init__(
        self,
        texts: TextClips,
        total: int,
        outcome: Outcome,
        progress: Callable[[Progress], None],
    ) -> None:
        self._texts, self._total = texts, total
        self._outcome, self._progress = outcome, progress
        self._began = self._saved = time.monotonic()
        self._tell()

    def tell(self, batch: _Batch) -> None:
        self._texts.learn(batch.clips)
        self._outcome.rendered += len(batch.clips)
        self._outcome.errors.update(batch.errors)
        if time.monotonic() - self._saved > SAVE_S:
            self._texts.note({})
            self._saved = time.monotonic()
        self._tell()

    def _tell(self) -> None:
        seconds = time.monotonic() - self._began
        done, errors = self._outcome.rendered, len(self._outcome.errors)
        self._progress(Progress(done, self._total, errors, seconds))


def _batches(
    missing: Sequence[str], texts: TextClips, make_voice: MakeVoice, jobs: int
) -> Iterator[_Batch]:
    """Yield what was made of all texts, in the order in which it is done."""
    # The longest first, so that no process is left alone with one at the end.
    ordered = sorted(missing, key=len, reverse=True)
    batches = [ordered[at : at + BATCH] for at in range(0, len(ordered), BATCH)]
    if texts.voice.name in ONE_AT_A_TIME:
        jobs = 1
    if min(jobs, len(batches)) <= 1:
        for batch in batches:
            yield _say(texts, batch)
        return
    pool = ProcessPoolExecutor(
        min(jobs, len(batches)),
        multiprocessing.get_context("spawn"),  # no voice survives a fork that its threads do not
        _begin,
        (texts.folder, texts.locale, make_voice),
    )
    try:
        yield from _in_processes(pool, batches)
    finally:
        pool.shutdown(cancel_futures=True)


def _in_processes(pool: ProcessPoolExecutor, batches: Sequence[list[str]]) -> Iterator[_Batch]:
    """Yield results; where a process dies, all that is left is told as errors."""
    futures: dict[Future[_Batch], list[str]] = {}
    unsent = list(batches)
    with contextlib.suppress(BrokenProcessPool):
        while unsent:
            future = pool.submit(_work, unsent[0])
            futures[future] = unsent.pop(0)
    while futures:
        done, _ = wait(futures, return_when=FIRST_COMPLETED)
        for future in done:
            batch = futures.pop(future)
            try:
                yield future.result()
            except BrokenProcessPool:
                unsent.append(batch)
    if unsent:
        yield _Batch(errors={text: "a process of the voice died" for one in unsent for text in one})


_texts: TextClips | None = None
"""The clips of a process that renders; nothing in all others."""


def _begin(folder: Path, locale: str, make_voice: MakeVoice) -> None:
    """Set up a process that renders."""
    global _texts  # noqa: PLW0603 - the one way in which a pool hands its processes anything
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then stops us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _texts = TextClips(folder, make_voice(), locale)


def _end_with_parent() -> None:
    """Wait for the end of a parent that was killed; nobody else would tell us."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(batch: list[str]) -> _Batch:
    if _texts is None:
        raise AssertionError("a process of the pool begins by _begin")
    return _say(_texts, batch)


def _say(texts: TextClips, batch: Iterable[str]) -> _Batch:
    """Render some texts; a folder that cannot be written to ends it, a text that cannot does not.

    Raises:
        ClipFolderError: the folder cannot be written to.
    """
    made = _Batch()
    for text in batch:
        try:
            clip = texts.say(text).clip
        except ClipFolderError:
            raise
        except VoiceError as fault:
            made.errors[text] = str(fault)
        except Exception as fault:  # a voice is somebody else's code, and others wait for theirs
            made.errors[text] = f"{type(fault).__name__}: {fault}"
        else:
            entry = texts.entry_of(clip.name)
            if entry is not None:
                made.clips[clip.name] = entry
    return made
