-- How many of today's pupils have which status, today and on the next 1 September, as far as answers are known?
-- One row per moment, school, year group, purpose and status with at least one pupil.
--
-- Today's school and today's year group at both moments; whether the school delivers its answers is judged today.
--
-- Sources: pupils_today, status_spans, moments, purposes
-- Columns
--   moment      vandaag or 1 september
--   brin6       school
--   leerjaar    year group, 1-6
--   doel        purpose
--   status      consent status
--   leerlingen  pupils
with pupils as (
    select
        brin6,
        leerjaar,
        is_delivered,
        count(*) as leerlingen
    from pupils_today
    group by brin6, leerjaar, is_delivered
),

with_status as (
    select
        moments.moment,
        pupils_today.brin6,
        pupils_today.leerjaar,
        status_spans.doel,
        status_spans.status,
        count(*) as leerlingen
    from status_spans
    inner join moments on status_spans.status_from <= moments.dag and status_spans.status_to > moments.dag
    inner join pupils_today on status_spans.place = pupils_today.place
    where pupils_today.is_delivered
    group by moments.moment, pupils_today.brin6, pupils_today.leerjaar, status_spans.doel, status_spans.status
),

with_any_status as (
    select
        moment,
        brin6,
        leerjaar,
        doel,
        sum(leerlingen) as leerlingen
    from with_status
    group by moment, brin6, leerjaar, doel
),

without_status as (
    select
        moments.moment,
        pupils.brin6,
        pupils.leerjaar,
        purposes.doel,
        case when pupils.is_delivered then 'niet_gevraagd' else 'onbekend' end as status,
        pupils.leerlingen - coalesce(with_any_status.leerlingen, 0) as leerlingen
    from pupils
    cross join moments
    cross join purposes
    left join with_any_status
        on
            moments.moment = with_any_status.moment
            and pupils.brin6 = with_any_status.brin6
            and pupils.leerjaar = with_any_status.leerjaar
            and purposes.doel = with_any_status.doel
)

select moment, brin6, leerjaar, doel, status, leerlingen from with_status
union all
select moment, brin6, leerjaar, doel, status, cast(leerlingen as bigint) as leerlingen from without_status
where leerlingen <> 0
