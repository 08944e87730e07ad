-- For how many pupils is a valid answer on record, under each reading?
-- One row per reference date, school with pupils (and the group), purpose and reading.
--
-- Sources: consent_status, readings
-- Columns
--   peildatum  reference date
--   brin6      school; * = the group
--   doel       purpose
--   lezing     reading of the rules
--   ja         pupils with a valid yes
--   nee        pupils with a valid no
--   ongeldig   pupils without a valid answer
--   onbekend   pupils of whom nothing was delivered
select
    consent_status.peildatum,
    consent_status.brin6,
    consent_status.doel,
    readings.lezing,
    cast(coalesce(sum(consent_status.leerlingen) filter (where readings.uitkomst = 'ja'), 0) as bigint) as ja,
    cast(coalesce(sum(consent_status.leerlingen) filter (where readings.uitkomst = 'nee'), 0) as bigint)
        as nee,
    cast(
        coalesce(sum(consent_status.leerlingen) filter (where readings.uitkomst = 'ongeldig'), 0) as bigint
    ) as ongeldig,
    cast(
        coalesce(sum(consent_status.leerlingen) filter (where readings.uitkomst = 'onbekend'), 0) as bigint
    ) as onbekend
from consent_status
inner join readings on consent_status.status = readings.status
group by consent_status.peildatum, consent_status.brin6, consent_status.doel, readings.lezing
