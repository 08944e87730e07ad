-- For how many pupils is a valid answer on record, under each reading?
-- One row per reference date, school with pupils (and the group), purpose and reading.
--
-- Parameters
--   $peildatum  list of dates     [2026-11-22]         reference dates; null = all
--   $brin6      list of schools   ['*', '99XX00']      schools; null = all
--   $doel       list of purposes  ['beeld_website']    purposes; null = all
--   $lezing     list of readings  ['code']             readings; null = all
-- Sources: consent_coverage
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
    peildatum,
    brin6,
    doel,
    lezing,
    ja,
    nee,
    ongeldig,
    onbekend
from consent_coverage
where
    ($peildatum is null or peildatum = any($peildatum))
    and ($brin6 is null or brin6 = any($brin6))
    and ($doel is null or doel = any($doel))
    and ($lezing is null or lezing = any($lezing))
order by peildatum, brin6, doel, lezing
