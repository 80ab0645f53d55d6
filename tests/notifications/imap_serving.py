"""pymap as `python -m` runs it, that also lets in whoever brings the token of the tests, as Microsoft 365 does."""

from pymap.backend.dict import Identity, Login
from pymap.config import IMAPConfig
from pymap.main import main
from pysasl import SASLAuth
from pysasl.creds.external import ExternalCredentials
from pysasl.creds.server import ServerCredentials

TOKEN = "a-token-for-an-hour"
by_password = Login.authenticate


async def by_token_too(self: Login, credentials: ServerCredentials) -> Identity:
    if isinstance(credentials, ExternalCredentials) and credentials._token == TOKEN:
        return Identity(credentials.authzid, self, None, frozenset())
    return await by_password(self, credentials)


if __name__ == "__main__":
    Login.authenticate = by_token_too  # type: ignore[method-assign]
    IMAPConfig.tls_auth = property(lambda _: SASLAuth.named([b"PLAIN", b"LOGIN", b"XOAUTH2"]))  # type: ignore[assignment]
    main()
