select
    cast(lead_id as varchar) as lq_lead,
    cast(null as bigint) as lq_since,
    nullif(job_title, '') as a_job_title,
    case when len(topics) > 0 then chr(31) || array_to_string(topics, chr(31)) || chr(31) end as a_topics,
    cast(date_diff('day', date '1970-01-01', founded) as bigint) as a_founded
from {{ source('crm', 'leads') }}
