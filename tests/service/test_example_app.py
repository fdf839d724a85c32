"""The example application under docs/examples/app: started as a newcomer would, fed over HTTP, killed and restarted."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from attrs import define

from leadqual.service import open_store
from leadqual.service.tables import EFFECTS, EVENTS
from tests.service.hosts import stored_events

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "docs" / "examples" / "app" / "app.py"
AT = datetime.now(UTC).isoformat()
"""The application looks at the clock, as a host has to."""
JSON = "application/json"
FIELDS = "application/x-www-form-urlencoded"


@define
class App:
    """The application, running."""

    process: subprocess.Popen[str]
    url: str
    folder: Path

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], str]:
        """Ask it something; status, headers and text of the answer."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            connection.close()

    def post(self, path: str, data: Any) -> tuple[int, Any]:
        """Post JSON; status and data of the answer."""
        status, _, text = self.ask("POST", path, json.dumps(data).encode(), Content_Type=JSON)
        return status, json.loads(text)

    def get(self, path: str) -> Any:
        """Return the data at an address."""
        status, _, text = self.ask("GET", path)
        assert status == 200, text
        return json.loads(text)

    def page(self, path: str = "/") -> str:
        """Return the page at an address."""
        status, headers, text = self.ask("GET", path)
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        return text

    def kill(self) -> None:
        """Kill it with no chance to tidy up."""
        self.process.kill()
        self.process.wait()

    def decisions(self) -> list[Any]:
        """Return what has gone out, line by line."""
        return [json.loads(line) for line in (self.folder / "decisions.jsonl").read_text().splitlines()]

    def log(self) -> str:
        """Return what it has noted."""
        return (self.folder / "log").read_text()


@pytest.fixture
def start(tmp_path):
    """Return a function that starts the application; it is stopped in the end."""
    with ExitStack() as stack:

        def starter(store_url: str = "", folder: Path = tmp_path / "app") -> App:
            folder.mkdir(exist_ok=True)
            command = [sys.executable, str(PROGRAM), "--port", "0", "--folder", str(folder), "--lease", "1"]
            environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
            environment |= {"LEADQUAL_STORE": store_url}
            log = stack.enter_context((folder / "log").open("a"))
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment)
            stack.enter_context(process)
            stack.callback(process.kill)
            line = process.stdout.readline()
            found = re.match(r"leadqual example: (http://\S+)", line)
            assert found, (folder / "log").read_text()
            return App(process=process, url=found[1], folder=folder)

        yield starter


@pytest.fixture
def app(start):
    """The application, just started."""
    return start()


def form(number: int = 1, **more: Any) -> dict[str, Any]:
    """Return a form as a webhook brings it."""
    answers = {"job_title": "CTO", "employees": 250}
    given = {"id": f"f{number}", "at": AT, "lead_id": f"L{number}", "email": f"l{number}@b.example", "kind": "download"}
    return given | {"offer": "guide", "attributes": answers} | more


def wait(until: Any) -> None:
    """Wait until something holds, for a minute at most."""
    for _ in range(1_200):
        if until():
            return
        Event().wait(0.05)
    pytest.fail("it never came to be")


def sent(app: App, name: str) -> bool:
    """Return whether a decision of a kind has gone out."""
    return any(one["decision"] == name for one in app.get("/decisions")["decisions"])


def test_app_takes_a_form_and_says_where_the_lead_stands_and_why(app):
    """A form comes in, its lead is qualified, and the decisions go out by themselves."""
    status, came = app.post("/forms", form())
    assert (status, came["lead_id"], came["new"], came["stage"]) == (201, "L1", True, "mql")
    lead = app.get("/leads/L1")
    assert (lead["stage"], lead["label"], lead["fit"]) == ("mql", "A3", 50.0)
    assert {"axis": "fit", "name": "Decides", "points": 30.0} in lead["why"]
    assert [one["fact"] for one in lead["history"][:2]] == ["opened", "stage_changed"]
    wait(lambda: sent(app, "notify") and sent(app, "touch_due"))
    assert {one["lead_id"] for one in app.decisions()} == {"L1"}


