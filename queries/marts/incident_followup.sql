-- What was done after incidents, how often and how soon?
-- One row per period and school (and the group) with an incident, and measure.
--
-- Every counted incident of the period, whether or not its month was declared delivered. What was left empty counts
-- as not done; a day of a measure that isn't named is no day of a measure.
--
-- Sources: incidenten, periods
-- Columns
--   periode   school year, half-year of the code or evaluation period, yyyy-mm/yyyy-mm
--   brin6     school; * = the group
--   maat      measure: a share, or a median of days (dagen_…)
--   teller    incidents of which it was done; empty for a median
--   noemer    incidents of which it could be done; for a median those with a date
--   mediaan   calendar days; empty for a share, and without a date
with counted as (
    select
        periods.periode,
        incidenten.brin6,
        coalesce(incidenten.maatregel <> 'geen', false) as is_measure_taken,
        case when incidenten.maatregel <> 'geen' then incidenten.maatregel_datum - incidenten.datum end
            as days_to_measure,
        coalesce(incidenten.getroffene in ('leerling', 'medewerker'), false) as may_be_helped,
        coalesce(incidenten.hulp_aangeboden, false) as is_helped,
        coalesce(incidenten.leidinggevende_op = incidenten.datum, false) as is_told_same_day,
        incidenten.afgehandeld_op is not null as is_closed,
        incidenten.afgehandeld_op - incidenten.datum as days_to_close,
        coalesce(incidenten.geregistreerd_op - incidenten.datum <= 5, false) as is_registered_soon
    from incidenten
    inner join periods on incidenten.datum between periods.first_day and periods.last_day
    where coalesce(incidenten.reikwijdte, 'school') <> 'buiten'
),

together as (
    select
        periode,
        coalesce(brin6, '*') as brin6,
        count(*) as incidenten,
        count(*) filter (where is_measure_taken) as measures,
        count(days_to_measure) as dated_measures,
        median(days_to_measure) as median_to_measure,
        count(*) filter (where may_be_helped) as may_be_helped,
        count(*) filter (where may_be_helped and is_helped) as helped,
        count(*) filter (where is_told_same_day) as told_same_day,
        count(*) filter (where is_closed) as closed,
        median(days_to_close) as median_to_close,
        count(*) filter (where is_registered_soon) as registered_soon
    from counted
    group by grouping sets ((periode, brin6), (periode))
)

select
    periode,
    brin6,
    'maatregel' as maat,
    measures as teller,
    incidenten as noemer,
    cast(null as double) as mediaan
from together
union all
select
    periode,
    brin6,
    'dagen_tot_maatregel' as maat,
    null as teller,
    dated_measures as noemer,
    median_to_measure as mediaan
from together
union all
select
    periode,
    brin6,
    'hulp_aangeboden' as maat,
    helped as teller,
    may_be_helped as noemer,
    null as mediaan
from together
union all
select
    periode,
    brin6,
    'leidinggevende_zelfde_dag' as maat,
    told_same_day as teller,
    incidenten as noemer,
    null as mediaan
from together
union all
select
    periode,
    brin6,
    'afgehandeld' as maat,
    closed as teller,
    incidenten as noemer,
    null as mediaan
from together
union all
select
    periode,
    brin6,
    'dagen_tot_afhandeling' as maat,
    null as teller,
    closed as noemer,
    median_to_close as mediaan
from together
union all
select
    periode,
    brin6,
    'geregistreerd_binnen_5_dagen' as maat,
    registered_soon as teller,
    incidenten as noemer,
    null as mediaan
from together
