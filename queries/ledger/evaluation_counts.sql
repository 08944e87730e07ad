-- What was counted for each indicator of the evaluation, now and in the years before?
-- One row per evaluation period, side, article and indicator that has something to say.
--
-- A dataset that was never delivered says nothing; the registry always speaks.
--
-- Sources: evaluation_incidents, evaluation_schools, evaluation_records, evaluation_consent, evaluation_delivered,
--   evaluation_periods
-- Columns
--   periode       evaluation period, yyyy-mm/yyyy-mm
--   kant          nu = the period, vorige = the years before it
--   artikel       article; empty = every article with that indicator
--   indicator     indicator
--   teller        number, or of which it is so; empty for a median and where nothing was delivered
--   noemer        of which it could be so; empty for a number, for a median and where nothing was delivered
--   mediaan       calendar days; empty for anything else, and without a date
--   compleet      how much of the evidence there is
--   compleet_van  of how much
with counted as (
    select
        periode,
        kant,
        'incidenten' as dataset,
        artikel,
        indicator,
        teller,
        noemer,
        mediaan
    from evaluation_incidents
    union all
    select
        periode,
        kant,
        dataset,
        null as artikel,
        indicator,
        teller,
        noemer,
        null as mediaan
    from evaluation_schools
    union all
    select
        periode,
        kant,
        dataset,
        null as artikel,
        indicator,
        teller,
        noemer,
        null as mediaan
    from evaluation_records
    union all
    select
        periode,
        kant,
        'publicaties' as dataset,
        artikel,
        indicator,
        teller,
        noemer,
        null as mediaan
    from evaluation_consent
    where doel is null
)

select
    counted.periode,
    counted.kant,
    counted.artikel,
    counted.indicator,
    case when evaluation_delivered.geleverd then counted.teller end as teller,
    case when evaluation_delivered.geleverd then counted.noemer end as noemer,
    case when evaluation_delivered.geleverd then counted.mediaan end as mediaan,
    evaluation_delivered.compleet,
    evaluation_delivered.compleet_van
from counted
inner join evaluation_delivered
    on
        counted.periode = evaluation_delivered.periode
        and counted.kant = evaluation_delivered.kant
        and counted.dataset = evaluation_delivered.dataset
union all
select
    periode,
    kant,
    artikel,
    indicator,
    teller,
    noemer,
    null as mediaan,
    coalesce(compleet, 0) as compleet,
    coalesce(compleet_van, 0) as compleet_van
from evaluation_consent
where doel is not null
union all
select
    periode,
    'nu' as kant,
    null as artikel,
    'dagen_over' as indicator,
    dagen_over as teller,
    null as noemer,
    null as mediaan,
    1 as compleet,
    1 as compleet_van
from evaluation_periods
union all
select
    periode,
    'nu' as kant,
    null as artikel,
    'instemming_voor_vaststelling' as indicator,
    cast(instemming <= vaststelling as bigint) as teller,
    case when instemming is not null and vaststelling is not null then 1 end as noemer,
    null as mediaan,
    1 as compleet,
    1 as compleet_van
from evaluation_periods
union all
select
    periode,
    'nu' as kant,
    null as artikel,
    'inwerkingtreding_vastgelegd' as indicator,
    case when inwerkingtreding is not null then 1 end as teller,
    case when inwerkingtreding is not null then 1 end as noemer,
    null as mediaan,
    1 as compleet,
    1 as compleet_van
from evaluation_periods
