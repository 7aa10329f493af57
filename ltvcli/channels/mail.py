"""Mail by SMTP: TLS from the start on port 465, else by STARTTLS; no password without TLS."""

from __future__ import annotations

from collections.abc import Mapping

from ltvcli.channels._http import LOOPBACK, reason
from ltvcli.channels._message import Message, NotTakenError
from ltvcli.language import N_

NEEDS = ("LTV_MAIL_SERVER", "LTV_MAIL_FROM", "LTV_MAIL_TO")
MAY = ("LTV_MAIL_USER", "LTV_MAIL_PASSWORD")
TLS_PORT = 465
USUAL_PORT = 587


def send(message: Message, known: Mapping[str, str], seconds: float) -> None:
    """Send a mail; LTV_MAIL_TO may hold several addresses, with commas between them.

    Args:
        message: to send.
        known: values of NEEDS and MAY; the server as host or host:port.
        seconds: that each step of it may take.

    Raises:
        NotTakenError: the server did not take it for every address.
    """
    import smtplib
    import ssl
    from email.message import EmailMessage
    from email.policy import SMTP

    host, port = server(known["LTV_MAIL_SERVER"])
    receivers = [address.strip() for address in known["LTV_MAIL_TO"].split(",") if address.strip()]
    try:
        mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
        mail["Subject"] = " ".join(message.subject.split())
        mail["From"], mail["To"] = known["LTV_MAIL_FROM"], ", ".join(receivers)
        mail.set_content(message.body)
    except (ValueError, IndexError):
        raise NotTakenError(N_("LTV_MAIL_FROM or LTV_MAIL_TO is not a valid address")) from None
    user, password = known.get("LTV_MAIL_USER"), known.get("LTV_MAIL_PASSWORD")
    context = ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(host, port, timeout=seconds, context=context)
            if port == TLS_PORT
            else smtplib.SMTP(host, port, timeout=seconds)
        ) as smtp:
            is_private = port == TLS_PORT
            smtp.ehlo()
            if not is_private and smtp.has_extn("starttls"):
                smtp.starttls(context=context)
                is_private = True
            if not (is_private or host in LOOPBACK):
                raise NotTakenError(N_("the server offers no TLS"))
            if user and password:
                smtp.login(user, password)
            if smtp.send_message(mail):
                raise NotTakenError(N_("an address was refused"))
    except smtplib.SMTPAuthenticationError:
        raise NotTakenError(N_("user or password refused")) from None
    except smtplib.SMTPResponseException as error:
        raise NotTakenError(f"SMTP {error.smtp_code}") from None
    except smtplib.SMTPException as error:
        raise NotTakenError(type(error).__name__) from None
    except OSError as error:
        raise NotTakenError(reason(error)) from None


def server(text: str) -> tuple[str, int]:
    """Read host and port.

    >>> server("smtp.example.com"), server("smtp.example.com:465"), server("[::1]:25")
    (('smtp.example.com', 587), ('smtp.example.com', 465), ('::1', 25))
    """
    host, colon, port = text.strip().rpartition(":")
    if not colon or not port.isdecimal():
        return text.strip().strip("[]"), USUAL_PORT
    return host.strip("[]"), int(port)
