-- How many of today's pupils have which status, today and on the next 1 September, as far as answers are known?
-- One row per moment, year rule, school, year group, purpose and status with at least one pupil.
--
-- Today's school and today's year group at both moments; whether the school delivers its answers is judged today.
-- Under the rule of the registry both moments; under the others, which only stand beside it, today.
--
-- Sources: pupils_today, status_spans, judged_stretches, moments, purposes, year_rules
-- Columns
--   moment      vandaag or 1 september
--   jaar        year rule
--   is_set      whether it is the rule of the registry
--   brin6       school
--   leerjaar    year group, 1-6
--   doel        purpose
--   status      consent status
--   leerlingen  pupils
with looks as (
    select
        moments.moment,
        moments.dag,
        year_rules.jaar,
        year_rules.is_set
    from moments
    cross join year_rules
    where year_rules.is_set or moments.moment = 'vandaag'
),

stretches as (
    select
        year_rules.jaar,
        status_spans.place,
        status_spans.doel,
        status_spans.status,
        status_spans.status_from,
        status_spans.status_to
    from status_spans
    inner join year_rules on year_rules.is_set
    union all
    select
        jaar,
        place,
        doel,
        status,
        status_from,
        status_to
    from judged_stretches
    where not is_set
),

pupils as (
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
        looks.moment,
        looks.jaar,
        looks.is_set,
        pupils_today.brin6,
        pupils_today.leerjaar,
        stretches.doel,
        stretches.status,
        count(*) as leerlingen
    from stretches
    inner join looks
        on
            stretches.jaar = looks.jaar
            and stretches.status_from <= looks.dag
            and stretches.status_to > looks.dag
    inner join pupils_today on stretches.place = pupils_today.place
    where pupils_today.is_delivered
    group by
        looks.moment,
        looks.jaar,
        looks.is_set,
        pupils_today.brin6,
        pupils_today.leerjaar,
        stretches.doel,
        stretches.status
),

with_any_status as (
    select
        moment,
        jaar,
        brin6,
        leerjaar,
        doel,
        sum(leerlingen) as leerlingen
    from with_status
    group by moment, jaar, brin6, leerjaar, doel
),

without_status as (
    select
        looks.moment,
        looks.jaar,
        looks.is_set,
        pupils.brin6,
        pupils.leerjaar,
        purposes.doel,
        case when pupils.is_delivered then 'niet_gevraagd' else 'onbekend' end as status,
        pupils.leerlingen - coalesce(with_any_status.leerlingen, 0) as leerlingen
    from pupils
    cross join looks
    cross join purposes
    left join with_any_status
        on
            looks.moment = with_any_status.moment
            and looks.jaar = with_any_status.jaar
            and pupils.brin6 = with_any_status.brin6
            and pupils.leerjaar = with_any_status.leerjaar
            and purposes.doel = with_any_status.doel
)

select moment, jaar, is_set, brin6, leerjaar, doel, status, leerlingen from with_status
union all
select moment, jaar, is_set, brin6, leerjaar, doel, status, cast(leerlingen as bigint) as leerlingen
from without_status
where leerlingen <> 0
