from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interaction_model.contract import load_contract
from interaction_model.recognition import Writing
from interaction_model.templates import load_sentences
from skill.simulator.ears import FALLBACK, LAUNCH, SESSION_ENDED, Ears, Heard
from skill.simulator.expected import expected as likely
from tests.hearing import the_ears
from tests.language.table import Said, said, shapes, table

WARNINGS = {"PainIntent", "StopSignIntent"}
EARS = the_ears()
WRITING = Writing(load_sentences())


def alarming() -> re.Pattern[str]:
    words = [w for words in load_sentences().alarms.values() for w in words]
    return re.compile(rf"\b(?:{'|'.join(map(WRITING.same_form, words))})\b")


def meant(heard: Heard) -> tuple[str, dict[str, str]]:
    return heard.intent, {name: slot.id or slot.value for name, slot in heard.slots.items()}


def readable(sentence: object) -> str:
    return sentence.text if isinstance(sentence, Said) else str(sentence)


@pytest.mark.parametrize("sentence", said("as_people_talk"), ids=readable)
def test_what_people_say_is_understood(sentence: Said) -> None:
    assert meant(EARS.hear(sentence.text)) == (sentence.intent, sentence.slots)


def test_what_a_template_says_word_for_word_is_understood_so() -> None:
    wrong = [s for s in said("word_for_word") if meant(EARS.hear(s.text)) != (s.intent, s.slots)]
    assert wrong == []


def test_what_a_template_says_word_for_word_is_certain() -> None:
    assert min(EARS.hear(s.text).score for s in said("word_for_word")) == 1.0


@pytest.mark.parametrize("text", table()["warnings"])
def test_a_warning_is_never_taken_for_something_harmless(text: str) -> None:
    assert EARS.hear(text).intent in WARNINGS


@pytest.mark.parametrize("before", ["", "um ", "okay ", "alexa, ", "no wait ", "I'm ready but "])
@pytest.mark.parametrize("after", ["", " please", " a bit", " what now", " skip this", " next"])
@pytest.mark.parametrize(
    "warning",
    [
        "my back hurts", "my knee is sore", "I feel dizzy", "ouch", "my chest feels tight",
        "I can't breathe", "that's painful", "my heart is racing", "I think I'm going to faint",
    ],
)  # fmt: skip
def test_a_warning_is_heard_in_whatever_stands_around_it(
    before: str, warning: str, after: str
) -> None:
    assert EARS.hear(before + warning + after).intent in WARNINGS


@pytest.mark.parametrize("expected", ["ReadyIntent", "AMAZON.YesIntent", "AMAZON.NextIntent"])
def test_no_expectation_silences_a_warning(expected: str) -> None:
    for text in table()["warnings"]:
        assert EARS.hear(text, frozenset({expected})).intent in WARNINGS, text


@pytest.mark.parametrize(
    "text", ["is it safe for my bad back", "how do i breathe", "let me catch my breath",
             "will this hurt my back", "is it normal to be sore", "should i see a doctor"]
)  # fmt: skip
def test_a_question_about_safety_is_no_warning(text: str) -> None:
    assert EARS.hear(text).intent not in WARNINGS | {FALLBACK}


@pytest.mark.parametrize("text", table()["not_ours"])
def test_other_matters_are_not_guessed_at(text: str) -> None:
    heard = EARS.hear(text)
    assert heard.intent == FALLBACK
    assert heard.score < 0.72
    assert heard.why


@pytest.mark.parametrize("text", ["", "   ", "?!", "alexa", "hey alexa,", "…", "'", "''"])
def test_nothing_said_is_not_understood(text: str) -> None:
    assert EARS.hear(text) == Heard(FALLBACK, {}, 0.0, "nothing was said")


@pytest.mark.parametrize(
    "text",
    [
        "Alexa, start my hip workout", "alexa open my hip workout", "open my hip workout",
        "my hip workout", "hey alexa, launch my hip workout please", "Alexa, my hip work out",
        "alexa run my hip workout skill", "alexa, can you start my hip workout",
        "alexa ask my hip workout", "start my hip workouts",
    ],
)  # fmt: skip
def test_calling_the_skill_by_its_name_launches_it(text: str) -> None:
    assert EARS.hear(text).intent == LAUNCH


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("alexa, ask my hip workout how do I do a glute bridge", "HowToIntent",
         {"exercise": "glute_bridge"}),
        ("ask my hip workout to give me a twenty minute workout", "StartWorkoutIntent",
         {"minutes": "20"}),
        ("alexa, open my hip workout and start a ten minute workout", "StartWorkoutIntent",
         {"minutes": "10"}),
        ("tell my hip workout that my back hurts", "PainIntent", {"body_part": "back"}),
        ("tell my hip workout i have a mat", "WhatIHaveIntent", {"equipment": "mat"}),
        ("ask my hip workout for a tip", "TipIntent", {}),
        ("alexa, give me a tip from my hip workout", "TipIntent", {}),
        ("ask my hip workout what the weather is", FALLBACK, {}),
    ],
)  # fmt: skip
def test_a_call_in_one_breath_means_what_follows_the_name(
    text: str, intent: str, slots: dict[str, str]
) -> None:
    assert meant(EARS.hear(text)) == (intent, slots)


