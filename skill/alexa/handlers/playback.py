"""Intents about a workout that plays as a stream, and what is said while one plays."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from skill.alexa.exercise_slot import with_exercise
from skill.alexa.slots import Slots
from skill.alexa.streams import GuideHeard
from skill.coach import guidance, playing
from skill.coach.exercise import Exercise
from skill.coach.planning import Wish
from skill.coach.replace import replace
from skill.coach.reply import Reply, Stream
from skill.coach.session import Phase
from skill.coach.turn import Turn

Answer = Callable[[Turn, Slots], Reply]


def play_workout(turn: Turn, slots: Slots) -> Reply:
    """Play the whole workout, of so many minutes if that was said."""
    return playing.play_workout(turn, Wish(minutes=slots.number("minutes")))


def play_guide(turn: Turn, slots: Slots) -> Reply:
    """Play the guide of one exercise."""

    def play(turn: Turn, exercise: Exercise | None) -> Reply:
        return guidance.which(turn) if exercise is None else playing.play_guide(turn, exercise)

    return with_exercise(turn, slots, play)


def _plainly(answer: Callable[[Turn], Reply]) -> Answer:
    return lambda turn, _: answer(turn)


ANSWERS: dict[str, Answer] = {
    "PlayWorkoutIntent": play_workout,
    "PlayGuideIntent": play_guide,
    "AMAZON.LoopOnIntent": _plainly(playing.in_order),
    "AMAZON.LoopOffIntent": _plainly(playing.in_order),
    "AMAZON.ShuffleOnIntent": _plainly(playing.in_order),
    "AMAZON.ShuffleOffIntent": _plainly(playing.in_order),
}

WHILE_PLAYING: dict[str, Answer] = ANSWERS | {
    "AMAZON.PauseIntent": _plainly(playing.pause),
    "AMAZON.StopIntent": _plainly(playing.stop),
    "AMAZON.CancelIntent": _plainly(playing.stop),
    "AMAZON.NavigateHomeIntent": _plainly(playing.stop),
    "AMAZON.ResumeIntent": _plainly(playing.go_on),
    "AMAZON.NextIntent": _plainly(playing.skip),
    "AMAZON.PreviousIntent": _plainly(playing.back),
    "AMAZON.StartOverIntent": _plainly(playing.over),
    "AMAZON.RepeatIntent": _plainly(playing.over),
    "WhereAmIIntent": _plainly(playing.tell_where),
}
"""What is answered otherwise while a stream plays."""


def hands_free(name: str, answer: Answer, turn: Turn, *, is_new: bool) -> Answer:
    """Return the answer to an intent as it is for whoever works out hands free.

    While a stream plays, most intents stop it and are talked about. The same holds for what begins
    a conversation (``is_new``) while a stream is paused: a device may pause it to listen, and goes
    on with it if it is not told to stop.
    """
    session = turn.session
    waits = turn.streams and session.hands_free and session.phase is Phase.PAUSED
    if playing.is_playing(session) or (waits and is_new):
        meanwhile = WHILE_PLAYING.get(name)
        return _talking(answer) if meanwhile is None else _unless_it_talks(meanwhile)
    return answer


def with_guide(name: str, answer: Answer, heard: GuideHeard) -> Answer:
    """Return the answer to what is said into a fixed guide: it is held, resumed or begun again."""
    guide, offset_ms = heard.guide, heard.offset_ms
    if name in _HOLDING:
        return lambda turn, _: playing.hold_guide(turn)
    if name == "AMAZON.ResumeIntent":
        return lambda turn, _: playing.play_guide_from(turn, guide, offset_ms)
    if name in ("AMAZON.StartOverIntent", "AMAZON.RepeatIntent", "AMAZON.PreviousIntent"):
        return lambda turn, _: playing.play_guide_from(turn, guide, 0)
    return _talking(answer)


_HOLDING = ("AMAZON.PauseIntent", "AMAZON.StopIntent", "AMAZON.CancelIntent")


def _unless_it_talks(answer: Answer) -> Answer:
    """Return an answer that stops the stream if it ends with a question.

    Otherwise the device would go on with it once the conversation is over.
    """

    def answered(turn: Turn, slots: Slots) -> Reply:
        reply = answer(turn, slots)
        waits = reply.listens and reply.stream is None
        return replace(reply, stream=Stream()) if waits else reply

    return answered


def _talking(answer: Answer) -> Answer:
    def talk(turn: Turn, slots: Slots) -> Reply:
        reply = answer(playing.aside(turn), slots)
        return reply if reply.stream is not None else replace(reply, stream=Stream())

    return talk


BUTTONS: Mapping[str, Callable[[Turn], Reply]] = {
    "PlaybackController.PlayCommandIssued": playing.go_on,
    "PlaybackController.PauseCommandIssued": playing.pause,
    "PlaybackController.NextCommandIssued": playing.skip,
    "PlaybackController.PreviousCommandIssued": playing.back,
}
"""What the buttons of a remote control do; whatever would be said with it is left out."""
