-- Which months are points of a school's series of incidents, and in which segment of it?
-- One row per school (and the group) and month that was delivered in full and has pupils.
--
-- A change of system or of definition starts a new segment at the first point in or after its month: of one school
-- only where it names a school, else of every school and the group. What is still to come changes nothing yet.
--
-- Parameters
--   $today  date  2026-11-22  the day of the delivery
-- Sources: incidents_monthly, gebeurtenissen
-- Columns
--   brin6          school; * = the group
--   maand          month, yyyy-mm
--   reeks          run of points without a month between that isn't one
--   deel           number of the segment, from 1
--   incidenten     counted incidents
--   persoonsdagen  pupils times school days
with numbered as (
    select
        maand,
        row_number() over (order by maand) as volgnummer
    from incidents_monthly
    where brin6 = '*'
),

points as (
    select
        incidents_monthly.brin6,
        incidents_monthly.maand,
        numbered.volgnummer - row_number() over (
            partition by incidents_monthly.brin6
            order by incidents_monthly.maand
        ) as reeks,
        incidents_monthly.incidenten,
        incidents_monthly.leerlingen * incidents_monthly.lesdagen as persoonsdagen
    from incidents_monthly
    inner join numbered on incidents_monthly.maand = numbered.maand
    where incidents_monthly.aangeleverd and incidents_monthly.leerlingen > 0
),

changes as (
    select
        brin6,
        strftime(datum, '%Y-%m') as maand
    from gebeurtenissen
    where soort in ('systeemwissel', 'definitie') and datum <= $today
),

breaks as (
    select
        points.brin6,
        changes.maand as event_month,
        min(points.maand) as maand
    from points
    inner join changes
        on points.maand >= changes.maand and (changes.brin6 is null or points.brin6 = changes.brin6)
    group by points.brin6, changes.maand
),

starts as (
    select
        brin6,
        min(maand) as maand
    from points
    group by brin6
),

later_starts as (
    select
        breaks.brin6,
        breaks.maand
    from breaks
    inner join starts on breaks.brin6 = starts.brin6 and breaks.maand > starts.maand
    group by breaks.brin6, breaks.maand
)

select
    points.brin6,
    points.maand,
    points.reeks,
    1 + count(later_starts.maand) as deel,
    points.incidenten,
    points.persoonsdagen
from points
left join later_starts on points.brin6 = later_starts.brin6 and points.maand >= later_starts.maand
group by points.brin6, points.maand, points.reeks, points.incidenten, points.persoonsdagen