@pytest.mark.parametrize("text", ["exit", "Quit.", "alexa, exit", "exit please", "alexa quit"])
def test_exit_and_quit_end_the_session(text: str) -> None:
    assert EARS.hear(text).intent == SESSION_ENDED


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("two sets of ten glute bridges", "2 sets of 10 glute bridges"),
        ("twenty minutes", "20 minutes"),
        ("a twenty five minute workout", "a 25-minute workout"),
        ("i did twelve", "I did 12."),
    ],
)
def test_numbers_in_words_and_in_digits_are_the_same(words: str, digits: str) -> None:
    assert meant(EARS.hear(words)) == meant(EARS.hear(digits))


@pytest.mark.parametrize(
    "phrase",
    [
        "ready", "carry on", "start a workout", "start a workout ten minutes", "skip", "easier",
        "harder", "next", "repeat", "previous", "all of it", "pause", "easy", "about right",
        "hard", "stop", "start over", "slower", "faster", "talk less", "where am i", "help", "yes",
        "no", "I am on the bed", "a tip",
    ],
)  # fmt: skip
def test_every_phrase_the_coach_suggests_is_understood(phrase: str) -> None:
    assert EARS.hear(phrase).intent != FALLBACK


def test_a_speech_is_not_understood_but_a_warning_in_it_is() -> None:
    speech = "and then we went to the market and bought some apples " * 400
    assert EARS.hear(speech).intent == FALLBACK
    assert EARS.hear(speech + "ow my anckle hurts").intent == "PainIntent"


def test_only_a_few_harmless_intents_may_hold_a_word_of_warning() -> None:
    alarm = alarming()
    holding = {
        intent
        for intent in load_contract().intents
        for shape in shapes(intent)
        if alarm.search(WRITING.same_form(shape))
    }
    asking, denying, being_puffed, being_fed_up = (
        "IsItSafeIntent", "JustRightIntent", "AMAZON.PauseIntent", "AMAZON.StopIntent",
    )  # fmt: skip
    assert holding - WARNINGS == {asking, denying, being_puffed, being_fed_up}


def test_no_word_of_warning_is_cut_off_as_carrying_nothing() -> None:
    sentences = load_sentences()
    cut = [*sentences.fillers, *sentences.openings, *sentences.closings]
    assert [words for words in cut if alarming().search(WRITING.same_form(words))] == []


def test_an_unknown_exercise_is_handed_on_as_it_was_said() -> None:
    heard = EARS.hear("how do I do a handstand")
    assert heard.intent == "HowToIntent"
    assert heard.slots["exercise"].value == "handstand"
    assert heard.slots["exercise"].id is None


@pytest.mark.parametrize("phase", ["idle", "set", "rest", "paused", "feedback", "done"])
@pytest.mark.parametrize(
    "text",
    [
        "forget it", "forget that", "forget about it", "forget the warm up", "forget this exercise",
        "delete this", "remove this exercise", "I forgot", "I forgot my mat", "I forgot everything",
        "don't forget me", "don't delete my data", "do not erase everything", "start over", "stop",
        "never delete my history", "I don't want you to forget me", "what do you know about me",
    ],
)  # fmt: skip
def test_nothing_is_forgotten_unless_it_was_asked_for(text: str, phase: str) -> None:
    assert EARS.hear(text, likely({"session": {"phase": phase}})).intent != "ForgetMeIntent"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("how am i doing", "ProgressIntent"),
        ("how far am i", "WhereAmIIntent"),
        ("status", "WhereAmIIntent"),
        ("how many have i done", "WhereAmIIntent"),
        ("how many have i done this week", "ThisWeekIntent"),
        ("how many more", "HowManyLeftIntent"),
        ("is this my last set", "HowManyLeftIntent"),
        ("am i doing it right", "SelfCheckIntent"),
        ("am i doing okay", "SelfCheckIntent"),
        ("how is my form", "SelfCheckIntent"),
        ("how long is it", "HowLongIntent"),
        ("how long is it since my last workout", "LastTimeIntent"),
        ("how long is my streak", "ProgressIntent"),
        ("how many times a week should i train", "ExplainIntent"),
        ("last exercise", "AMAZON.PreviousIntent"),
    ],
)
@pytest.mark.parametrize("phase", ["idle", "set", "rest", "paused", "how_to", "done"])
def test_this_workout_and_all_the_workouts_are_told_apart(
    text: str, intent: str, phase: str
) -> None:
    assert EARS.hear(text, likely({"session": {"phase": phase}})).intent == intent


