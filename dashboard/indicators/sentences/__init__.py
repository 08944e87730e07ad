"""Findings in plain Dutch, made from the same numbers as the charts beside them.

No sentence blames a school, calls a refusal a failure, or calls more reports unsafe. What chance would do isn't
said here: that needs limits.
"""

from dashboard.indicators.sentences.ahead import by_september, expiry, turning_16
from dashboard.indicators.sentences.completeness import (
    deliveries,
    missing_in_words,
    nothing_missing,
    refused_files,
    undelivered,
)
from dashboard.indicators.sentences.consent import (
    coverage,
    coverage_curve,
    heat_map,
    not_counted,
    purposes_against,
    purposes_now,
    silence,
    unknown_schools,
    weak_schools,
    year_groups,
)
from dashboard.indicators.sentences.evaluation import NOT_SETTLED, late_steps, next_step, validity
from dashboard.indicators.sentences.incidents import (
    LIMITLESS,
    gaps,
    incidents_against,
    largest_value,
    left_out,
    no_rate,
    rate_over_time,
    severity,
    up_to,
)
from dashboard.indicators.sentences.phrases import month_span, on_day
from dashboard.indicators.sentences.publications import no_publications, uses, uses_by_status
from dashboard.indicators.sentences.reasons import (
    invalid_reasons,
    main_reason,
    not_in_order,
    readings,
    readings_differ,
    turned_16_choice,
    waterfall,
    year_rules,
)

__all__ = [
    "LIMITLESS",
    "NOT_SETTLED",
    "by_september",
    "coverage",
    "coverage_curve",
    "deliveries",
    "expiry",
    "gaps",
    "heat_map",
    "incidents_against",
    "invalid_reasons",
    "largest_value",
    "late_steps",
    "left_out",
    "main_reason",
    "missing_in_words",
    "month_span",
    "next_step",
    "no_publications",
    "no_rate",
    "not_counted",
    "not_in_order",
    "nothing_missing",
    "on_day",
    "purposes_against",
    "purposes_now",
    "rate_over_time",
    "readings",
    "readings_differ",
    "refused_files",
    "severity",
    "silence",
    "turned_16_choice",
    "turning_16",
    "undelivered",
    "unknown_schools",
    "up_to",
    "uses",
    "uses_by_status",
    "validity",
    "waterfall",
    "weak_schools",
    "year_groups",
    "year_rules",
]
