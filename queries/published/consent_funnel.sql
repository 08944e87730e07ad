-- Where does each school stand beside the whole group, as the code reads the answers?
-- One row per reference date, purpose and school with pupils; the group stands beside each of them.
--
-- Parameters
--   $peildatum  list of dates     [2026-11-22]       reference dates; null = all
--   $doel       list of purposes  ['beeld_website']  purposes; null = all
--   $brin6      list of schools   ['*', '99XX00']    schools; null = all
-- Sources: consent_coverage
-- Columns
--   peildatum     reference date
--   doel          purpose
--   brin6         school
--   geldig        pupils with a valid answer, yes or no
--   noemer        pupils whose answer is known to be valid or not
--   groep_geldig  pupils of the group with a valid answer
--   groep_noemer  pupils of the group whose answer is known to be valid or not
with judged as (
    select
        peildatum,
        doel,
        brin6,
        ja + nee as geldig,
        ja + nee + ongeldig as noemer
    from consent_coverage
    where lezing = 'code'
)

select
    schools.peildatum,
    schools.doel,
    schools.brin6,
    schools.geldig,
    schools.noemer,
    whole.geldig as groep_geldig,
    whole.noemer as groep_noemer
from judged as schools
inner join judged as whole
    on schools.peildatum = whole.peildatum and schools.doel = whole.doel and whole.brin6 = '*'
where
    schools.brin6 <> '*'
    and ($peildatum is null or schools.peildatum = any($peildatum))
    and ($doel is null or schools.doel = any($doel))
    and ($brin6 is null or schools.brin6 = any($brin6))
order by schools.peildatum, schools.doel, schools.brin6
