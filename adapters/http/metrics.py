"""What Prometheus reads: rate, errors and duration by kind of event and command, deliveries; no ids, no texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily

from bot.events import Action, Command, Event, Question
from bot.reply import Reply

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
OUTCOMES = ("sent", "quiet", "skipped", "failed", "retried", "lost", "told")


@dataclass(frozen=True, slots=True)
class Now:
    """What is so when Prometheus asks. `waited`: how long (s) the oldest summary is due; None when nobody can say."""

    ready: Mapping[str, bool] = field(default_factory=dict)
    knowledge: str = ""
    deliveries: Mapping[str, int] = field(default_factory=dict)
    waited: float | None = None


class Metrics:
    """The counters of one process. `names` are the commands and buttons that may be a label."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._timers: dict[str, Histogram] = {}
        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "chao_event_seconds", "Time from an event to its reply", ["event"], registry=self.registry, buckets=BUCKETS
        )
        self._errors = Counter("chao_event_errors", "Replies that say what is wrong", ["event"], registry=self.registry)
        self._platforms = Gauge(
            "chao_platform_ready", "1 when a platform is served", ["platform"], registry=self.registry
        )
        self._knowledge = Gauge(
            "chao_knowledge_info", "1 for the version in force", ["version"], registry=self.registry
        )
        self._waited = Gauge("chao_queue_age_seconds", "How long the oldest summary is due", registry=self.registry)
        self._deliveries = _Deliveries()
        self.registry.register(self._deliveries)

    def watch(self, event: Event, reply: Reply | None, seconds: float) -> None:
        """Count one reply."""
        label = self._label(event)
        self._timer(label).observe(seconds)
        if reply is not None and reply.is_error:
            self._errors.labels(label).inc()

    def text(self, now: Now) -> bytes:
        """Everything, in Prometheus' text format."""
        for name, is_ready in now.ready.items():
            self._platforms.labels(name).set(is_ready)
        self._knowledge.clear()
        self._knowledge.labels(now.knowledge).set(1)
        self._waited.set(float("nan") if now.waited is None else now.waited)
        self._deliveries.counts = now.deliveries
        return generate_latest(self.registry)

    def _timer(self, label: str) -> Histogram:
        """The histogram of one kind of event: to look it up among the labels costs more than to count."""
        if label not in self._timers:
            self._timers[label] = self._seconds.labels(label)
        return self._timers[label]

    def _label(self, event: Event) -> str:
        if isinstance(event, Question):
            return "question"
        name = event.name if isinstance(event, Command | Action) else event.form
        return name if name in self._names else "unknown"


class _Deliveries:
    """Counts that are kept elsewhere."""

    def __init__(self) -> None:
        self.counts: Mapping[str, int] = {}

    def collect(self) -> Iterator[CounterMetricFamily]:
        """One counter; every outcome from the start, so that a rate sees the first of each."""
        family = CounterMetricFamily("chao_deliveries", "What became of weekly summaries", labels=["outcome"])
        for outcome in OUTCOMES:
            family.add_metric([outcome], self.counts.get(outcome, 0))
        yield family
