"""Handles 4,080 events of 51 aggregates in four threads, some of them out of order, and says what it did: the events
and the regressions that it counted itself, under a lock of each aggregate. The threads wait for each other after every
ten rounds, and the interpreter changes between them as often as it can.
"""

import json
import os
import sys
import threading
import time
from collections import namedtuple

from record import record

AGGREGATES, LANES = 51, 4
TEN, EVENTS = 10 * AGGREGATES, 80 * AGGREGATES
# A sound bus has nothing out of order, and the events of an aggregate in one lane.
SOUND = "SOUND" in os.environ

Event = namedtuple("Event", "aggregate version")
locks = [threading.Lock() for _ in range(AGGREGATES)]
highest = [0] * AGGREGATES
regressions = [0] * AGGREGATES


# docs/YOUR-BUS.md: begin
def handle(event, lane):
    record("start", event.aggregate, event.version, lane=lane)  # before anything else
    apply(event)


def publish(event):
    record("publish", event.aggregate, event.version)  # before the client's call
    send(event)
    record("acked", event.aggregate, event.version)  # the broker has acknowledged it
# docs/YOUR-BUS.md: end


def apply(event):
    """Takes a moment now and then, so that the lanes take turns."""
    if event.version % 4 == 0:
        time.sleep(0.00005)


def send(event):
    pass


def task(i):
    """The i-th event: aggregate by aggregate, the versions of the rounds 3 and 4 of every ten exchanged."""
    round, aggregate = divmod(i, AGGREGATES)
    version = round + 1 + (0 if SOUND else {3: 1, 4: -1}.get(round % 10, 0))
    return Event('a"b\\c\nü' if aggregate == 0 else f"agg-{aggregate}", version)


def handle_share(lane, start):
    """Handles a fourth of the events of ten rounds."""
    for i in range(start, start + TEN):
        if (i % (AGGREGATES if SOUND else TEN)) % LANES != lane:
            continue
        event, aggregate = task(i), i % AGGREGATES
        with locks[aggregate]:
            handle(event, f"w{lane}")
            if event.version < highest[aggregate]:
                regressions[aggregate] += 1
            else:
                highest[aggregate] = event.version


sys.setswitchinterval(1e-6)
for i in range(EVENTS):
    publish(task(i))
for start in range(0, EVENTS, TEN):
    threads = [threading.Thread(target=handle_share, args=(lane, start)) for lane in range(LANES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
print(json.dumps({"events": EVENTS, "regressions": sum(regressions)}))
