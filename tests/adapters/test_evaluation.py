"""The figures of `chao evaluate`, each against a small set that was counted by hand, and the report that holds them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adapters.evaluation.figures import Bin, Confusion, calibration_error, confusions, figures_of, reliability
from adapters.evaluation.report import WIDTH, as_text, grouped, shortened
from adapters.evaluation.rows import Labelled, Row, labelled, read_all
from adapters.failure import CommandFailedError
from bot.understanding.reading import Guess, Reading
from tests.support import our_knowledge, reader

KINDS = ("abusivo", "mala-paga", "pichirre", "indeciso")


def row(
    labels: str, ranked: str, confidence: float = 0.9, *, away: bool = False, ms: float = 1, text: str = "t"
) -> Row:
    guesses = tuple(Guess(name, confidence if place == 0 else 0.01) for place, name in enumerate(ranked.split()))
    reading = Reading(guesses, away, "en")
    return Row(Labelled(text, tuple(labels.split()), "en"), reading, ms)


# Four questions and two off-topic texts: each figure below follows from these lines.
ROWS = (
    row("mala-paga", "mala-paga pichirre abusivo indeciso", 0.9, ms=1),
    row("pichirre", "mala-paga indeciso pichirre abusivo", 0.7, ms=2, text="cheap"),
    row("abusivo mala-paga", "mala-paga pichirre indeciso abusivo", 0.5, ms=3),
    row("indeciso", "indeciso pichirre abusivo mala-paga", 0.1, away=True, ms=4, text="hm"),
    row("", "indeciso pichirre abusivo mala-paga", 0.1, away=True, ms=5),
    row("", "pichirre indeciso abusivo mala-paga", 0.7, ms=100, text="sale"),
)


def test_first_is_any_true_archetype_whether_or_not_the_question_was_turned_away() -> None:
    assert figures_of(ROWS).first == 75.0


def test_among_three_wants_one_true_archetype_and_both_wants_two() -> None:
    figures = figures_of([*ROWS, row("abusivo mala-paga", "mala-paga pichirre abusivo indeciso")])
    assert (figures.questions, figures.among_three) == (5, 100.0)
    assert (figures.pairs, figures.both_among_three) == (2, 50.0)
    assert figures_of([row("pichirre", "mala-paga indeciso abusivo pichirre")]).among_three == 0.0


def test_what_is_turned_away_counts_against_questions_and_for_what_is_off_topic() -> None:
    figures = figures_of(ROWS)
    assert figures.turned_away == 25.0
    assert (figures.off_topic, figures.recognised) == (2, 50.0)


def test_latency_is_that_of_the_row_at_its_rank() -> None:
    assert (figures_of(ROWS).p50_ms, figures_of(ROWS).p99_ms) == (3, 100)
    hundred = [row("pichirre", "pichirre", ms=number) for number in range(1, 101)]
    assert (figures_of(hundred).p50_ms, figures_of(hundred).p99_ms) == (50, 99)


def test_where_there_is_nothing_to_count_there_is_no_figure() -> None:
    nothing = figures_of([])
    assert (nothing.first, nothing.both_among_three, nothing.recognised) == (None, None, None)
    assert (nothing.calibration_error, nothing.p99_ms) == (None, 0.0)


def test_reliability_says_how_sure_and_how_right_by_bins() -> None:
    assert reliability(ROWS) == [
        Bin(0.0, 0.2, 2, 0.1, 0.5),
        Bin(0.4, 0.6, 1, 0.5, 1.0),
        Bin(0.6, 0.8, 2, 0.7, 0.0),
        Bin(0.8, 1.0, 1, 0.9, 1.0),
    ]
    assert reliability([row("pichirre", "pichirre", 1.0)]) == [Bin(0.8, 1.0, 1, 1.0, 1.0)]


def test_the_calibration_error_weighs_each_bin_by_its_rows() -> None:
    # (2 * 0.4 + 1 * 0.5 + 2 * 0.7 + 1 * 0.1) / 6
    assert calibration_error(ROWS) == 0.467


def test_a_confusion_is_counted_with_its_surest_examples() -> None:
    again = [row("pichirre", "mala-paga", 0.9, text="surer"), row("pichirre", "mala-paga", 0.2, text="unsure")]
    assert confusions([*ROWS, *again]) == [
        Confusion("pichirre", "mala-paga", 3, ("surer", "cheap")),
        Confusion("indeciso", "none", 1, ("hm",)),
        Confusion("none", "pichirre", 1, ("sale",)),
    ]


def test_a_question_that_was_turned_away_and_misread_is_both() -> None:
    both = confusions([row("pichirre", "mala-paga", away=True)])
    assert {(one.true, one.read) for one in both} == {("pichirre", "none"), ("pichirre", "mala-paga")}


def test_two_true_archetypes_are_named_together_when_neither_was_read() -> None:
    assert confusions([row("abusivo mala-paga", "pichirre")])[0].true == "abusivo + mala-paga"


def test_every_language_and_archetype_has_its_own_figures() -> None:
    spanish = Row(Labelled("caro", ("pichirre",), "es"), ROWS[0].reading, 1)
    english, other, everything = grouped([*ROWS, spanish], KINDS)
    assert (english.name, other.name, everything.name) == ("en", "es", "all")
    assert (other.figures.first, other.figures.questions, everything.figures.questions) == (0.0, 1, 5)
    assert list(english.by_archetype) == [*KINDS]
    assert list(other.by_archetype) == ["pichirre"]
    assert english.by_archetype["mala-paga"].first == 100.0
    assert english.by_archetype["abusivo"].questions == 1


def test_the_json_holds_everything() -> None:
    (group, _) = grouped(ROWS, KINDS)
    said = json.loads(json.dumps(group.as_json()))
    assert said["first"] == 75.0
    assert said["archetypes"]["pichirre"]["first"] == 0.0
    assert said["reliability"][0] == {"low": 0.0, "high": 0.2, "rows": 2, "confidence": 0.1, "right": 0.5}
    assert said["confusions"][0] == {"true": "indeciso", "read": "none", "count": 1, "examples": ["hm"]}


def test_the_report_fits_a_terminal_and_shows_confusions_shortened() -> None:
    story = row("pichirre", "mala-paga", 1.0, text="太贵了 " * 60)
    many = [row(f"{first} {second}", "none") for first in KINDS for second in KINDS if first < second]
    text = as_text(grouped([*ROWS, story, *many, *(row(kind, "other") for kind in (*KINDS, ""))], KINDS))
    assert all(len(line) + sum(c > "\u2e80" for c in line) <= WIDTH for line in text.splitlines())
    assert "    2  pichirre -> mala-paga\n         太贵了 太贵了" in text
    assert "other ways (all are in --json)" in text
    assert "  0.0 to 0.2     2  0.10   0.50" in text


def test_a_short_text_is_shown_whole_on_one_line() -> None:
    assert shortened("one\n two", 7) == "one two"
    assert shortened("one two three", 7) == "one tw…"
    assert shortened("拖欠货款", 5) == "拖欠…"


def test_the_language_is_that_of_the_file_and_else_that_of_the_text(tmp_path: Path) -> None:
    line = json.dumps({"text": "ok", "labels": []}) + "\n"
    for name in ("rows.zh.jsonl", "rows.jsonl"):
        (tmp_path / name).write_text(line + json.dumps({"text": "the client and me", "labels": []}), "utf-8")
    rows = labelled([tmp_path / "rows.zh.jsonl", tmp_path / "rows.jsonl"], our_knowledge().current())
    assert [found.language for found in rows] == ["zh", "zh", "unknown", "en"]


def test_a_label_that_is_written_twice_is_one(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"text": "x", "labels": ["pichirre", "pichirre"]}', "utf-8")
    assert labelled([tmp_path / "rows.jsonl"], our_knowledge().current())[0].labels == ("pichirre",)


def test_a_mark_at_the_start_of_a_file_and_empty_lines_do_no_harm(tmp_path: Path) -> None:
    content = '\ufeff\n{"text": "a\u2028b", "labels": []}\r\n\n'
    (tmp_path / "rows.jsonl").write_text(content, "utf-8")
    assert [found.text for found in labelled([tmp_path / "rows.jsonl"], our_knowledge().current())] == ["a\u2028b"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "rows.jsonl has no rows"),
        ("\n \n", "rows.jsonl has no rows"),
        ("not json", "rows.jsonl:1: not a row"),
        ('{"text": "x", "labels": []}\n{"text": "x"', "rows.jsonl:2: not a row"),
        ('{"text": "x"}', "rows.jsonl:1: not a row"),
        ("[]", "rows.jsonl:1: not a row"),
        ('{"text": "x", "labels": "abusivo"}', "rows.jsonl:1: `text` is a string and `labels` a list"),
        ('{"text": null, "labels": []}', "rows.jsonl:1: `text` is a string and `labels` a list"),
        ('{"text": "x", "labels": ["abusive"]}', 'rows.jsonl:1: no archetype "abusive"; labels are among abusivo'),
        ('{"text": "x", "labels": [["abusivo"]]}', 'rows.jsonl:1: no archetype ["abusivo"]'),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_the_reason(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "rows.jsonl").write_text(content, "utf-8")
    with pytest.raises(CommandFailedError) as refused:
        labelled([tmp_path / "rows.jsonl"], our_knowledge().current())
    assert reason in str(refused.value)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandFailedError, match="give a JSONL file in UTF-8"):
        labelled([tmp_path / "rows.jsonl"], our_knowledge().current())


def test_a_real_question_is_read_and_timed() -> None:
    true = Labelled("El cliente no paga la factura", ("mala-paga",), "es")
    (read,) = read_all([true], reader(), our_knowledge().current())
    assert read.is_first
    assert read.milliseconds > 0
    assert read.prediction()["labels"] == ["mala-paga"]
