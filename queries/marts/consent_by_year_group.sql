-- For how many pupils of each year group is a valid answer on record today, as the code reads it?
-- One row per school with pupils (and the group), year group with pupils and purpose.
--
-- Parameters
--   $today  date  2026-11-22  the day of the delivery
-- Sources: statuses_at_moments, readings
-- Columns
--   peildatum  the day of the delivery
--   brin6      school; * = the group
--   leerjaar   year group, 1-6
--   doel       purpose
--   ja         pupils with a valid yes
--   nee        pupils with a valid no
--   ongeldig   pupils without a valid answer
--   onbekend   pupils of whom nothing was delivered
select
    $today as peildatum,
    coalesce(statuses_at_moments.brin6, '*') as brin6,
    statuses_at_moments.leerjaar,
    statuses_at_moments.doel,
    cast(coalesce(sum(leerlingen) filter (where readings.uitkomst = 'ja'), 0) as bigint) as ja,
    cast(coalesce(sum(leerlingen) filter (where readings.uitkomst = 'nee'), 0) as bigint) as nee,
    cast(coalesce(sum(leerlingen) filter (where readings.uitkomst = 'ongeldig'), 0) as bigint) as ongeldig,
    cast(coalesce(sum(leerlingen) filter (where readings.uitkomst = 'onbekend'), 0) as bigint) as onbekend
from statuses_at_moments
inner join readings on statuses_at_moments.status = readings.status
where statuses_at_moments.moment = 'vandaag' and statuses_at_moments.is_set and readings.lezing = 'code'
group by
    grouping sets (
        (statuses_at_moments.brin6, statuses_at_moments.leerjaar, statuses_at_moments.doel),
        (statuses_at_moments.leerjaar, statuses_at_moments.doel)
    )
