"""A night is a trace of Prefect's own: whoever collects OpenTelemetry's spans gets the run and each of its steps."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.schedule.parts import HOUSE, environment

COLLECTED = """
import json, sys
from itertools import count
from opentelemetry import trace

numbers, spans = count(1), []

class Span(trace.NonRecordingSpan):
    def __init__(self, name, context, above):
        super().__init__(context)
        self.name, self.above = name, above
    def update_name(self, name):
        self.name = name
    def end(self, end_time=None):
        spans.append((self.name, self.above))

class Tracer(trace.NoOpTracer):
    def start_span(self, name, context=None, **_):
        above, number = trace.get_current_span(context).get_span_context(), next(numbers)
        flags = trace.TraceFlags(trace.TraceFlags.SAMPLED)
        return Span(name, trace.SpanContext(above.trace_id or number, number, False, flags), above.trace_id)

class Provider(trace.TracerProvider):
    def get_tracer(self, name, *_, **__):
        return Tracer() if name == "prefect" else trace.NoOpTracer()

trace.set_tracer_provider(Provider())
from flows.cli import main
try:
    main()
finally:
    print(json.dumps(spans), file=sys.stderr)
"""
"""The command with a tracer that keeps (name, trace of the span above) of Prefect's spans."""


def test_the_run_and_its_steps_are_spans_of_one_trace(tmp_path: Path):
    shutil.copytree(HOUSE / "data" / "landing" / "alufuq" / "2026-11-18", tmp_path / "landing" / "alufuq")
    where = ["--landing", tmp_path / "landing", "--warehouse", tmp_path / "warehouse", "--night", "2026-11-24"]
    env = environment(tmp_path)
    del env["PREFECT_HOME"]
    command = [sys.executable, "-c", COLLECTED, "run", *map(str, where)]
    done = subprocess.run(command, cwd=HOUSE, env=env, capture_output=True, encoding="utf-8", timeout=180, check=False)

    assert done.returncode == 0, done.stderr
    spans = dict(json.loads(done.stderr.splitlines()[-1]))
    night = spans.pop("night-2026-11-24")
    assert night == 0  # the root
    assert set(spans) == {"discover", "digest-1", "lexicon", "load", "publish"}
    assert len(set(spans.values())) == 1
