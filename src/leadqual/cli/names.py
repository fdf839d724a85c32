"""Which column of a file is which of ours, by its name."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

ALSO_CALLED: Final[Mapping[str, Mapping[str, str]]] = {
    "leads": {
        "lead_id": (
            "id lead leadnumber leadno prospectid prospect contactid contact personid customerid userid idlead "
            "idcontacto idcliente codigocliente leaduuid recordid clientid"
        ),
        "email": "emailaddress mail correo correoelectronico workemail businessemail mailaddress correoempresa",
        "phone": "phonenumber telephone tel telefono mobile mobilephone telefonomovil movil celular phoneno",
        "company_id": (
            "accountid companyid account organisationid organizationid idempresa idcuenta cuenta companyuuid "
            "accountnumber"
        ),
        "acquisition": "acquisitiontype inboundoutbound adquisicion captacion",
        "channel": "leadchannel canal medium",
        "source": (
            "leadsource origin leadorigin originalsource utmsource fuente procedencia origen fuenteoriginal "
            "origendellead"
        ),
        "zone": "timezone tz zonahoraria husohorario",
        "language": "lang locale idioma preferredlanguage",
        "created_at": (
            "created createdon createddate createdate creationdate datecreated signupdate signedupat "
            "createdtime creado creadoel fechacreacion fechadecreacion alta fechaalta fechadealta registered "
            "registeredat registrationdate fecharegistro fechaderegistro becamelead dateadded addedon"
        ),
        "stage": "lifecyclestage leadstage status leadstatus etapa fase",
        "job_title": "title jobtitle position role cargo puesto occupation titulo ocupacion",
        "department": "dept jobfunction function area departamento departmentname",
        "employees": (
            "numberofemployees employeecount companysize size headcount numemployees noofemployees empleados "
            "staff numerodeempleados numempleados nempleados plantilla tamano tamanoempresa tamanodelaempresa"
        ),
        "country": "countrycode countryregion pais land",
        "email_type": "typeofemail emailkind maildomaintype",
    },
    "events": {
        "event_id": (
            "id eventid messageid uuid activityid eventno eventuuid idevento idactividad idaccion identificador "
            "activitynumber recordid"
        ),
        "lead_id": (
            "lead leadnumber caseid prospectid prospect contactid contact personid customerid userid user "
            "idlead idcontacto idcliente codigocliente clientid"
        ),
        "kind": (
            "event eventtype type eventname name activity activitytype action tipo tipoevento tipodeevento "
            "tipodeactividad tipoactividad evento actividad accion activityname"
        ),
        "at": (
            "ts timestamp time datetime date occurredat eventtime eventdate createdat created happenedat fecha "
            "when whenithappened happened occurred occurredon activitydate activitytime activityat createdtime "
            "createdon logged loggedat cuando fechahora fechayhora fechadelevento fechaevento fechaactividad "
            "momento instante"
        ),
        "by": "actor initiator doneby autor realizadopor",
        "source": "system origin eventsource sistema origen fuente",
        "asset": (
            "content contentid document file filename download resource offer recurso contenido documento "
            "archivo fichero descarga"
        ),
        "page": "url path pageurl pagepath uri pageviewed pagina direccion enlace link ruta",
        "email_id": (
            "campaignid newsletterid mailid mailing emailcampaign issue emailname campana idcampana boletin emailid"
        ),
    },
}
"""Other names of our columns, plain: lower case, letters and digits only."""
_NEAR: Final = 0.87
_TIMELY: Final = ("timestamp", "datetime", "time", "date", "fecha")


def plain_name(name: str) -> str:
    """Return a name in lower case, letters and digits only, without accents.

    >>> plain_name("Correo electrónico"), plain_name("Job_Title")
    ('correoelectronico', 'jobtitle')
    """
    folded = unicodedata.normalize("NFD", name[:200].casefold())
    return "".join(c for c in folded if c.isalnum())


def match_columns(table: str, ours: Sequence[str], theirs: Iterable[str]) -> dict[str, str]:
    """Find the column of a file for each name of ours.

    Args:
        table: ``leads`` or ``events``.
        ours: Our names, the important ones first: each takes its column away from the later ones.
        theirs: The file's names.

    Returns:
        Our name to the file's, where one fits: the same name, one that differs in case and signs only, another word
        for it, or a near one.

    >>> match_columns("events", ["event_id", "lead_id", "kind", "at"], ["ID", "lead_id", "Event type", "TS", "note"])
    {'event_id': 'ID', 'lead_id': 'lead_id', 'kind': 'Event type', 'at': 'TS'}
    """
    free = {name: plain_name(name) for name in theirs if name}
    found = {name: name for name in ours if free.pop(name, None) is not None}
    others = ALSO_CALLED[table]
    for fits in (_same, _another_word, _near):
        for name in ours:
            if name not in found:
                words = [plain_name(name), *others.get(name, "").split()]
                close = next((theirs for theirs, plain in free.items() if fits(words, plain)), None)
                if close is not None:
                    found[name] = close
                    del free[close]
    if "at" in ours and "at" not in found:  # the one column whose name speaks of time, if there is just one
        timely = [theirs for theirs, plain in free.items() if any(word in plain for word in _TIMELY)]
        found |= {"at": timely[0]} if len(timely) == 1 else {}
    return {name: found[name] for name in ours if name in found}


def _same(words: Sequence[str], theirs: str) -> bool:
    return theirs == words[0]


def _another_word(words: Sequence[str], theirs: str) -> bool:
    return theirs in words


def _near(words: Sequence[str], theirs: str) -> bool:
    return len(words[0]) >= 5 and difflib.SequenceMatcher(None, words[0], theirs).ratio() >= _NEAR
