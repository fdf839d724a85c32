"""Another process that records an event of a lead, and waits for nobody; it prints how many events were new."""

import argparse
import json
import sys
from contextlib import closing
from datetime import timedelta

from leadqual.service.opening import open_store
from tests.practice.life import on
from tests.service.hosts import act

from .planners import proposing
from .world import serve

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--event", required=True)
    given = parser.parse_args()
    with closing(open_store(given.url, wait=timedelta(milliseconds=100))) as store:
        answer = serve(store, proposing()).record([act(given.event, kind="newsletter")], now=on(1))
    json.dump(answer.new, sys.stdout)