@pytest.mark.parametrize(
    "text", ["seven", "7", "a seven", "it's a seven", "about a seven", "seven out of ten",
             "um maybe a seven", "I'd say a seven", "it's about seven out of ten"]
)  # fmt: skip
@pytest.mark.parametrize("phase", ["paused", "idle", "set"])
def test_a_mark_out_of_ten_is_a_number_wherever_it_is_said(text: str, phase: str) -> None:
    heard = EARS.hear(text, likely({"session": {"phase": phase}}))
    assert meant(heard) == ("NumberIntent", {"number": "7"})


@pytest.mark.parametrize("phase", ["paused", "set", "feedback", "rest", "idle"])
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what do I do with my feet", "HowToIntent"),
        ("where do my hands go", "HowToIntent"),
        ("where should my knees be", "HowToIntent"),
        ("how wide are my feet", "HowToIntent"),
        ("how high should I lift my leg", "HowToIntent"),
        ("what if I fall off", "IsItSafeIntent"),
        ("could I fall", "IsItSafeIntent"),
        ("what if it hurts", "IsItSafeIntent"),
    ],
)
def test_a_question_is_no_warning_in_any_phase(text: str, intent: str, phase: str) -> None:
    assert EARS.hear(text, likely({"session": {"phase": phase}})).intent == intent


@pytest.mark.parametrize("intent", ["TooEasyIntent", "TooHardIntent", "JustRightIntent"])
def test_no_kind_of_pain_is_said_of_an_exercise(intent: str) -> None:
    names = {name for v in load_sentences().types["PainQuality"] for name in v.names()}
    said_of_it = {
        WRITING.same_form(shape).removeprefix(f"{it} is ")
        for shape in shapes(intent)
        for it in ("it", "that", "this")
    }
    assert names & said_of_it == set()


@pytest.mark.parametrize(
    ("text", "quality"),
    [
        ("a mild but stabbing pain, ow", "sharp"),
        ("ow it's not sharp, it's a mild ache", "dull"),
        ("my hip isn't really sore and not terrible", None),
        ("ouch, wait a little", None),
    ],
)
def test_sharp_goes_before_dull_and_what_is_denied_is_not_heard(
    text: str, quality: str | None
) -> None:
    assert meant(EARS.hear(text))[1].get("quality") == quality


def test_a_number_has_no_id() -> None:
    assert EARS.hear("twenty").slots["number"].id is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("felt easy enough to me", "TooEasyIntent"),
        ("please go on with the workout", "AMAZON.ResumeIntent"),
        ("okay going back to the step from before", "AMAZON.PreviousIntent"),
    ],
)
def test_less_likeness_is_enough_for_what_is_expected(text: str, expected: str) -> None:
    assert EARS.hear(text).intent == FALLBACK
    assert EARS.hear(text, frozenset({expected})).intent == expected


def test_the_score_falls_with_the_distance() -> None:
    scores = [
        EARS.hear(text).score
        for text in ("give me a tip", "um give me a tip please", "give me a tipp", "a pizza")
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_many_threads_hear_the_same() -> None:
    ears = Ears()
    texts = [sentence.text for sentence in said("as_people_talk")][:60]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(ears.hear, texts))
    assert together == [EARS.hear(text) for text in texts]


OUR_WORDS = st.sampled_from(sorted({w for s in said("word_for_word") for w in s.text.split()}))
VALUES = {"AMAZON.NUMBER": r"\d+", "AMAZON.TIME": r"([01]\d|2[0-3]):[0-5]\d|MO|AF|EV|NI"}
VALID = {*load_contract().intents, LAUNCH, SESSION_ENDED}


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=60) | st.lists(OUR_WORDS, max_size=9).map(" ".join))
def test_whatever_is_said_is_answered_within_the_contract(text: str) -> None:
    heard = EARS.hear(text)
    assert heard.intent in VALID
    assert 0 <= heard.score <= 1
    assert heard.why
    if heard.intent in load_contract().intents:
        intent = load_contract().intents[heard.intent]
        assert set(heard.slots) <= set(intent.slots)
        assert intent.required <= set(heard.slots)
        for name, slot in heard.slots.items():
            assert re.fullmatch(VALUES.get(intent.slots[name], ".+"), slot.value)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(OUR_WORDS, max_size=4),
    st.sampled_from(["hurts", "painful", "dizzy", "ouch", "chest", "faint"]),
    st.lists(OUR_WORDS, max_size=4),
)
def test_an_alarming_word_among_any_others_is_never_lost(
    before: list[str], alarm: str, after: list[str]
) -> None:
    heard = EARS.hear(" ".join([*before, alarm, *after]))
    assert heard.intent in WARNINGS | {LAUNCH, "IsItSafeIntent"}
