-- How many pupils have which consent status, for each purpose at each reference date?
-- One row per reference date, school (and the group), purpose and status with at least one pupil.
--
-- Who has no status span was never asked. Where the school did not deliver, every status is unknown.
--
-- Parameters
--   $today  date  2026-11-22  the day of the delivery
-- Sources: status_months, enrolled, reference_dates, answers_delivered, purposes
-- Columns
--   peildatum   reference date: a month end, or the day of the delivery
--   brin6       school; * = the group
--   doel        purpose
--   status      consent status
--   leerlingen  pupils
with laid_out as (
    select
        reference_dates.peildatum,
        status_months.brin6,
        status_months.doel,
        status_months.status,
        status_months.leerlingen
    from reference_dates
    inner join status_months
        on
            reference_dates.month_number >= status_months.month_from
            and reference_dates.month_number < status_months.month_to
    where reference_dates.peildatum <> $today
    union all
    select
        $today as peildatum,
        brin6,
        doel,
        status,
        leerlingen
    from status_months
    where is_today
),

with_status as (
    select
        peildatum,
        brin6,
        doel,
        status,
        sum(leerlingen) as leerlingen
    from laid_out
    group by peildatum, brin6, doel, status
),

with_any_status as (
    select
        peildatum,
        brin6,
        doel,
        sum(leerlingen) as leerlingen
    from with_status
    group by peildatum, brin6, doel
),

never_asked as (
    select
        reference_dates.peildatum,
        enrolled.brin6,
        purposes.doel,
        'niet_gevraagd' as status,
        enrolled.leerlingen - coalesce(with_any_status.leerlingen, 0) as leerlingen
    from reference_dates
    inner join enrolled on reference_dates.peildatum = enrolled.dag
    cross join purposes
    left join with_any_status
        on
            reference_dates.peildatum = with_any_status.peildatum
            and enrolled.brin6 = with_any_status.brin6
            and purposes.doel = with_any_status.doel
),

everyone as (
    select peildatum, brin6, doel, status, leerlingen from with_status
    union all
    select peildatum, brin6, doel, status, leerlingen from never_asked
),

known_or_not as (
    select
        everyone.peildatum,
        everyone.brin6,
        everyone.doel,
        case when answers_delivered.brin6 is null then 'onbekend' else everyone.status end as status,
        everyone.leerlingen
    from everyone
    left join answers_delivered
        on
            everyone.peildatum = answers_delivered.peildatum
            and everyone.brin6 = answers_delivered.brin6
)

select
    peildatum,
    coalesce(brin6, '*') as brin6,
    doel,
    status,
    cast(sum(leerlingen) as bigint) as leerlingen
from known_or_not
group by grouping sets ((peildatum, brin6, doel, status), (peildatum, doel, status))
having sum(leerlingen) <> 0
