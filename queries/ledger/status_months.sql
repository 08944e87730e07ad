-- How many pupils have a status from one month end up to another?
-- One row per school, purpose, status, first and last month end and whether today is inside.
--
-- Stretches are counted before they are laid out over reference dates: a million pupils by every month end
-- never exist as rows. Months are numbered year * 12 + month; a stretch holds the month ends from
-- month_from up to, but not including, month_to. What begins after today is looked at elsewhere.
--
-- Parameters
--   $today  date  2026-11-22  the day of the delivery
-- Sources: status_spans, placed_spans
-- Columns
--   brin6       school
--   doel        purpose
--   status      consent status
--   month_from  first month whose end lies in the stretch
--   month_to    first month after it whose end does not
--   is_today    whether the day of the delivery lies in the stretch
--   leerlingen  pupils
with enrolled_spans as (
    select
        placed_spans.brin6,
        status_spans.doel,
        status_spans.status,
        greatest(status_spans.status_from, placed_spans.span_from) as first_day,
        least(status_spans.status_to, placed_spans.span_to) as next_day
    from status_spans
    inner join placed_spans
        on
            status_spans.place = placed_spans.place
            and status_spans.status_from < placed_spans.span_to
            and status_spans.status_to > placed_spans.span_from
    where status_spans.status_from <= $today
)

select
    brin6,
    doel,
    status,
    year(first_day) * 12 + month(first_day) as month_from,
    year(next_day) * 12 + month(next_day) as month_to,
    first_day <= $today and next_day > $today as is_today,
    count(*) as leerlingen
from enrolled_spans
where
    year(first_day) * 12 + month(first_day) < year(next_day) * 12 + month(next_day)
    or (first_day <= $today and next_day > $today)
group by
    brin6,
    doel,
    status,
    year(first_day) * 12 + month(first_day),
    year(next_day) * 12 + month(next_day),
    first_day <= $today and next_day > $today
