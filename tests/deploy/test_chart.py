"""The Helm chart, as far as it can be read without Helm: values, schema, balanced templates, confined pods."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

CHART = Path(__file__).parents[2] / "deploy" / "helm" / "chao"
TEMPLATES = sorted((CHART / "templates").iterdir())
TEXT = "\n".join(path.read_text("utf-8") for path in TEMPLATES)
SCHEMA = json.loads((CHART / "values.schema.json").read_text("utf-8"))
VALUES = yaml.safe_load((CHART / "values.yaml").read_text("utf-8"))


def at(tree: Any, path: str) -> Any:
    """What stands at a dotted path."""
    for part in path.split("."):
        tree = tree[part]
    return tree


def test_the_values_fit_the_schema_and_misspelt_ones_do_not() -> None:
    valid = jsonschema_rs.validator_for(SCHEMA).is_valid
    assert valid(VALUES)
    assert not valid({**VALUES, "replica": 2})
    assert not valid({**VALUES, "settings": {"DATABASE_URL": "sqlite:///x"}})
    assert not valid({**VALUES, "discord": {**VALUES["discord"], "replicas": 0}})


def test_the_schema_knows_every_value_and_no_other() -> None:
    def paths(tree: dict[str, Any], schema: dict[str, Any], stem: str = "") -> None:
        if "properties" in schema:
            assert set(schema["properties"]) - {"global"} == set(tree), stem
            for name, value in tree.items():
                if isinstance(value, dict):
                    paths(value, schema["properties"][name], f"{stem}.{name}")

    paths(VALUES, SCHEMA)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_open_and_close_what_they_begin(path: Path) -> None:
    text = re.sub(r"\{\{-?/\*.*?\*/-?\}\}", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert text.count("{{") == len(re.findall(r"\{\{.*?\}\}", text))
    depth = 0
    for word in re.findall(r"\{\{-?\s*(if|with|range|define|end)\b", text):
        depth += -1 if word == "end" else 1
        assert depth >= 0
    assert depth == 0


def test_templates_use_values_that_exist_and_all_of_them() -> None:
    used = set(re.findall(r"\.Values\.([\w.]+)", TEXT))
    for path in used:
        at(VALUES, path)
    for top in VALUES:
        assert any(path.split(".")[0] == top for path in used), top
    defined = set(re.findall(r'define "([\w.]+)"', TEXT))
    assert set(re.findall(r'include "([\w.]+)"', TEXT)) == defined


def test_more_may_be_allowed_out_than_the_platforms_and_the_database() -> None:
    rule = {"ports": [{"port": 11434, "protocol": "TCP"}]}
    values = {**VALUES, "networkPolicy": {**VALUES["networkPolicy"], "egress": [rule]}}
    assert jsonschema_rs.validator_for(SCHEMA).is_valid(values)
    assert ".Values.networkPolicy.egress" in (CHART / "templates" / "network.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ["slack.yaml", "discord.yaml", "migrate.yaml"])
def test_every_pod_is_confined_and_its_database_comes_from_the_secret(name: str) -> None:
    text = (CHART / "templates" / name).read_text("utf-8")
    assert all(f'include "chao.{part}"' in text for part in ("pod", "container", "env"))
    for line in (
        "runAsNonRoot: true", "readOnlyRootFilesystem: true", "allowPrivilegeEscalation: false", "drop: [ALL]",
        "automountServiceAccountToken: false", "key: DATABASE_URL",
    ):  # fmt: skip
        assert line in TEXT


def test_what_serves_is_probed_and_has_a_disruption_budget() -> None:
    for name in ("slack.yaml", "discord.yaml"):
        text = (CHART / "templates" / name).read_text("utf-8")
        assert 'include "chao.serving"' in text
        assert "kind: PodDisruptionBudget" in text
        assert int(re.findall(r"terminationGracePeriodSeconds: (\d+)", text)[0]) >= 20
    assert "path: /readyz" in TEXT


def test_tables_are_migrated_before_the_pods_are() -> None:
    text = (CHART / "templates" / "migrate.yaml").read_text("utf-8")
    assert "helm.sh/hook: pre-install,pre-upgrade" in text
    assert "chao db upgrade" in text


def test_no_secret_is_made_by_the_chart() -> None:
    assert "kind: Secret" not in TEXT
