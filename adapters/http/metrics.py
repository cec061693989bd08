"""What Prometheus reads: rate, errors and duration by kind of event and command; no ids, no texts."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.events import Action, Command, Event, Question
from bot.reply import Reply

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The counters of one process. `names` are the commands and buttons that may be a label."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "chao_event_seconds", "Time from an event to its reply", ["event"], registry=self.registry, buckets=BUCKETS
        )
        self._errors = Counter("chao_event_errors", "Replies that say what is wrong", ["event"], registry=self.registry)
        self._platforms = Gauge(
            "chao_platform_ready", "1 when a platform is served", ["platform"], registry=self.registry
        )

    def watch(self, event: Event, reply: Reply | None, seconds: float) -> None:
        """Count one reply."""
        label = self._label(event)
        self._seconds.labels(label).observe(seconds)
        if reply is not None and reply.is_error:
            self._errors.labels(label).inc()

    def text(self, ready: dict[str, bool]) -> bytes:
        """Everything, in Prometheus' text format."""
        for name, is_ready in ready.items():
            self._platforms.labels(name).set(is_ready)
        return generate_latest(self.registry)

    def _label(self, event: Event) -> str:
        if isinstance(event, Question):
            return "question"
        name = event.name if isinstance(event, Command | Action) else event.form
        return name if name in self._names else "unknown"