def test_app_takes_each_form_event_and_verdict_once(app):
    """What comes again under its id changes nothing; with other content it is a conflict."""
    events = {"events": [{"id": "e1", "lead_id": "L1", "kind": "demo_request", "at": AT}]}
    verdict = {"id": "v1", "lead_id": "L1", "verdict": "accept"}
    assert app.post("/forms", form())[0] == 201
    assert app.post("/events", events) == (200, {"new": 1, "known": 0, "stages": {"L1": "sql"}})
    assert app.post("/verdicts", verdict) == (200, {"lead_id": "L1", "stage": "sql", "repeated": False})
    known = app.get("/leads/L1")["history"]
    assert app.post("/forms", form()) == (
        200,
        {"lead_id": "L1", "new": False, "known": True, "stage": None, "others": []},
    )
    assert app.post("/events", events) == (200, {"new": 0, "known": 1, "stages": {}})
    assert app.post("/verdicts", verdict)[1]["repeated"]
    assert app.post("/forms", form(offer="another"))[0] == 409
    assert app.post("/verdicts", verdict | {"verdict": "no"})[0] == 409
    told = [one for one in known if one["fact"] not in ("touch_came_due", "touch_ended")]
    again = [one for one in app.get("/leads/L1")["history"] if one["fact"] not in ("touch_came_due", "touch_ended")]
    assert again == told


def test_app_says_what_a_lead_can_take(app):
    """A verdict that is not possible is a conflict that names those that are."""
    app.post("/forms", form())
    status, answer = app.post("/verdicts", {"lead_id": "L1", "verdict": "reinstate"})
    assert (status, "accept" in answer["allowed"]) == (409, True)


@pytest.mark.parametrize(
    ("path", "data", "status", "said"),
    [
        ("/forms", form(at="yesterday"), 400, "at: another value was expected"),
        ("/forms", form(atributes={}), 400, ": nobody reads this"),
        ("/forms", {"kind": "form"}, 400, "id: this is missing"),
        ("/forms", form(attributes={"employees": "many"}), 400, "attributes.employees: the playbook declares integer"),
        ("/forms", form(attributes=7), 400, "attributes: a table was expected"),
        ("/forms", form(consents=7), 400, "consents: a list was expected"),
        ("/forms", form(consents=[{"channel": "email"}]), 400, "consents[0].purpose: this is missing"),
        ("/forms", [], 400, ": a table was expected"),
        ("/events", {"events": []}, 400, "events: a list of 1 to 1000 events was expected"),
        ("/events", {"events": [{"id": "e", "lead_id": "L1", "kind": "x"}]}, 400, "events[0].at: this is missing"),
        ("/events", {"events": [{"id": "e", "lead_id": "L9", "kind": "x", "at": AT}]}, 404, "lead 'L9': no such lead"),
        ("/verdicts", {"lead_id": "L1", "verdict": "perhaps"}, 400, "verdict: no such verdict"),
        ("/verdicts", {"lead_id": "L9", "verdict": "yes"}, 404, "lead 'L9': no such lead"),
        ("/consents", [], 400, ": a table was expected"),
        ("/consents", {"channel": "email"}, 400, "lead_id: this is missing"),
        ("/nothing", {}, 404, ": nothing can be posted here"),
        ("/forms/more", {}, 404, ": nothing can be posted here"),
    ],
)
def test_app_answers_what_is_wrong(path, data, status, said, app):
    """Every problem comes back as data, with its place and what to do."""
    got, answer = app.post(path, data)
    assert got == status
    assert said in [f"{one['where']}: {one['what']}" for one in answer["problems"]]


def test_app_refuses_what_it_cannot_read(app):
    """A body that is no JSON, of another kind, without its length or too large, a page of nobody, an odd method."""
    assert app.ask("POST", "/forms", b"{", Content_Type=JSON)[0] == 400
    assert app.ask("POST", "/forms", b'{"id": NaN}', Content_Type=JSON)[0] == 400
    assert app.ask("POST", "/forms", b"[" * 60_000, Content_Type=JSON)[0] == 400
    assert app.ask("POST", "/forms", b"id=1&attributes=2&attributes.employees=3", Content_Type=FIELDS)[0] == 400
    assert app.ask("POST", "/events", b"{}", Content_Type=FIELDS)[0] == 415
    assert app.ask("POST", "/forms", b"{}", Content_Type=JSON, Content_Length="none")[0] == 411
    assert app.ask("POST", "/forms", b" " * 65_537, Content_Type=JSON)[0] == 413
    assert app.ask("POST", "/nothing", b" " * 65_537)[0] == 404
    assert app.ask("GET", "/nothing")[0] == 404
    assert app.ask("GET", "/leads/nobody")[0] == 404
    assert app.ask("PUT", "/forms", b"{}")[0] == 501
    assert app.ask("GET", "/", Host="elsewhere.example")[0] == 421
    assert app.post("/forms", form())[0] == 201


