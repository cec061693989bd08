"""The image, the Compose file and the systemd unit keep what they promise about users, files, health and stopping."""

from __future__ import annotations

import configparser
import json
import re
from pathlib import Path
from typing import Any

import yaml

from adapters.http.metrics import Metrics, Now

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
IMAGE = (DEPLOY / "Dockerfile").read_text("utf-8")
PATIENCE = 20


def compose() -> dict[str, Any]:
    """The Compose file."""
    return dict(yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8")))


def unit() -> dict[str, str]:
    """The unit's keys; of one that is there twice the last value."""
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # configparser's own way to keep the case
    parser.read(DEPLOY / "systemd" / "chao.service")
    return dict(parser["Service"])


def test_the_image_runs_as_nobody_special_and_tells_its_health() -> None:
    last = IMAGE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "/healthz" in last
    assert 'CMD ["serve"]' in last


def test_the_image_is_built_of_files_that_exist_and_takes_what_is_locked() -> None:
    for line in re.findall(r"^COPY (?!--from)(.+)$", IMAGE, re.MULTILINE):
        for name in line.split()[:-1]:
            assert (ROOT / name).exists(), name
    for install in re.findall(r"pip install (.+?)(?: \\)?$", IMAGE, re.MULTILINE):
        assert "--require-hashes" in install or "--no-index" in install
    assert "**/.env" in (ROOT / ".dockerignore").read_text("utf-8").split()


def test_compose_confines_the_bot_and_keeps_the_database_to_it() -> None:
    services = compose()["services"]
    bot, database = services["chao"], services["postgres"]
    assert bot["read_only"]
    assert bot["cap_drop"] == ["ALL"]
    assert all(port.startswith("127.0.0.1:") for port in bot["ports"])
    assert "ports" not in database
    assert compose()["networks"]["database"]["internal"]
    assert bot["depends_on"]["postgres"]["condition"] == "service_healthy"


def test_compose_holds_no_password() -> None:
    assert "POSTGRES_PASSWORD:?" in compose()["services"]["chao"]["environment"]["DATABASE_URL"]
    assert compose()["services"]["chao"]["env_file"] == ".env"


def test_everything_waits_longer_than_a_stop_takes() -> None:
    assert compose()["services"]["chao"]["stop_grace_period"] == f"{PATIENCE}s"
    assert unit()["TimeoutStopSec"] == str(PATIENCE)


def test_the_unit_is_confined_and_reads_its_secrets_from_roots_file() -> None:
    service = unit()
    wanted = {"DynamicUser": "yes", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "CapabilityBoundingSet": ""}
    assert wanted.items() <= service.items()
    assert service["EnvironmentFile"] == "/etc/chao/env"
    assert service["ExecStart"].endswith("/chao serve")


def test_the_dashboard_asks_for_metrics_that_exist() -> None:
    board = json.loads((DEPLOY / "grafana" / "chao.json").read_text("utf-8"))
    metrics = Metrics(frozenset())
    there = {family.name for family in metrics.registry.collect()}
    asked = {
        re.sub(r"_(count|bucket|total)$", "", name)
        for panel in board["panels"]
        for target in panel["targets"]
        for name in re.findall(r"chao_[a-z_]+", target["expr"])
    }
    assert asked == there
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def test_metrics_tell_deliveries_their_age_and_the_knowledge_in_force() -> None:
    metrics = Metrics(frozenset())
    metrics.text(Now(knowledge="before"))
    said = metrics.text(Now({"slack": True}, "new", {"sent": 3}, 12.0)).decode()
    for line in (
        'chao_platform_ready{platform="slack"} 1.0',
        'chao_knowledge_info{version="new"} 1.0',
        'chao_deliveries_total{outcome="sent"} 3.0',
        'chao_deliveries_total{outcome="failed"} 0.0',
        "chao_queue_age_seconds 12.0",
    ):
        assert line in said.splitlines()
    assert "before" not in said
