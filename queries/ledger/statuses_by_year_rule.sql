-- How many of today's pupils have which status today, under each meaning of "yearly"?
-- One row per year rule, school, purpose and status with at least one pupil.
--
-- Sources: statuses_at_moments, judged_stretches, pupils_today, moments, purposes, year_rules
-- Columns
--   jaar        year rule
--   brin6       school
--   doel        purpose
--   status      consent status
--   leerlingen  pupils
with as_set as (
    select
        year_rules.jaar,
        statuses_at_moments.brin6,
        statuses_at_moments.doel,
        statuses_at_moments.status,
        sum(statuses_at_moments.leerlingen) as leerlingen
    from statuses_at_moments
    inner join year_rules on year_rules.is_set
    where statuses_at_moments.moment = 'vandaag'
    group by year_rules.jaar, statuses_at_moments.brin6, statuses_at_moments.doel, statuses_at_moments.status
),

with_status as (
    select
        judged_stretches.jaar,
        pupils_today.brin6,
        judged_stretches.doel,
        judged_stretches.status,
        count(*) as leerlingen
    from judged_stretches
    inner join moments
        on
            moments.moment = 'vandaag'
            and judged_stretches.status_from <= moments.dag
            and judged_stretches.status_to > moments.dag
    inner join pupils_today on judged_stretches.place = pupils_today.place
    where not judged_stretches.is_set and pupils_today.is_delivered
    group by judged_stretches.jaar, pupils_today.brin6, judged_stretches.doel, judged_stretches.status
),

with_any_status as (
    select
        jaar,
        brin6,
        doel,
        sum(leerlingen) as leerlingen
    from with_status
    group by jaar, brin6, doel
),

pupils as (
    select
        brin6,
        is_delivered,
        count(*) as leerlingen
    from pupils_today
    group by brin6, is_delivered
),

without_status as (
    select
        year_rules.jaar,
        pupils.brin6,
        purposes.doel,
        case when pupils.is_delivered then 'niet_gevraagd' else 'onbekend' end as status,
        pupils.leerlingen - coalesce(with_any_status.leerlingen, 0) as leerlingen
    from pupils
    inner join year_rules on not year_rules.is_set
    cross join purposes
    left join with_any_status
        on
            year_rules.jaar = with_any_status.jaar
            and pupils.brin6 = with_any_status.brin6
            and purposes.doel = with_any_status.doel
)

select jaar, brin6, doel, status, cast(leerlingen as bigint) as leerlingen from as_set
union all
select jaar, brin6, doel, status, leerlingen from with_status
union all
select jaar, brin6, doel, status, cast(leerlingen as bigint) as leerlingen from without_status
where leerlingen <> 0
