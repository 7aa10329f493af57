"""Slack, mail and Apprise against servers on this computer; nothing secret is ever said."""

from __future__ import annotations

import email
import email.policy
import json
import socket
import ssl
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from ltvcli import channels, registry
from ltvcli.channels import _delivery, _http, _secrets, mail, slack
from ltvcli.channels._message import Message, NotTakenError
from ltvcli.errors import ChannelFileError, ChannelSecretError
from tests.channels.servers import Post, SecurePost, Web, running

MESSAGE = Message(subject="ltv: CAC is firing", body="all <customers>: CAC ¥51\nSince: 2026-10")


@pytest.fixture
def web() -> Iterator[str]:
    Web.taken.clear()
    with running(Web) as address:
        yield f"http://{address}"


@pytest.fixture
def post() -> Iterator[str]:
    Post.taken.clear()
    with running(Post) as address:
        yield address


def mailing(server: str, **more: str) -> dict[str, str]:
    known = {"LTV_MAIL_SERVER": server, "LTV_MAIL_FROM": "ltv@a.example"}
    return known | {"LTV_MAIL_TO": "b@a.example"} | more


def test_slack_gets_the_message(web: str) -> None:
    slack.send(MESSAGE, {"LTV_SLACK_URL": f"{web}/ok"}, 5)

    ((method, path, body),) = Web.taken
    assert (method, path) == ("POST", "/ok")
    assert json.loads(body) == {
        "text": "*ltv: CAC is firing*\nall &lt;customers&gt;: CAC ¥51\nSince: 2026-10"
    }


@pytest.mark.parametrize(("path", "reason"), [("/secret", "HTTP 500"), ("/moved", "HTTP 302")])
def test_slack_errors_do_not_show_the_address(web: str, path: str, reason: str) -> None:
    with pytest.raises(NotTakenError, match=reason) as raised:
        slack.send(MESSAGE, {"LTV_SLACK_URL": f"{web}{path}"}, 5)

    assert path not in str(raised.value)
    assert len(Web.taken) == 1  # a redirection is not followed


def test_an_address_that_is_not_https_is_refused() -> None:
    with pytest.raises(NotTakenError, match="not https"):
        slack.send(MESSAGE, {"LTV_SLACK_URL": "http://hooks.example.com/secret"}, 5)


def test_a_server_that_does_not_answer_is_an_error() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotTakenError) as raised:
        _http.request(f"http://127.0.0.1:{port}/secret", 5, b"")

    assert "secret" not in str(raised.value)


def test_mail_is_sent_to_everybody(post: str) -> None:
    mail.send(MESSAGE, mailing(post, LTV_MAIL_TO="b@a.example, c@a.example"), 5)

    assert Post.taken[0].isascii()  # of a server that takes 7 bits only
    taken = email.message_from_string(Post.taken[0], policy=email.policy.default)
    assert taken["Subject"] == "ltv: CAC is firing"
    assert (taken["From"], taken["To"]) == ("ltv@a.example", "b@a.example, c@a.example")
    assert taken.get_content().strip() == MESSAGE.body  # type: ignore[attr-defined]


@pytest.mark.parametrize("word", ["MAIL", "RCPT", "DATA"])
def test_refused_mail_is_reported(post: str, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Post, "refuse", word)
    with pytest.raises(NotTakenError):
        mail.send(MESSAGE, mailing(post), 5)