def test_app_takes_nobody_off_a_list_by_looking(app):
    """The link in a mail shows a button; posting to it, as mail programs do, is what counts, however often."""
    app.post("/forms", form())
    wait(lambda: sent(app, "touch_due"))
    link = next(one["unsubscribe"] for one in app.decisions() if one["decision"] == "touch_due")
    assert f'action="{link}"' in app.page(link)
    assert "consent_changed" not in [one["fact"] for one in app.get("/leads/L1")["history"]]
    for _ in range(2):
        status, _, text = app.ask("POST", link, b"List-Unsubscribe=One-Click", Content_Type=FIELDS)
        assert (status, "You are off the list" in text) == (200, True)
    assert "consent_changed" in [one["fact"] for one in app.get("/leads/L1")["history"]]
    assert app.ask("POST", f"{link}0", b"")[0] == 404
    assert app.ask("GET", f"{link[:-1]}%C3%A9")[0] == 404


def test_app_remembers_a_consent(app):
    """A consent posted for a lead stands in its history, once for each id."""
    app.post("/forms", form())
    given = {"id": "c1", "lead_id": "L1", "channel": "email", "purpose": "newsletter", "given": True, "at": AT}
    assert app.post("/consents", given)[1]["repeated"] is False
    assert app.post("/consents", given)[1]["repeated"] is True


def test_app_has_a_page_to_try_it_with(app):
    """Who sends the form is shown the lead that it was, its label, and why."""
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', app.page()))
    answers = {"email": "ana@b.example", "attributes.job_title": "CTO", "attributes.employees": "250"}
    body = urlencode(hidden | answers | {"kind": "demo_request", "newsletter": "yes"}).encode()
    status, headers, _ = app.ask("POST", "/forms", body, Content_Type=FIELDS)
    assert status == 303
    page = app.page(headers["Location"])
    assert "It is ready for sales (SQL)" in page
    assert "Asks for a demo" in page
    wait(lambda: "hand it to sales as SQL" in app.page())
    again = app.ask("POST", "/forms", body, Content_Type=FIELDS)
    assert (again[0], again[1]["Location"]) == (303, headers["Location"])
    assert "There is no such lead" in app.page("/?lead=<script>")


def test_app_tells_how_it_stands(app):
    """How many leads stand where, and whether decisions go out, as data and on the page."""
    assert app.get("/standing") == {"stages": {}, "waiting": 0, "claimed": 0, "given_up": 0}
    app.post("/forms", form(lead_id="L1"))
    app.post("/forms", form(2, kind="demo_request"))
    wait(lambda: app.get("/standing")["waiting"] + app.get("/standing")["claimed"] == 0)
    assert app.get("/standing")["stages"] == {"mql": 1, "sql": 1}
    page = app.page()
    assert "<dt>mql</dt><dd>1</dd>" in page
    assert "<dt>lead</dt><dd>0</dd>" in page
    assert "Decisions on their way: 0. Given up: 0." in page


def test_app_shows_its_page_in_a_browser(app, need, tmp_path):
    """A real browser shows what became of the lead, whatever its id is."""
    chromium = shutil.which("chromium")
    need(chromium, "there is no Chromium")
    app.post("/forms", form(lead_id="<b>Ü&1"))
    wait(lambda: sent(app, "notify"))
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'browser'}"]
    page = [*command, "--dump-dom", f"{app.url}?{urlencode({'lead': '<b>Ü&1'})}"]
    shown = subprocess.run(page, capture_output=True, encoding="utf-8", timeout=120, check=True).stdout
    assert "It is ready for marketing (MQL)" in shown
    assert "<code>&lt;b&gt;Ü&amp;1</code>" in shown
    assert "tell marketing: it is MQL now" in shown


def test_app_notes_nothing_personal(app):
    """No address, answer, id or link is in its log, whatever comes."""
    canaries: dict[str, Any] = {
        "email": "canary-mail@b.example",
        "attributes": {"job_title": "Canary CEO", "employees": 250},
    }
    app.post("/forms", form(lead_id="canary-id", phone="+34600canary", **canaries))
    app.post("/forms", form(lead_id="canary-id", **canaries | {"at": "canary-at", "email": 7}))
    app.ask("GET", "/leads/canary-id?canary=canary")
    app.ask("GET", "/canary/x")
    app.ask("GET", "/?lead=canary-id")
    wait(lambda: sent(app, "notify"))
    assert "GET /leads 200" in app.log()
    assert "canary" not in app.log().lower()
    assert "canary-mail" not in json.dumps(app.decisions())


