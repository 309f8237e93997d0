from __future__ import annotations

import base64
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from skill.alexa.certificate_chain import ChainValidator
from skill.alexa.signing_keys import MOST_FAILURES, MOST_KEYS, STRANGERS_IN_A_BURST, SigningKeys
from skill.alexa.verify import RequestRefused
from tests.alexa.refusals import BODY, Shelf, nothing_there, refusal, verifier
from tests.amazon import (
    FrozenClock,
    Hang,
    PretendAmazon,
    sent,
)


def test_a_key_is_fetched_once_and_again_after_a_day(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    url = amazon.serve(amazon.new_url(), amazon.bundle())
    checks, headers = verifier(amazon, clock), amazon.sign(BODY, url=url)
    for hours, downloads in ((0, 1), (0, 1), (23.9, 1), (0.2, 2), (0, 2)):
        clock.forward(hours=hours)
        checks.verify(headers, BODY)
        assert amazon.downloads[url] == downloads


def test_a_key_does_not_count_before_its_time_when_the_clock_goes_back(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    checks, headers = verifier(amazon, clock), amazon.sign(BODY)
    checks.verify(headers, BODY)
    clock.forward(days=-3)
    assert refusal(checks, headers) == "certificate-not-yet-valid"


def test_amazon_can_change_its_key_and_its_address(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    checks = verifier(amazon, clock)
    checks.verify(amazon.sign(BODY), BODY)
    new = amazon.new_signer(number=1)
    url = amazon.serve(amazon.new_url(), amazon.bundle(new))
    checks.verify(amazon.sign(BODY, url=url, signer=new), BODY)
    checks.verify(amazon.sign(BODY), BODY)  # the old one is good for as long as it is valid
    assert refusal(checks, amazon.sign(BODY, url=url)) == "signature-mismatch"


def test_an_address_that_fails_is_left_alone_for_longer_and_longer(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    url = amazon.new_url()
    checks, headers = verifier(amazon, clock), amazon.sign(BODY, url=url)
    for downloads, seconds in enumerate((2, 4, 8, 16, 32, 60, 60), start=1):
        assert refusal(checks, headers) == "certificate-status"
        clock.forward(seconds=seconds - 0.5)
        assert refusal(checks, headers) == "certificate-backing-off"
        assert amazon.downloads[url] == downloads
        clock.forward(seconds=0.5)
    amazon.serve(url, amazon.bundle())
    checks.verify(headers, BODY)


def test_an_address_that_worked_in_between_starts_again_with_a_short_wait(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    url = amazon.new_url()
    checks, headers = verifier(amazon, clock), amazon.sign(BODY, url=url)
    for seconds in (2, 4):
        assert refusal(checks, headers) == "certificate-status"
        clock.forward(seconds=seconds)
    amazon.serve(url, amazon.bundle())
    checks.verify(headers, BODY)
    amazon.serve(url, sent(b"", 503))
    clock.forward(hours=25)
    for _ in range(2):
        assert refusal(checks, headers) == "certificate-status"
        clock.forward(seconds=2)


def test_of_many_addresses_that_failed_the_oldest_is_forgotten(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    checks = verifier(amazon, clock, download=Shelf(nothing_there))
    first = amazon.sign(BODY, url=amazon.new_url())
    assert refusal(checks, first) == "certificate-status"
    for _ in range(MOST_FAILURES):
        clock.forward(seconds=1)
        assert refusal(checks, amazon.sign(BODY, url=amazon.new_url())) == "certificate-status"
    for _ in range(2):  # were its first failure remembered, it would now have to wait for 4 s
        clock.forward(seconds=2)
        assert refusal(checks, first) == "certificate-status"


def test_many_who_need_the_same_key_at_once_fetch_it_once(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    slow = Hang(then=sent(amazon.bundle()))
    url = amazon.serve(amazon.new_url(), slow)
    checks, headers = verifier(amazon, clock), amazon.sign(BODY, url=url)
    all_there = threading.Barrier(9, timeout=20)

    def one() -> None:
        all_there.wait()
        checks.verify(headers, BODY)

    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(one) for _ in range(8)]
        all_there.wait()
        time.sleep(0.1)  # nothing depends on it, but it lets them all come to wait
        slow.let_go.set()
        assert [done.result(timeout=20) for done in waiting] == [None] * 8
    assert amazon.downloads[url] == 1


def test_all_who_wait_for_a_download_that_fails_are_told_why(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    slow = Hang(then=sent(b"", 404))
    url = amazon.serve(amazon.new_url(), slow)
    checks, headers = verifier(amazon, clock), amazon.sign(BODY, url=url)
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(refusal, checks, headers) for _ in range(4)]
        time.sleep(0.1)
        slow.let_go.set()
        told = {done.result(timeout=20) for done in waiting}
    assert "certificate-status" in told
    assert told <= {"certificate-status", "certificate-backing-off"}  # one may have come too late
    assert amazon.downloads[url] == 1


def test_strangers_cannot_make_us_download_without_bound(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    shelf = Shelf(lambda url: amazon.bundle() if url == amazon.url else nothing_there(url))
    checks, good = verifier(amazon, clock, download=shelf), amazon.sign(BODY)
    checks.verify(good, BODY)
    told = Counter(refusal(checks, amazon.sign(BODY, url=amazon.new_url())) for _ in range(100))
    allowed = STRANGERS_IN_A_BURST - 1
    assert told == {"certificate-status": allowed, "certificate-too-many": 100 - allowed}
    clock.forward(seconds=1)
    told = Counter(refusal(checks, amazon.sign(BODY, url=amazon.new_url())) for _ in range(100))
    assert told == {"certificate-status": 1, "certificate-too-many": 99}
    checks.verify(good, BODY)


def test_strangers_cannot_keep_out_a_key_that_was_good_before(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    shelf = Shelf(lambda url: amazon.bundle() if url == amazon.url else nothing_there(url))
    checks, good = verifier(amazon, clock, download=shelf), amazon.sign(BODY)
    checks.verify(good, BODY)
    forged = {**good, "Signature-256": base64.b64encode(b"forged").decode()}
    for downloads in (2, 3):
        clock.forward(hours=25)
        for _ in range(100):
            refusal(checks, amazon.sign(BODY, url=amazon.new_url()))
        assert refusal(checks, forged) == "signature-mismatch"  # a stranger's, that brings it back
        assert shelf.asked[amazon.url] == downloads
        checks.verify(good, BODY)
    clock.forward(hours=25)
    assert refusal(checks, forged) == "signature-mismatch"
    clock.forward(hours=25)
    for _ in range(100):
        refusal(checks, amazon.sign(BODY, url=amazon.new_url()))
    checks.verify(good, BODY)


def test_strangers_cannot_take_more_than_four_downloads_at_a_time(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    slow = Hang()
    urls = [amazon.serve(amazon.new_url(), slow) for _ in range(4)]
    checks = verifier(amazon, clock)
    checks.verify(amazon.sign(BODY), BODY)
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(refusal, checks, amazon.sign(BODY, url=url)) for url in urls]
        while sum(amazon.downloads[url] for url in urls) < 4:
            time.sleep(0.01)
        late = amazon.sign(BODY, url=amazon.new_url())
        assert refusal(checks, late) == "certificate-too-many"
        checks.verify(amazon.sign(BODY), BODY)
        slow.let_go.set()
        assert {done.result(timeout=20) for done in waiting} == {"certificate-unreachable"}
    assert refusal(checks, late) == "certificate-status"


def test_other_addresses_of_genuine_bundles_cannot_push_out_the_key_in_use(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    shelf = Shelf(lambda _: amazon.bundle())
    checks, good = verifier(amazon, clock, download=shelf), amazon.sign(BODY)
    checks.verify(good, BODY)
    forged = base64.b64encode(b"forged").decode()
    for _ in range(3 * MOST_KEYS):
        clock.forward(seconds=2)
        other = {"SignatureCertChainUrl": amazon.new_url(), "Signature-256": forged}
        assert refusal(checks, other) == "signature-mismatch"
    checks.verify(good, BODY)
    assert shelf.asked[amazon.url] == 1


def test_of_many_keys_in_use_the_one_not_used_for_longest_goes(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    shelf = Shelf(lambda _: amazon.bundle())
    checks = verifier(amazon, clock, download=shelf)
    urls = [amazon.url_of(f"in-use-{number}.pem") for number in range(MOST_KEYS + 1)]
    for url in [*urls[:MOST_KEYS], urls[0], urls[MOST_KEYS], urls[0], urls[1]]:
        clock.forward(seconds=2)
        checks.verify(amazon.sign(BODY, url=url), BODY)
    assert shelf.asked == {**dict.fromkeys(urls, 1), urls[1]: 2}


def test_every_spelling_of_an_address_shares_one_download(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    shelf = Shelf(lambda _: amazon.bundle())
    checks = verifier(amazon, clock, download=shelf)
    for dots in range(50):
        spelling = amazon.url.replace("/echo.api/", "/echo.api/" + "./" * dots)
        checks.verify(amazon.sign(BODY, url=spelling), BODY)
    assert shelf.asked == {amazon.url: 1}


def test_nobody_waits_longer_than_there_is_time(amazon: PretendAmazon, clock: FrozenClock) -> None:
    # A name server that does not answer cannot be interrupted, only left behind.
    let_go = threading.Event()

    def stuck(_: str) -> bytes:
        let_go.wait(timeout=20)
        return amazon.bundle()

    keys = SigningKeys(
        stuck, ChainValidator(amazon.ca_bundle), clock, clock.monotonic, patience_s=0.05
    )
    with pytest.raises(RequestRefused) as refused:
        keys.find(amazon.url)
    assert refused.value.reason == "certificate-unreachable"
    let_go.set()
    while True:  # what comes late is kept for the next
        try:
            assert keys.find(amazon.url).key.counts_at(clock())
        except RequestRefused:
            continue
        break


def test_a_machine_out_of_threads_refuses_and_recovers(
    amazon: PretendAmazon, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_more(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    checks = verifier(amazon, clock)
    with monkeypatch.context() as exhausted:
        exhausted.setattr(threading.Thread, "start", no_more)
        assert refusal(checks, amazon.sign(BODY)) == "certificate-too-many"
    clock.forward(seconds=2)
    checks.verify(amazon.sign(BODY), BODY)
