-- How many pupils are enrolled at each school at each month end, and today?
-- One row per day and school with at least one pupil.
--
-- Parameters
--   $today  date  2026-11-22  the day of the delivery
-- Sources: placed_spans, month_ends
-- Columns
--   dag         month end, or the day of the delivery
--   brin6       school
--   leerlingen  pupils
with spans as (
    select
        brin6,
        year(span_from) * 12 + month(span_from) as month_from,
        year(span_to) * 12 + month(span_to) as month_to,
        span_from <= $today and span_to > $today as is_today,
        count(*) as leerlingen
    from placed_spans
    group by
        brin6,
        year(span_from) * 12 + month(span_from),
        year(span_to) * 12 + month(span_to),
        span_from <= $today and span_to > $today
),

laid_out as (
    select
        month_ends.dag,
        spans.brin6,
        spans.leerlingen
    from month_ends
    inner join spans
        on
            month_ends.month_number >= spans.month_from
            and month_ends.month_number < spans.month_to
    where month_ends.dag <> $today
    union all
    select
        $today as dag,
        brin6,
        leerlingen
    from spans
    where is_today
)

select
    dag,
    brin6,
    cast(sum(leerlingen) as bigint) as leerlingen
from laid_out
group by dag, brin6
