-- How many incidents were there each month, among how many pupils and school days?
-- One row per month with school days and school (and the group).
--
-- Not delivered is not zero: the count stays empty. The group is the schools that delivered the month.
--
-- Parameters
--   $today  date  2026-11-22  the day of the delivery
-- Sources: incident_months, enrolled, incidenten
-- Columns
--   maand        month, yyyy-mm
--   brin6        school; * = the group
--   incidenten   counted incidents; empty = not delivered
--   leerlingen   pupils enrolled on the last day of the month (running month: today)
--   lesdagen     school days (running month: up to today)
--   aangeleverd  whether the month was delivered in full; the group: by at least one school
with incidents as (
    select
        strftime(datum, '%Y-%m') as maand,
        brin6,
        count(*) as incidenten
    from incidenten
    where coalesce(reikwijdte, 'school') <> 'buiten'
    group by strftime(datum, '%Y-%m'), brin6
),

pupils as (
    select
        strftime(dag, '%Y-%m') as maand,
        brin6,
        leerlingen
    from enrolled
    where dag = least(last_day(dag), $today)
),

by_school as (
    select
        incident_months.maand,
        incident_months.brin6,
        case when incident_months.aangeleverd then coalesce(incidents.incidenten, 0) end as incidenten,
        coalesce(pupils.leerlingen, 0) as leerlingen,
        incident_months.lesdagen,
        incident_months.aangeleverd
    from incident_months
    left join incidents
        on incident_months.maand = incidents.maand and incident_months.brin6 = incidents.brin6
    left join pupils
        on incident_months.maand = pupils.maand and incident_months.brin6 = pupils.brin6
)

select
    maand,
    brin6,
    incidenten,
    leerlingen,
    lesdagen,
    aangeleverd
from by_school
union all
select
    maand,
    '*' as brin6,
    cast(sum(incidenten) as bigint) as incidenten,
    cast(coalesce(sum(leerlingen) filter (where aangeleverd), 0) as bigint) as leerlingen,
    max(lesdagen) as lesdagen,
    bool_or(aangeleverd) as aangeleverd
from by_school
group by maand
