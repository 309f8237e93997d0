"""The host of Amazon's certificates dead, slow or lying; chains that expired or were changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from tests.amazon import PretendAmazon, raw, sent
from tests.certificates import Wanted, certify, rsa_key
from tests.faults.listener import Listener, NoAnswer, kept_session
from tests.faults.proxy import Wire
from tests.faults.row import ALEXA_HERSELF, Row
from tests.faults.stage import Service, Stage, sqlite_url
from tests.faults.waiting import until

PROOF = (
    "Refused unread, so the place is as before. Who is signed for by a known key is answered "
    "meanwhile; once the host is well the same listener goes on at the same rep."
)

LISTENERS = 4
TURNS_BEFORE_AND_AFTER = 25


def refusal(listener: Listener, intent: str) -> str:
    """Return the reason with which a turn is refused; an error if it is not."""
    try:
        listener.says(intent)
    except NoAnswer as refused:
        return str(refused)
    raise AssertionError("the turn was answered")


def host(stage: Stage) -> list[Row]:
    """Cut, hold up and bribe the host that the key is fetched from, and let the chain expire."""
    with Wire(stage.amazon.port) as wire, stage.service(amazon_port=wire.port) as served:
        return [
            _dead(stage, served, wire),
            _slow(stage, served, wire),
            *(_lying(stage, served, *lie) for lie in _lies(stage.amazon)),
        ]


def _dead(stage: Stage, served: Service, wire: Wire) -> Row:
    ann, bob = _in_a_set(stage, served, "dead"), _in_a_set(stage, served, "dead-bob")
    ann.alexa.url = stage.amazon.serve(stage.amazon.new_url(), stage.amazon.bundle())
    wire.cut()
    why = refusal(ann, "AMAZON.ResumeIntent")
    assert "certificate-unreachable" in why
    assert "rep" in bob.says("AMAZON.ResumeIntent")
    wire.mend()
    _goes_on(stage, ann)
    return Row(
        "certificate host dead",
        "nobody listens there when Amazon names a new address",
        ALEXA_HERSELF,
        PROOF,
    )


def _slow(stage: Stage, served: Service, wire: Wire) -> Row:
    ann, bob = _in_a_set(stage, served, "slow"), _in_a_set(stage, served, "slow-bob")
    ann.alexa.url = stage.amazon.serve(stage.amazon.new_url(), stage.amazon.bundle())
    wire.hold()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(refusal, ann, "AMAZON.ResumeIntent")
        until("the host is asked", lambda: wire.holding)
        assert "rep" in bob.says("AMAZON.ResumeIntent")  # within Alexa's eight seconds
        assert "certificate-unreachable" in waiting.result()
    wire.let_go()
    _goes_on(stage, ann)
    return Row(
        "certificate host slow",
        "it takes the connection and answers no byte; given up after 3 s",
        ALEXA_HERSELF,
        PROOF,
    )


Lie = tuple[str, str, Callable[[str], object], str]
"""The fault, what was done, what serves it at an address, and the reason it is refused with."""


def _lies(amazon: PretendAmazon) -> list[Lie]:
    stranger = certify(Wanted("Nobody's Root", authority=True))
    names = ("echo-api.amazon.com",)
    his = certify(Wanted(names[0], names=names, key=lambda: rsa_key(1)), stranger)
    old = amazon.new_signer(starts=timedelta(days=-90), ends=timedelta(days=-1))
    lying = "certificate host lying"
    return [
        (
            lying,
            "it serves another's chain",
            lambda url: amazon.serve(url, his.pem + stranger.pem),
            "certificate-untrusted",
        ),
        (lying, "it serves a page", lambda url: amazon.serve(url, b"<html>"), "-not-pem"),
        (
            lying,
            "it speaks no HTTP",
            lambda url: amazon.serve(url, raw(b"220 smtp ready\r\n")),
            "-unreachable",
        ),
        (
            lying,
            "it leads elsewhere",
            lambda url: amazon.serve(url, sent(b"", 302, {"Location": "https://127.0.0.1/"})),
            "-status",
        ),
        (
            "chain expired",
            "the first certificate ended yesterday, and a new one is served later",
            lambda url: amazon.serve(url, amazon.bundle(old)),
            "certificate-expired",
        ),
    ]


def _lying(
    stage: Stage,
    served: Service,
    fault: str,
    done: str,
    lie: Callable[[str], object],
    reason: str,
) -> Row:
    ann = _in_a_set(stage, served, f"lie-{done}")
    bob = _in_a_set(stage, served, f"lie-{done}-bob")
    ann.alexa.url = stage.amazon.new_url()
    lie(ann.alexa.url)
    assert reason in refusal(ann, "AMAZON.ResumeIntent")
    assert "rep" in bob.says("AMAZON.ResumeIntent")
    stage.amazon.serve(ann.alexa.url, stage.amazon.bundle())
    _goes_on(stage, ann)
    return Row(fault, done, ALEXA_HERSELF, PROOF)


def rotated(stage: Stage) -> Row:
    """Have Amazon change key and address while listeners talk, and the old one stay good."""
    new = stage.amazon.new_signer(number=2)
    url = stage.amazon.serve(stage.amazon.new_url(), stage.amazon.bundle(new))
    changed = threading.Event()
    with stage.service() as served:
        listeners = [_in_a_set(stage, served, f"rotated-{number}") for number in range(LISTENERS)]
        everybody_half_way = threading.Barrier(LISTENERS, action=changed.set)

        def talk(listener: Listener) -> None:
            for _ in range(TURNS_BEFORE_AND_AFTER):
                listener.says("AMAZON.HelpIntent", after_s=0)
            everybody_half_way.wait(30)
            listener.alexa.url, listener.alexa.signer = url, new
            for _ in range(TURNS_BEFORE_AND_AFTER):
                listener.says("AMAZON.HelpIntent", after_s=0)

        with ThreadPoolExecutor(LISTENERS) as pool:
            list(pool.map(talk, listeners))
        assert stage.amazon.downloads[url] == 1
        late = _in_a_set(stage, served, "rotated-late")  # by the old key, which is good still
        for listener in (*listeners, late):
            assert kept_session(sqlite_url(stage.folder), listener) == listener.session
    return Row(
        "chain rotated under load",
        f"{LISTENERS} listeners at once; key and address change in the middle of "
        f"{2 * LISTENERS * TURNS_BEFORE_AND_AFTER} turns",
        "no difference",
        "Every turn was answered and kept; the new chain was fetched once; the old key stays good.",
    )


def _in_a_set(stage: Stage, served: Service, name: str) -> Listener:
    listener = Listener(stage.amazon, served.port, name)
    listener.goes_into_a_set()
    listener.says("AMAZON.PauseIntent", after_s=30)
    return listener


def _goes_on(stage: Stage, listener: Listener) -> None:
    """Prove that the refused turn changed nothing, and that it is answered in the end."""
    url, before = sqlite_url(stage.folder), listener.session
    assert before["rep"] > 1
    assert kept_session(url, listener) == before
    heard = until("the address is tried again", lambda: _answered(listener))
    assert f"rep {before['rep']}" in heard
    assert kept_session(url, listener) == listener.session


def _answered(listener: Listener) -> str:
    try:
        return listener.says("AMAZON.ResumeIntent", after_s=0)
    except NoAnswer:
        return ""
