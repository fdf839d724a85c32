select
    '' as lq_source,
    cast(event_id as varchar) as lq_event,
    cast(lead_id as varchar) as lq_lead,
    kind as lq_kind,
    true as lq_own,
    epoch_us("at") as lq_us,
    nullif(page, '') as p_page
from {{ source('crm', 'events') }}
