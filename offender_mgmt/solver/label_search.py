"""Compiled search for long routes by labels with dominance: from both ends to the middle, and joined there.

A label is a partial route: its last call, its clock, what it has earned, which nominals it remembers. One that is
nowhere behind another of the same last call is all that is needed of the two. A label remembers only nominals that are
near each of its later calls (ng-routes), so that the best joined route may call on somebody twice; the caller then lets
more calls remember and asks again. What is paid for cuts over three nominals depends on how many of them were called
on, odd or even, and is remembered exactly.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.class_clock import (
    BEGIN,
    END,
    HOME,
    MINUTES,
    OUT,
    ClassClock,
    first_start,
    last_start,
)
from offender_mgmt.solver.compiled import compiled

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
WORD = 62
"""Nominals, or cuts, in one number."""
NONE = -1
BUCKETS = 64
SAME = 1e-9
FAR = 0.5
"""Routes that are behind the best one by more than this share of it are of no use."""
JOINING, PUTTING = 2, 20
"""What looking at a pair, and making a label, counts beside a comparison of two."""
EXACT, QUICK = range(2)


class Terms(NamedTuple):
    """What routes of a window earn and remember; calls are numbered as in the clock.

    Parameters
    ----------
    net
        Per call: its worth less its prices.
    calls
        Calls worth a stop.
    bit
        Per call the place of its nominal among all bits.
    keeps
        Which bits a label keeps when it comes to a call; shape (calls, words).
    fixed, per_minute
        Paid for the outing, for each minute of travel.
    cuts
        Per call the numbers of the cuts it counts in, -1 after the last; shape (calls, most).
    cut_price
        Per cut.
    odd
        Cuts that begin odd, as bits.
    longest
        Most stops; 0 for as many as fit.
    effort
        Most comparisons of a search from one end, and of the joining, before it is given up.
    """

    net: Floats
    calls: Ints
    bit: Ints
    keeps: Ints
    fixed: float
    per_minute: float
    cuts: Ints
    cut_price: Floats
    odd: Ints
    longest: int
    effort: int


class Labels(NamedTuple):
    """Partial routes from one end; shape of each (most,), of the bits (most, words).

    Parameters
    ----------
    clock
        Earliest start of the last visit; from the other end its latest start, negative, so that less is better.
    head, after
        The labels of a call and a span of time, one after the other; ``head`` has shape (calls, buckets).
    top
        No label of a call and a span of time has earned more.
    size
        How many there are, and comparisons made.
    """

    call: Ints
    clock: Ints
    value: Floats
    memory: Ints
    odd: Ints
    parent: Ints
    stops: Ints
    alive: npt.NDArray[np.bool_]
    head: Ints
    after: Ints
    top: Floats
    size: Ints


@compiled
def new_labels(calls: int, words: int, cut_words: int, most: int) -> Labels:
    """Room for so many labels."""
    return Labels(
        np.empty(most, dtype=np.int64),
        np.empty(most, dtype=np.int64),
        np.empty(most, dtype=np.float64),
        np.empty((most, words), dtype=np.int64),
        np.empty((most, cut_words), dtype=np.int64),
        np.empty(most, dtype=np.int64),
        np.empty(most, dtype=np.int64),
        np.zeros(most, dtype=np.bool_),
        np.full((calls, BUCKETS), NONE, dtype=np.int64),
        np.empty(most, dtype=np.int64),
        np.full((calls, BUCKETS), -np.inf),
        np.zeros(2, dtype=np.int64),
    )


@compiled
def reach(clock: ClassClock, forward: bool, here: int, to: int, moment: int) -> int:
    """Clock of a label that goes on to a call; further than any end where it comes too late."""
    if forward:
        start = first_start(clock, to, moment + clock.visit[here, MINUTES] + clock.hop[here, to])
        if start < 0 or start + clock.visit[to, MINUTES] + clock.visit[to, HOME] > clock.frame[END]:
            return int(clock.frame[END] + 1)
        return start
    start = last_start(clock, to, -moment - clock.hop[to, here] - clock.visit[to, MINUTES])
    if start < clock.frame[BEGIN] + clock.visit[to, OUT]:
        return int(clock.frame[END] + 1)
    return -start


@compiled
def first_clock(clock: ClassClock, forward: bool, call: int) -> int:
    """Clock of a label of one call; further than any end where it does not fit."""
    if forward:
        start = first_start(clock, call, clock.frame[BEGIN] + clock.visit[call, OUT])
        if start < 0 or start + clock.visit[call, MINUTES] + clock.visit[call, HOME] > clock.frame[END]:
            return int(clock.frame[END] + 1)
        return start
    start = last_start(clock, call, clock.frame[END] - clock.visit[call, HOME] - clock.visit[call, MINUTES])
    if start < clock.frame[BEGIN] + clock.visit[call, OUT]:
        return int(clock.frame[END] + 1)
    return -start


@compiled
def bucket_of(clock: ClassClock, forward: bool, moment: int) -> int:
    """Span of time a clock lies in."""
    begin, end = clock.frame[BEGIN], clock.frame[END]
    since = moment - begin if forward else moment + end
    return int(min(BUCKETS - 1, max(0, since * BUCKETS // (end - begin + 1))))


@compiled
def grow_labels(clock: ClassClock, terms: Terms, labels: Labels, forward: bool, middle: int, how: int) -> bool:
    """All labels from one end up to the middle that no other makes needless; whether there was room for them.

    Parameters
    ----------
    middle
        From the begin, visits that start after it are left to the other end; from the end, those before it or then.
    how
        ``QUICK`` looks at clock and earnings alone, so that what is found is good and nothing is proven.
    """
    limit = middle if forward else -middle - 1
    for call in terms.calls:
        moment = first_clock(clock, forward, call)
        if moment <= limit:
            leg = clock.visit[call, OUT] if forward else clock.visit[call, HOME]
            earned = terms.net[call] - terms.per_minute * leg - (terms.fixed if forward else 0.0)
            if not _put(clock, terms, labels, forward, NONE, call, moment, earned, how):
                return False
    for bucket in range(BUCKETS):
        again = True
        while again:
            again = False
            for here in terms.calls:
                label = labels.head[here, bucket]
                while label != NONE:
                    following = labels.after[label]
                    if labels.alive[label]:
                        labels.alive[label] = False  # gone on from; it still counts
                        again = True
                        if not _go_on(clock, terms, labels, forward, label, limit, how):
                            return False
                    label = following
    return True


@compiled
def _go_on(clock: ClassClock, terms: Terms, labels: Labels, forward: bool, label: int, limit: int, how: int) -> bool:
    """Every way to go on from a label; whether there was room."""
    here = labels.call[label]
    if terms.longest and labels.stops[label] >= terms.longest:
        return True
    for to in terms.calls:
        bit = terms.bit[to]
        if labels.memory[label, bit // WORD] >> (bit % WORD) & 1:
            continue
        moment = reach(clock, forward, here, to, labels.clock[label])
        if moment > limit:
            continue
        leg = clock.hop[here, to] if forward else clock.hop[to, here]
        earned = labels.value[label] + terms.net[to] - terms.per_minute * leg
        if not _put(clock, terms, labels, forward, label, to, moment, earned, how):
            return False
    return True


@compiled
def _put(
    clock: ClassClock,
    terms: Terms,
    labels: Labels,
    forward: bool,
    parent: int,
    call: int,
    moment: int,
    earned: float,
    how: int,
) -> bool:
    """Make a label unless it is needless, and drop those that it makes needless; whether there was room."""
    new = labels.size[0]
    if new >= len(labels.call) or labels.size[1] > terms.effort:
        return False
    words, cut_words = labels.memory.shape[1], labels.odd.shape[1]
    bit = terms.bit[call]
    for word in range(words):
        kept = 0 if parent == NONE else labels.memory[parent, word] & terms.keeps[call, word]
        labels.memory[new, word] = kept
    labels.memory[new, bit // WORD] |= np.int64(1) << (bit % WORD)
    for word in range(cut_words):
        if parent == NONE:
            labels.odd[new, word] = terms.odd[word] if forward else 0
        else:
            labels.odd[new, word] = labels.odd[parent, word]
    for position in range(terms.cuts.shape[1]):
        cut = terms.cuts[call, position]
        if cut < 0:
            break
        flag = np.int64(1) << (cut % WORD)
        if labels.odd[new, cut // WORD] & flag:
            earned -= terms.cut_price[cut]
        labels.odd[new, cut // WORD] ^= flag
    labels.call[new], labels.clock[new], labels.value[new], labels.parent[new] = call, moment, earned, parent
    labels.stops[new] = 1 if parent == NONE else labels.stops[parent] + 1
    own = bucket_of(clock, forward, moment)
    labels.size[1] += PUTTING
    for bucket in range(own + 1):
        if labels.top[call, bucket] + SAME < earned:
            continue
        other = labels.head[call, bucket]
        while other != NONE:
            labels.size[1] += 1
            if _no_worse(terms, labels, other, new, how):
                return True
            other = labels.after[other]
    for bucket in range(own, BUCKETS):
        before, other = NONE, labels.head[call, bucket]
        while other != NONE:
            following = labels.after[other]
            labels.size[1] += 1
            if _no_worse(terms, labels, new, other, how):
                labels.alive[other] = False
                if before == NONE:
                    labels.head[call, bucket] = following
                else:
                    labels.after[before] = following
            else:
                before = other
            other = following
    labels.size[0] += 1
    labels.alive[new] = True
    labels.after[new] = labels.head[call, own]
    labels.head[call, own] = new
    labels.top[call, own] = max(labels.top[call, own], earned)
    return True


@compiled
def _no_worse(terms: Terms, labels: Labels, one: int, other: int, how: int) -> bool:
    """Whether whatever follows upon the other label may follow upon the one, for as much or more."""
    if labels.clock[one] > labels.clock[other] or labels.value[one] + SAME < labels.value[other]:
        return False
    if how == QUICK:
        return True
    if terms.longest and labels.stops[one] > labels.stops[other]:
        return False
    for word in range(labels.memory.shape[1]):
        if labels.memory[one, word] & ~labels.memory[other, word]:
            return False
    ahead = labels.value[one] - labels.value[other]
    for word in range(labels.odd.shape[1]):
        open_cuts = labels.odd[one, word] & ~labels.odd[other, word]
        cut = word * WORD
        while open_cuts:
            if open_cuts & 1:
                ahead -= terms.cut_price[cut]
                if ahead + SAME < 0:
                    return False
            open_cuts >>= 1
            cut += 1
    return True


@compiled
def by_earnings(labels: Labels) -> Ints:
    """The labels that count, the most earned first."""
    order = np.empty(labels.size[0], dtype=np.int64)
    total = 0
    for call in range(labels.head.shape[0]):
        for bucket in range(BUCKETS):
            label = labels.head[call, bucket]
            while label != NONE:
                order[total] = label
                total += 1
                label = labels.after[label]
    order = order[:total]
    return order[np.argsort(-labels.value[order], kind="mergesort")]


@compiled
def join(
    clock: ClassClock, terms: Terms, front: Labels, back: Labels, above: float, most: int
) -> tuple[Ints, Ints, Floats]:
    """Pairs of labels that make a whole route worth more than ``above``, the best and those not far behind it.

    From one end there may be none: -1.

    Where the comparisons are spent before the end, they are more than twice the effort.
    """
    first, second, worth = np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most)
    count, least = 0, above
    up_to = back.top.copy()
    for bucket in range(1, BUCKETS):
        up_to[:, bucket] = np.maximum(up_to[:, bucket], up_to[:, bucket - 1])
    # Called with all that labels hold, small functions would spend most of their time on taking it.
    mine, theirs, values, clocks, after = front.memory, back.memory, back.value, back.clock, back.after
    longest = terms.longest
    for label in by_earnings(front):
        stops = front.stops[label]
        if back.size[1] > 2 * terms.effort:
            break
        here = front.call[label]
        whole = front.value[label] - terms.per_minute * clock.visit[here, HOME]
        if whole > least:
            count, least = _hold(first, second, worth, count, label, NONE, whole, above)
        for to in terms.calls:
            start = first_start(clock, to, front.clock[label] + clock.visit[here, MINUTES] + clock.hop[here, to])
            back.size[1] += JOINING
            if start < 0:
                continue
            earned = front.value[label] - terms.per_minute * clock.hop[here, to]
            last = bucket_of(clock, False, -start)
            if earned + up_to[to, last] <= least:
                continue
            for bucket in range(last + 1):
                if earned + back.top[to, bucket] <= least:
                    continue
                other = back.head[to, bucket]
                while other != NONE:
                    back.size[1] += JOINING
                    whole = earned + values[other]
                    fits = start <= -clocks[other] and (longest == 0 or stops + back.stops[other] <= longest)
                    if whole > least and fits and apart(mine, theirs, label, other):
                        whole -= _both_odd(terms, front, back, label, other)
                        if whole > least:
                            count, least = _hold(first, second, worth, count, label, other, whole, above)
                    other = after[other]
    for other in by_earnings(back):
        to = back.call[other]
        whole = back.value[other] - terms.fixed - terms.per_minute * clock.visit[to, OUT]
        if whole <= least or first_clock(clock, True, to) > -back.clock[other]:
            continue
        for word in range(len(terms.odd)):
            whole -= _priced(terms, word, terms.odd[word] & back.odd[other, word])
        if whole > least:
            count, least = _hold(first, second, worth, count, NONE, other, whole, above)
    order = np.argsort(-worth[:count], kind="mergesort")
    return first[order], second[order], worth[order]


@compiled
def _hold(
    first: Ints, second: Ints, worth: Floats, count: int, label: int, other: int, whole: float, above: float
) -> tuple[int, float]:
    """Keep a pair among the best ones; how many there are, and what another must be worth more than."""
    most = len(worth)
    place = count if count < most else int(np.argmin(worth))
    first[place], second[place], worth[place] = label, other, whole
    count = min(count + 1, most)
    best = worth[0]
    for k in range(1, count):
        best = max(best, worth[k])
    least = max(above, best - FAR * abs(best))
    return count, (least if count < most else max(least, float(worth.min())))


@compiled
def apart(mine: Ints, theirs: Ints, label: int, other: int) -> bool:
    """Whether two labels remember no nominal in common."""
    for word in range(mine.shape[1]):  # noqa: SIM110 (compiled code knows no generators)
        if mine[label, word] & theirs[other, word]:
            return False
    return True


@compiled
def _both_odd(terms: Terms, front: Labels, back: Labels, label: int, other: int) -> float:
    """What is paid for cuts that are odd on both sides."""
    paid = 0.0
    for word in range(front.odd.shape[1]):
        paid += _priced(terms, word, front.odd[label, word] & back.odd[other, word])
    return paid


@compiled
def _priced(terms: Terms, word: int, bits: int) -> float:
    paid, cut = 0.0, word * WORD
    while bits:
        if bits & 1:
            paid += terms.cut_price[cut]
        bits >>= 1
        cut += 1
    return paid


@compiled
def stops_of(front: Labels, back: Labels, label: int, other: int) -> Ints:
    """Calls of a joined route in order."""
    count = (front.stops[label] if label != NONE else 0) + (back.stops[other] if other != NONE else 0)
    calls = np.empty(count, dtype=np.int64)
    place = (front.stops[label] if label != NONE else 0) - 1
    while label != NONE:
        calls[place] = front.call[label]
        label, place = front.parent[label], place - 1
    place = count - (back.stops[other] if other != NONE else 0)
    while other != NONE:
        calls[place] = back.call[other]
        other, place = back.parent[other], place + 1
    return calls