def test_app_stops_cleanly_when_it_is_told_to(app):
    """On SIGTERM it ends by itself, and the exit code is 0."""
    app.post("/forms", form())
    app.process.send_signal(signal.SIGTERM)
    assert app.process.wait(timeout=30) == 0
    assert "failed" not in app.log()


def test_app_starts_without_any_option_but_a_port(tmp_path):
    """Files go into a folder of its own where it was started."""
    command = [sys.executable, str(PROGRAM), "--port", "0"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    environment.pop("LEADQUAL_STORE", None)
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "leadqual example: http://127.0.0.1:" in process.stdout.readline()
        process.terminate()
        assert process.wait(timeout=30) == 0
    assert {path.name for path in (tmp_path / "leadqual-app").iterdir()} >= {"leads.db", "decisions.jsonl", "secret"}


def test_app_ends_when_one_of_its_threads_fails(tmp_path):
    """Nobody would carry decisions out any more, and nobody would notice."""
    broken = "import sys; sys.path.insert(0, sys.argv.pop(1)); import app, qualification.workers as workers; "
    broken += "workers.Workers._carry_out = lambda self: {}['canary']; sys.exit(app.main())"
    command = [sys.executable, "-c", broken, str(PROGRAM.parent), "--port", "0", "--folder", str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)
    assert done.returncode == 1
    assert "failed: KeyError" in done.stderr
    assert "canary" not in done.stderr


def test_app_writes_each_decision_once_however_often_the_disk_was_full(tmp_path):
    """What could not be written whole is taken back; a limit on the size of files stands in for the disk."""
    code = """if True:
        import resource, signal, sys
        from pathlib import Path
        sys.path.insert(0, sys.argv[1])
        from qualification.outbox import Outbox
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with Outbox(Path(sys.argv[2])) as outbox:
            outbox.send({"key": "K0"})
            for most in (13, 20, 60, resource.RLIM_INFINITY):
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
                try:
                    print(outbox.send({"key": "K1", "text": "x" * 100}))
                except OSError as error:
                    print(type(error).__name__)
    """
    command = [sys.executable, "-c", code, str(PROGRAM.parent), str(tmp_path / "decisions.jsonl")]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.split() == ["OSError", "OSError", "OSError", "True"]
    lines = (tmp_path / "decisions.jsonl").read_text().splitlines()
    assert [json.loads(line)["key"] for line in lines] == ["K0", "K1"]


def test_app_says_why_it_cannot_start(tmp_path):
    """A store or a playbook that cannot be used is named, and no password of it."""
    command = [sys.executable, str(PROGRAM), "--port", "0", "--folder", str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "LEADQUAL_STORE": "mysql://ana:pass-word@host/x"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1
    assert "store: the URL of a store was expected" in done.stderr
    assert "pass-word" not in done.stderr


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_app_loses_and_doubles_nothing_when_it_is_killed(kind, new_url, start):
    """Killed twice in the middle and started again: each form is there once, each decision has gone out once."""
    forms = [form(number, kind="demo_request") for number in range(1, 61)]
    acknowledged: set[str] = set()
    url = new_url()
    for enough in (15, 40):
        app = start(url)
        _feed_and_kill(app, forms, acknowledged, enough)
    app = start(url)
    for one in forms:
        status, came = app.post("/forms", one)
        assert (status, came["lead_id"]) in ((200, one["lead_id"]), (201, one["lead_id"]))
        assert status == 200 or one["id"] not in acknowledged
    with closing(open_store(url)) as store:

        def effects() -> dict[str, str]:
            with store.unit("main", write=False) as unit:
                return {row.key: row.state for row in unit.find(EFFECTS)}

        wait(lambda: set(effects().values()) == {"done"})
        keys = [one["key"] for one in app.decisions()]
        assert sorted(keys) == sorted(effects())
        assert {one["lead_id"] for one in app.decisions() if one["decision"] == "hand_off"} == {
            one["lead_id"] for one in forms
        }
        with store.unit("main", write=False) as unit:
            assert len(unit.find(EVENTS)) == 60
        assert stored_events(store) == {one["id"]: one["lead_id"] for one in forms}


def _feed_and_kill(app, forms, acknowledged, enough):
    """Post forms from four threads, and kill the application as soon as enough of them are acknowledged."""

    def send(one):
        try:
            status, _ = app.post("/forms", one)
        except (OSError, ValueError):
            return
        except Exception as error:
            if type(error).__module__ != "http.client":
                raise
            return
        assert status in (200, 201)
        acknowledged.add(one["id"])
        if len(acknowledged) >= enough:
            app.process.kill()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, forms))
    app.kill()
    assert len(acknowledged) >= enough