def test_a_password_is_not_sent_in_the_open(post: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "LOOPBACK", ())
    known = mailing(post, LTV_MAIL_USER="u", LTV_MAIL_PASSWORD="secret")
    with pytest.raises(NotTakenError, match="no TLS"):
        mail.send(MESSAGE, known, 5)

    assert Post.taken == []


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(params=["STARTTLS", "implicit"])
def secure(
    request: pytest.FixtureRequest, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A server with a certificate for localhost, of an authority that nobody knows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    is_implicit = request.param == "implicit"
    monkeypatch.setattr(SecurePost, "context", context, raising=False)
    monkeypatch.setattr(SecurePost, "is_implicit", is_implicit)
    monkeypatch.setattr(mail, "LOOPBACK", ())  # not even here without TLS
    Post.taken.clear()
    Post.words.clear()
    with running(SecurePost) as address:
        port = address.rpartition(":")[2]
        if is_implicit:
            monkeypatch.setattr(mail, "TLS_PORT", int(port))
        yield f"localhost:{port}"


def trusted(authority: trustme.CA, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this computer know the authority."""
    authority.cert_pem.write_to_path(folder / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "authority.pem"))


def test_mail_and_password_go_by_tls(
    secure: str, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted(authority, tmp_path, monkeypatch)
    mail.send(MESSAGE, mailing(secure, LTV_MAIL_USER="u", LTV_MAIL_PASSWORD="secret"), 5)

    assert len(Post.taken) == 1
    in_the_open = [word for word in Post.words if "TLS" not in word]
    assert set(in_the_open) <= {"EHLO"}
    assert {"AUTH by TLS", "MAIL by TLS", "DATA by TLS"} <= set(Post.words)


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: str) -> None:
    with pytest.raises(NotTakenError, match="certificate of the server is not trusted"):
        mail.send(MESSAGE, mailing(secure, LTV_MAIL_USER="u", LTV_MAIL_PASSWORD="secret"), 5)

    assert Post.taken == []
    assert {word.split(" ")[0] for word in Post.words} <= {"EHLO", "STARTTLS"}


def test_a_certificate_of_another_host_is_refused(
    secure: str, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted(authority, tmp_path, monkeypatch)
    elsewhere = secure.replace("localhost", "127.0.0.1")
    with pytest.raises(NotTakenError, match="certificate of the server is not trusted"):
        mail.send(MESSAGE, mailing(elsewhere), 5)

    assert Post.taken == []


def test_slack_refuses_a_certificate_that_nobody_vouches_for(authority: trustme.CA) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    Web.taken.clear()
    with running(Web, context) as address:
        port = address.rpartition(":")[2]
        with pytest.raises(NotTakenError, match="certificate of the server is not trusted"):
            slack.send(MESSAGE, {"LTV_SLACK_URL": f"https://localhost:{port}/ok"}, 5)

    assert Web.taken == []


def test_slack_goes_by_tls(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted(authority, tmp_path, monkeypatch)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    Web.taken.clear()
    with running(Web, context) as address:
        port = address.rpartition(":")[2]
        slack.send(MESSAGE, {"LTV_SLACK_URL": f"https://localhost:{port}/ok"}, 5)

    assert len(Web.taken) == 1


def test_a_subject_cannot_add_headers(post: str) -> None:
    mail.send(Message(subject="a\nBcc: all@a.example", body="b"), mailing(post), 5)

    assert email.message_from_string(Post.taken[0])["Bcc"] is None


def test_an_invalid_address_is_an_error(post: str) -> None:
    with pytest.raises(NotTakenError, match="not a valid address"):
        mail.send(MESSAGE, mailing(post, LTV_MAIL_FROM="a\nb"), 5)


OLD_MODULES = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
"""Apprise imports modules that later Pythons lack, where it does without them."""


def by_apprise(message: Message, addresses: str) -> None:
    registry.load(channels, "apprise").send(message, {"LTV_APPRISE_URL": addresses}, 5)


@OLD_MODULES
def test_apprise_sends_to_every_address(web: str) -> None:
    """By the library itself, whose json:// posts to any server."""
    host = web.removeprefix("http://")
    by_apprise(MESSAGE, f"json://{host}/ok\n\n  json://user:pass@{host}/ok\n")

    assert [(method, path) for method, path, _ in Web.taken] == [("POST", "/ok")] * 2
    for _, _, body in Web.taken:
        sent = json.loads(body)
        assert (sent["title"], sent["message"]) == (MESSAGE.subject, MESSAGE.body)


@OLD_MODULES
@pytest.mark.parametrize("path", ["bad", "moved"])
def test_a_service_that_rejects_a_message_is_reported(web: str, path: str) -> None:
    address = web.replace("http:", "json:")
    with pytest.raises(NotTakenError, match="rejected the message") as raised:
        by_apprise(MESSAGE, f"{address}/ok\n{address}/{path}?secret=1")

    assert "secret" not in str(raised.value)
    assert sorted({taken for _, taken, _ in Web.taken}) == sorted(["/ok", f"/{path}"])


@OLD_MODULES
def test_an_address_that_apprise_does_not_know_is_an_error(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(NotTakenError, match="does not recognise") as raised:
        by_apprise(MESSAGE, "pigeon://secret")

    assert "secret" not in str(raised.value)
    assert "secret" not in "".join(capfd.readouterr())


@OLD_MODULES
def test_a_slow_service_of_apprise_does_not_delay_the_end(web: str) -> None:
    known = {"apprise": {"LTV_APPRISE_URL": f"{web.replace('http:', 'json:')}/slow"}}
    begin = time.monotonic()
    delivery = _delivery.deliver([parcel(1, "apprise")], known, patience=1.0)

    assert time.monotonic() - begin < 3
    assert delivery.failed == {1: "timed out"}


def test_a_missing_apprise_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(NotTakenError, match="pip install"):
        registry.load(channels, "apprise").send(MESSAGE, {"LTV_APPRISE_URL": "json://a"}, 5)


def parcel(number: int, channel: str = "slack") -> _delivery.Parcel:
    return _delivery.Parcel(number=number, channel=channel, message=MESSAGE)


def test_a_slow_channel_delays_neither_the_others_nor_the_end(web: str, post: str) -> None:
    known = {"slack": {"LTV_SLACK_URL": f"{web}/slow"}, "mail": mailing(post)}
    begin = time.monotonic()

    delivery = _delivery.deliver([parcel(1), parcel(2), parcel(3, "mail")], known, patience=1.0)

    assert time.monotonic() - begin < 3
    assert delivery.taken == (3,)
    assert delivery.failed == {1: "timed out", 2: "timed out"}


def test_patience_leaves_room_within_ten_seconds() -> None:
    assert _delivery.PATIENCE + _delivery.PING < 10


def test_what_a_library_raises_is_not_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("https://hooks.example.com/secret")

    monkeypatch.setattr(slack, "send", broken)

    assert _delivery.deliver([parcel(1)], {"slack": {}}).failed == {1: "RuntimeError"}


def test_a_channel_that_is_not_set_up_takes_nothing() -> None:
    assert _delivery.deliver([parcel(1)], {}).failed == {1: "the channel is not set up"}


def test_a_ping_returns_why_it_failed(web: str) -> None:
    assert _delivery.ping(f"{web}/ok") is None
    assert _delivery.ping(f"{web}/bad") == "HTTP 500"
    assert _delivery.ping(f"{web}/slow", 0.5) == "timed out"
    assert [(method, path) for method, path, _ in Web.taken][:1] == [("GET", "/ok")]


def test_a_secret_is_in_a_variable_or_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("https://b\n", "utf-8")

    by_itself = _secrets.known("slack", ("A",), (), {"A": "https://a", "A_FILE": "nowhere"})
    in_a_file = _secrets.known("slack", ("A",), ("B",), {"A_FILE": str(file)})

    assert by_itself == {"A": "https://a"}
    assert in_a_file == {"A": "https://b"}


def test_a_missing_secret_is_an_error() -> None:
    with pytest.raises(ChannelSecretError):
        _delivery.prepare(["slack"], {})


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xfa", b"x" * 70_000])
def test_an_unreadable_file_is_named_by_its_variable(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ChannelFileError) as raised:
        _secrets.known("slack", ("A",), (), {"A_FILE": str(file)})

    assert "A_FILE" in str(raised.value)
