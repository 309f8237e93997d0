"""What a reviewer of Amazon's tries, as rules: each says of a visit what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from skill.simulator.selfcheck.going_on import going_on
from skill.simulator.selfcheck.markup import markup
from skill.simulator.selfcheck.promises import abilities
from skill.simulator.selfcheck.talk import repetition, talk
from skill.simulator.selfcheck.visit import Visit

Rule = Callable[[Visit], Iterator[str]]

LONGEST_GOODBYE_MS = 20_000
"""Of who said stop; ours tells where the workout was left."""


def accepted(visit: Visit) -> Iterator[str]:
    """Amazon accepts every answer: sizes, directives, markup, devices."""
    if visit.refused:
        yield visit.refused


def apology(visit: Visit) -> Iterator[str]:
    """Nothing breaks on the coach's side."""
    if "broken" in visit.phrases:
        yield "the coach failed, and apologised"


def answered(visit: Visit) -> Iterator[str]:
    """Whoever speaks hears something, or something plays or stops."""
    silent = visit.is_spoken_to and not visit.text and not visit.response.get("directives")
    if silent and not visit.refused:
        yield "nothing is heard and nothing happens"


def microphone(visit: Visit) -> Iterator[str]:
    """A question leaves the microphone open, and nothing else does."""
    turn = visit.turn
    if turn is None or not (visit.is_spoken_to or turn.request is None) or turn.asks_permission:
        return  # Alexa's own question is hers
    if turn.listening and not visit.asks:
        yield f"the microphone opens, but there is no question: {_last(visit)!r}"
    if visit.asks and not turn.listening:
        yield f"a question closes the microphone: {_last(visit)!r}"


def reprompt(visit: Visit) -> Iterator[str]:
    """Where the microphone opens, a reprompt ends with a question; elsewhere there is none."""
    turn = visit.turn
    if turn is None or not visit.is_spoken_to:
        return
    again = visit.response.get("reprompt")
    if visit.device.asks_permission:
        return
    if not turn.listening:
        if again:
            yield "there is a reprompt, but nobody listens"
        return
    speech = (again or {}).get("outputSpeech") or {}
    words = str(speech.get("ssml") or speech.get("text") or "").removesuffix("</speak>").strip()
    if not words:
        yield "the microphone opens, and there is no reprompt"
    elif not words.endswith("?"):
        yield "the reprompt does not end with a question"


def help_(visit: Visit) -> Iterator[str]:
    """Help says what can be said here, ends with a question, and the session goes on."""
    if visit.intent != "AMAZON.HelpIntent" or visit.refused:
        return
    if not visit.device.listening:
        yield "help closes the microphone"
    if not visit.asks:
        yield "help ends with no question"
    if not any(visit.invited()):
        yield f"help says nothing that can be said: {visit.text!r}"


def leaving(visit: Visit) -> Iterator[str]:
    """Stop, cancel and exit end it all: session, sound, without a question, in few words."""
    spoken = visit.language.spoken
    if visit.step.words not in (spoken.stop, spoken.cancel, spoken.exit):
        return
    if visit.before.moment.device.asks_permission and visit.step.words != spoken.exit:
        return  # Alexa herself asks, and takes it for an answer; then the coach speaks again
    if visit.turn is None and not visit.before.moment.device.in_session:
        return  # nobody is told: Alexa herself sees to it
    device = visit.device
    if device.in_session:
        yield f"{visit.step.words!r} does not end the session"
    if device.audio.goes_on:
        yield f"{visit.step.words!r} does not end the stream"
    if visit.asks:
        yield f"{visit.step.words!r} is answered with a question"
    if visit.turn is not None and visit.turn.playback.ms > LONGEST_GOODBYE_MS:
        yield f"the goodbye lasts {visit.turn.playback.ms / 1000:.0f} s"


def launch(visit: Visit) -> Iterator[str]:
    """Opening the skill asks a question and waits for the answer."""
    if visit.kind == "LaunchRequest" and not visit.refused and not visit.device.listening:
        yield "opening the skill does not open the microphone"


OPEN = {
    "forget": {"ask-forget"},
    "welcomed back": {"ask-carry-on-or-over", "reprompt-carry-on-or-over"},
    "choosing": {"ask-pain"},
    "remind when": {
        "ask-reminders-when",
        "ask-reminders-days",
        "ask-reminders-time",
        "reprompt-reminders-when",
    },
    "remind set": {"ask-reminders-set"},
    "remind cancel": {"ask-reminders-cancel"},
}
"""Questions beside that of the situation, and the lines by which they are asked."""


def yes(visit: Visit) -> Iterator[str]:
    """An answer is to the question that was heard last, and to none before it."""
    lines = OPEN.get(visit.question)
    if lines is None or visit.turn is None or not visit.is_spoken_to:
        return
    if visit.device.asks_permission or not visit.device.listening:
        return
    last = visit.said[-1].phrases if visit.said else frozenset[str]()
    if not last & lines:
        heard = min(last, default="nothing")
        yield f"the question open is {visit.question!r}, but what was asked last is {heard}"


def off_topic(visit: Visit) -> Iterator[str]:
    """Whoever is not understood hears what can be said, and may try again."""
    if visit.intent != "AMAZON.FallbackIntent" or visit.refused:
        return
    if not visit.device.listening or not any(visit.invited()):
        yield f"who is not understood is not helped: {visit.text!r}"


def odd(visit: Visit) -> Iterator[str]:
    """A slot that is wrong, missing or out of range is answered, and the listener is not left."""
    if visit.step.words not in visit.language.spoken.odd or not visit.is_spoken_to:
        return
    plays = visit.device.audio.goes_on
    if not (visit.refused or plays or visit.device.listening):
        yield f"{visit.step.words!r} ends the conversation: {visit.text!r}"


RULES: Mapping[str, Rule] = {
    "accepted by Amazon": accepted,
    "markup": markup,
    "no failure": apology,
    "answered": answered,
    "question and microphone": microphone,
    "reprompt": reprompt,
    "what yes means": yes,
    "help": help_,
    "stop, cancel, exit": leaving,
    "launch": launch,
    "going on": going_on,
    "not understood": off_topic,
    "odd slots": odd,
    "short talk": talk,
    "no repetition": repetition,
    "what the device can do": abilities,
}
"""By the names that stand in the report. What is suggested is looked at in ``promises``, and what
can be touched in ``touching``."""


def _last(visit: Visit) -> str:
    """Return the last sentence that was heard."""
    turn = visit.turn
    sounds = [*turn.playback.sounds, *turn.question.sounds] if turn else []
    return next((sound.text for sound in reversed(sounds) if sound.text), "")
